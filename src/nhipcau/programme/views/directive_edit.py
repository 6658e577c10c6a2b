from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access import current
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.rights import require
from nhipcau.accounts.models import Role
from nhipcau.programme.domain.directives import (
    edit_directive,
    link_directives,
    register_directive,
    unlink_directives,
)
from nhipcau.programme.forms.directives import DirectiveForm, LinkForm
from nhipcau.programme.hosting import directive_url
from nhipcau.programme.models import Directive, DirectiveLink
from nhipcau.programme.views.forming import Page, take_form
from nhipcau.workspace.views.attachments import attach_to

if TYPE_CHECKING:
    from django.http import HttpResponse

_FOLDED = ("title_en", "signer_name", "signer_post", "valid_to", "basis", "note", "source", "confidence", "finding")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def directive_new(request: Any) -> HttpResponse:
    """Enter a directive into the register."""
    offices = current().organisations(Role.COORDINATOR)
    if not offices:
        raise PermissionDeniedError(_("You may not do this: your roles do not include it."))
    form = DirectiveForm(request.POST or None, offices=offices)

    def enter(filled: DirectiveForm) -> str:
        office = filled.cleaned_data["organisation"]
        made = register_directive(
            actor=request.user, organisation=office, content=filled.content(), sample=office.sample
        )
        return directive_url(made)

    page = Page(
        heading=_("Enter a directive"),
        lead=_("Everybody who signs in reads it; its clauses and tasks are entered afterwards."),
        button=_("Enter"),
        back=reverse("programme:directives"),
        back_label=_("Directives"),
        folded=_FOLDED,
    )
    return take_form(request, form, enter, page=page, done=_("The directive is entered."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def directive_edit(request: Any, directive_id: int) -> HttpResponse:
    """Change what the register says of a directive."""
    shown = _shown(directive_id)
    require("programme.edit_directive", request.user, shown)
    form = DirectiveForm(request.POST or None, offices=(), directive=shown, initial=model_to_dict(shown))
    form.fields["version"].initial = shown.version

    def save(filled: DirectiveForm) -> None:
        version = filled.cleaned_data["version"] or 0
        edit_directive(actor=request.user, directive=shown, content=filled.content(), version=version)

    page = Page(
        heading=_("Change the directive"),
        lead=_("What is grey is said by the legal basis.") if shown.basis_id else "",
        button=_("Save"),
        back=directive_url(shown),
        back_label=str(shown),
        sample=shown.sample,
        folded=_FOLDED,
    )
    return take_form(request, form, save, page=page, done=_("The directive is saved."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def directive_link(request: Any, directive_id: int) -> HttpResponse:
    """Say what a later directive does to this one."""
    shown = _shown(directive_id)
    require("programme.edit_directive", request.user, shown)
    form = LinkForm(request.POST or None, directive=shown)

    def link(filled: LinkForm) -> None:
        given = filled.cleaned_data
        later = get_object_or_404(Directive.objects.all(), pk=given["other"])
        link_directives(
            actor=request.user, later=later, earlier=shown, kind=given["kind"], day=given["day"], note=given["note"]
        )

    page = Page(
        heading=_("What does a later directive do to it?"),
        lead=f"{shown.title}. {_('Enter the later directive first where it is not in the register yet.')}",
        button=_("Link"),
        back=directive_url(shown),
        back_label=str(shown),
        sample=shown.sample,
    )
    return take_form(request, form, link, page=page, done=_("The directives are linked."))


@login_required
@require_POST
def directive_unlink(request: Any, directive_link_id: int) -> HttpResponse:
    """Take back what was said of two directives."""
    link = get_object_or_404(DirectiveLink.objects.select_related("later", "earlier"), pk=directive_link_id)
    unlink_directives(actor=request.user, link=link)
    messages.success(request, _("The link is taken back."))
    return redirect(directive_url(link.earlier))


@login_required
@require_POST
def directive_attach(request: Any, directive_id: int) -> HttpResponse:
    """Put a file to a directive: the text itself, its annexes."""
    return attach_to(request, _shown(directive_id))


def _shown(directive_id: int) -> Directive:
    found: Directive = get_object_or_404(Directive.objects.select_related("organisation", "basis"), pk=directive_id)
    return found
