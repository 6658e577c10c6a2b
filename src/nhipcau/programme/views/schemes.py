from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nhipcau.access import current
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.rights import require
from nhipcau.accounts.models import Role
from nhipcau.network.models import Organisation
from nhipcau.programme import words
from nhipcau.programme.domain.schemes import drop_review, edit_scheme, hold_review, register_scheme, set_review
from nhipcau.programme.forms.schemes import HeldForm, Phases, ReviewForm, SchemeForm, phases_of
from nhipcau.programme.hosting import scheme_url
from nhipcau.programme.listings.schemes import SCHEMES
from nhipcau.programme.models import Scheme, SchemeReview, Task
from nhipcau.programme.queries.schemes import schemes
from nhipcau.programme.views.forming import Page, say_at_field, take_form
from nhipcau.ui.listing import show
from nhipcau.workspace.domain.errors import ConflictError, WorkspaceError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def scheme_list(request: HttpRequest) -> HttpResponse:
    """What runs over several years."""
    return show(request, SCHEMES)


@login_required
@require_safe
def scheme(request: Any, scheme_id: int) -> HttpResponse:
    """A scheme: its term, its phases, its reviews, the tasks of its directive."""
    shown = get_object_or_404(schemes().prefetch_related("phases"), pk=scheme_id)
    word, code = words.scheme_standing(shown)
    tasks = Task.objects.filter(clause__directive_id=shown.directive_id).order_by("clause__place", "pk")
    context = {
        "scheme": shown,
        "word": word,
        "code": code,
        "tasks": list(tasks) if shown.directive_id else [],
        "may_edit": rules.has_perm("programme.edit_directive", request.user, shown),
        "sample": shown.sample,
    }
    return render(request, "programme/scheme.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scheme_new(request: Any) -> HttpResponse:
    """Enter a scheme; its phases and reviews are entered afterwards."""
    offices = current().organisations(Role.COORDINATOR)
    if not offices:
        raise PermissionDeniedError(_("You may not do this: your roles do not include it."))
    sample = Organisation.objects.filter(pk__in=offices, sample=True).exists()
    form = SchemeForm(request.POST or None, offices=offices, sample=sample)

    def enter(filled: SchemeForm) -> str:
        office = filled.cleaned_data["organisation"]
        made = register_scheme(actor=request.user, organisation=office, content=filled.content(), sample=office.sample)
        return scheme_url(made)

    page = Page(
        heading=_("Enter a scheme"),
        lead=_("A strategy, a programme, a scheme or a master plan; phases and reviews follow."),
        button=_("Enter"),
        back=reverse("programme:schemes"),
        back_label=_("Schemes and master plans"),
    )
    return take_form(request, form, enter, page=page, done=_("The scheme is entered."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scheme_edit(request: Any, scheme_id: int) -> HttpResponse:
    """Change a scheme and its phases."""
    shown = _shown(scheme_id)
    require("programme.edit_directive", request.user, shown)
    form = SchemeForm(request.POST or None, offices=(), sample=shown.sample, scheme=shown, initial=model_to_dict(shown))
    form.fields["version"].initial = shown.version
    first = [{name: getattr(row, name) for name in ("title", "begin", "end", "aim")} for row in shown.phases.all()]
    phases = Phases(request.POST or None, prefix="phase", initial=first)
    status = 200
    if request.method == "POST" and form.is_valid() & phases.is_valid():
        try:
            edit_scheme(
                actor=request.user,
                scheme=shown,
                content=form.content(),
                version=form.cleaned_data["version"] or 0,
                phases=phases_of(phases),
            )
        except WorkspaceError as error:
            say_at_field(form, error)
            status = 409 if isinstance(error, ConflictError) else 200
        else:
            messages.success(request, _("The scheme is saved."))
            return redirect(scheme_url(shown))
    context = {"form": form, "phases": phases, "scheme": shown, "sample": shown.sample}
    return render(request, "programme/scheme_edit.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scheme_review_new(request: Any, scheme_id: int) -> HttpResponse:
    """Say by when a scheme is to be reviewed."""
    shown = _shown(scheme_id)
    require("programme.edit_directive", request.user, shown)
    form = ReviewForm(request.POST or None)

    def put(filled: ReviewForm) -> None:
        given = filled.cleaned_data
        set_review(actor=request.user, scheme=shown, kind=given["kind"], due_on=given["due_on"])

    page = _page(_("When is it to be reviewed?"), _("Add"), shown)
    return take_form(request, form, put, page=page, done=_("The review is set."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scheme_review_hold(request: Any, scheme_review_id: int) -> HttpResponse:
    """Enter what a review found."""
    review = _review(scheme_review_id)
    require("programme.edit_directive", request.user, review.scheme)
    first = {"held_on": review.held_on, "document": review.document, "result": review.result}
    form = HeldForm(request.POST or None, initial=first)

    def hold(filled: HeldForm) -> None:
        hold_review(actor=request.user, review=review, **filled.cleaned_data)

    page = _page(_("What did the review find?"), _("Save"), review.scheme)
    return take_form(request, form, hold, page=page, done=_("The review is entered."))


@login_required
@require_POST
def scheme_review_drop(request: Any, scheme_review_id: int) -> HttpResponse:
    """Take a review out that was not held."""
    review = _review(scheme_review_id)
    try:
        drop_review(actor=request.user, review=review)
    except WorkspaceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The review is taken out."))
    return redirect(scheme_url(review.scheme))


def _shown(scheme_id: int) -> Scheme:
    found: Scheme = get_object_or_404(Scheme.objects.select_related("organisation"), pk=scheme_id)
    return found


def _review(scheme_review_id: int) -> SchemeReview:
    rows = SchemeReview.objects.select_related("scheme", "scheme__organisation")
    found: SchemeReview = get_object_or_404(rows, pk=scheme_review_id)
    return found


def _page(heading: str, button: str, row: Scheme) -> Page:
    return Page(heading=heading, button=button, back=scheme_url(row), back_label=row.title, sample=row.sample)
