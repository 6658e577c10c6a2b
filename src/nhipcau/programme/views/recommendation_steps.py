"""Writing a recommendation, and its steps, each a form of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access import current
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.rights import require
from nhipcau.programme.domain import recommendations as domain
from nhipcau.programme.forms.recommendations import AgainForm, AnswerForm, RecommendationForm
from nhipcau.programme.hosting import recommendation_url
from nhipcau.programme.listings.recommendations import ASKERS
from nhipcau.programme.models import Recommendation, RecommendationState
from nhipcau.programme.views.forming import Page, take_form
from nhipcau.programme.views.recommendations import recommendation_shown
from nhipcau.workspace.forms.letters import ReasonForm
from nhipcau.workspace.views.stepping import take_step

if TYPE_CHECKING:
    from django.http import HttpResponse

_DONE = {
    "send": gettext_lazy("The recommendation is sent."),
    "receive": gettext_lazy("The recommendation is taken in."),
    "close": gettext_lazy("The recommendation is closed."),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_new(request: Any) -> HttpResponse:
    """Write a recommendation that stands by itself."""
    offices = current().organisations(*ASKERS)
    if not offices:
        raise PermissionDeniedError(_("You may not do this: your roles do not include it."))
    form = RecommendationForm(request.POST or None, offices=offices)

    def draft(filled: RecommendationForm) -> str:
        given = _given(filled)
        office = given.pop("organisation")
        made = domain.draft_recommendation(actor=request.user, organisation=office, sample=office.sample, **given)
        return recommendation_url(made)

    page = Page(
        heading=_("Recommend something to an office"),
        lead=_("Somebody who approves for your office sends it. What plans and reports recommend comes by itself."),
        button=_("Save"),
        back=reverse("programme:recommendations_outgoing"),
        back_label=_("Recommendations of my office"),
    )
    return take_form(request, form, draft, page=page, done=_("The recommendation is saved; an approver sends it."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_edit(request: Any, recommendation_id: int) -> HttpResponse:
    """Change a recommendation that is not sent yet."""
    shown = recommendation_shown(recommendation_id)
    require("programme.edit_recommendation", request.user, shown)
    names = ("title", "text", "addressee", "origin_words", "due_on", "version")
    first = {name: getattr(shown, name) for name in names}
    form = RecommendationForm(request.POST or None, offices=(), sample=shown.sample, initial=first)

    def save(filled: RecommendationForm) -> None:
        version = filled.cleaned_data["version"] or 0
        domain.edit_recommendation(actor=request.user, asked=shown, version=version, **_given(filled))

    page = _page(_("Change the recommendation"), _("Save"), shown)
    return take_form(request, form, save, page=page, done=_("The recommendation is saved."))


@login_required
@require_POST
def recommendation_send(request: Any, recommendation_id: int) -> HttpResponse:
    """Send it."""
    return _step(request, recommendation_id, "send")


@login_required
@require_POST
def recommendation_receive(request: Any, recommendation_id: int) -> HttpResponse:
    """Take it in."""
    return _step(request, recommendation_id, "receive")


@login_required
@require_POST
def recommendation_close(request: Any, recommendation_id: int) -> HttpResponse:
    """Say that the answer was seen, and close it."""
    return _step(request, recommendation_id, "close")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_answer(request: Any, recommendation_id: int) -> HttpResponse:
    """Answer it."""
    shown = recommendation_shown(recommendation_id)
    require("programme.answer_recommendation", request.user, shown.addressee)
    form = AnswerForm(request.POST or None, initial={"answer": shown.answer})

    def answer(filled: AnswerForm) -> None:
        domain.answer_recommendation(actor=request.user, asked=shown, **filled.cleaned_data)

    page = _page(_("Answer"), _("Send the answer"), shown, lead=shown.text, icon="send")
    return take_form(request, form, answer, page=page, done=_("The answer is sent."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_again(request: Any, recommendation_id: int) -> HttpResponse:
    """Ask again where the answer was none."""
    shown = recommendation_shown(recommendation_id)
    require("programme.close_recommendation", request.user, shown)
    form = AgainForm(request.POST or None)

    def again(filled: AgainForm) -> None:
        domain.ask_again(actor=request.user, asked=shown, **filled.cleaned_data)

    page = _page(_("Ask again"), _("Ask again"), shown, lead=shown.answer, icon="arrow-back-up")
    return take_form(request, form, again, page=page, done=_("It is asked again."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_withdraw(request: Any, recommendation_id: int) -> HttpResponse:
    """Take it back."""
    shown = recommendation_shown(recommendation_id)
    require("programme.withdraw_recommendation", request.user, shown)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].required = shown.state != RecommendationState.DRAFT

    def withdraw(filled: ReasonForm) -> None:
        domain.withdraw_recommendation(actor=request.user, asked=shown, reason=filled.cleaned_data["reason"])

    lead = _("Whom it was sent to still reads it, with this reason.") if shown.sent_at else ""
    page = _page(_("Why is it withdrawn?"), _("Withdraw"), shown, lead=lead, icon="arrow-back-up")
    return take_form(request, form, withdraw, page=page, done=_("The recommendation is withdrawn."))


def _step(request: Any, recommendation_id: int, verb: str) -> HttpResponse:
    shown = recommendation_shown(recommendation_id)
    do = partial(getattr(domain, f"{verb}_recommendation"), actor=request.user, asked=shown)
    return take_step(request, shown, do, done=_DONE[verb])


def _given(form: RecommendationForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _page(heading: str, button: str, row: Recommendation, *, lead: str = "", icon: str = "check") -> Page:
    return Page(
        heading=heading,
        lead=lead,
        button=button,
        icon=icon,
        back=recommendation_url(row),
        back_label=row.title,
        sample=row.sample,
    )
