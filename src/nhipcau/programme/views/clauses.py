from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access.rights import require
from nhipcau.programme.domain.directives import add_clause, edit_clause, remove_clause
from nhipcau.programme.forms.directives import ClauseForm
from nhipcau.programme.hosting import directive_url
from nhipcau.programme.models import Clause, Directive
from nhipcau.programme.views.forming import Page, take_form
from nhipcau.workspace.domain.errors import WorkspaceError

if TYPE_CHECKING:
    from django.http import HttpResponse

_FOLDED = ("text_en", "place", "finding", "source")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clause_new(request: Any, directive_id: int) -> HttpResponse:
    """Add a clause; ``?parent=`` puts it under another."""
    shown = get_object_or_404(Directive.objects.select_related("organisation"), pk=directive_id)
    require("programme.edit_directive", request.user, shown)
    form = ClauseForm(request.POST or None, directive=shown, initial={"parent": request.GET.get("parent")})

    def add(filled: ClauseForm) -> str:
        made = add_clause(actor=request.user, directive=shown, content=filled.content())
        return f"{directive_url(shown)}#clause-{made.pk}"

    page = _page(_("Add a clause"), _("Add"), shown)
    return take_form(request, form, add, page=page, done=_("The clause is added."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clause_edit(request: Any, clause_id: int) -> HttpResponse:
    """Change a clause."""
    shown = _shown(clause_id)
    require("programme.edit_directive", request.user, shown.directive)
    form = ClauseForm(request.POST or None, directive=shown.directive, clause=shown, initial=model_to_dict(shown))
    form.fields["version"].initial = shown.version

    def save(filled: ClauseForm) -> str:
        version = filled.cleaned_data["version"] or 0
        edit_clause(actor=request.user, clause=shown, content=filled.content(), version=version)
        return f"{directive_url(shown.directive)}#clause-{shown.pk}"

    page = _page(_("Change the clause"), _("Save"), shown.directive)
    return take_form(request, form, save, page=page, done=_("The clause is saved."))


@login_required
@require_POST
def clause_remove(request: Any, clause_id: int) -> HttpResponse:
    """Take a clause out that was entered wrongly."""
    shown = _shown(clause_id)
    try:
        remove_clause(actor=request.user, clause=shown)
    except WorkspaceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The clause is taken out."))
    return redirect(directive_url(shown.directive))


def _shown(clause_id: int) -> Clause:
    rows = Clause.objects.select_related("directive", "directive__organisation")
    found: Clause = get_object_or_404(rows, pk=clause_id)
    return found


def _page(heading: str, button: str, directive: Directive) -> Page:
    return Page(
        heading=heading,
        lead=f"{directive.title}. {_('As printed, word for word; say so where it is only an excerpt.')}",
        button=button,
        back=directive_url(directive),
        back_label=str(directive),
        sample=directive.sample,
        folded=_FOLDED,
    )
