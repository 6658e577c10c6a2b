"""The lists of recommendations: what others recommend to my offices, what mine recommend to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy

from nhipcau import search
from nhipcau.access import current
from nhipcau.accounts.models import Role
from nhipcau.programme import words
from nhipcau.programme.forms.recommendations import RecommendationsForm
from nhipcau.programme.models import WAITING, Recommendation, RecommendationState
from nhipcau.programme.queries.recommendations import asked_by_me, asked_of_me, is_late
from nhipcau.ui.listing import Column, Empty, FormFilter, Listing, register
from nhipcau.ui.listing.cells import state
from nhipcau.ui.templatetags.ui import vi_number
from nhipcau.workspace.rules.letters import WRITERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.ui.listing import Shown

_NOTHING_FITS = gettext_lazy("Every word must be in the recommendation; words in quotation marks must stand together.")
#: Who writes a recommendation for an office.
ASKERS = (*WRITERS, Role.COORDINATOR)


def _narrow(rows: Any, asked: Mapping[str, Any]) -> Any:
    wanted = asked.get("state")
    if wanted:
        rows = rows.filter(is_late()) if wanted == "late" else rows.filter(state=wanted)
    return search.matching(rows, asked.get("q") or "")


def _incoming_heading(_shown: Shown) -> str:
    rows = asked_of_me().filter(state__in=WAITING)
    waiting, late = rows.count(), rows.filter(is_late()).count()
    if late:
        said = ngettext(
            "%(number)s recommendation to answer, %(late)s late",
            "%(number)s recommendations to answer, %(late)s late",
            waiting,
        )
    elif waiting:
        said = ngettext("%(number)s recommendation to answer", "%(number)s recommendations to answer", waiting)
    else:
        return gettext("No recommendation to answer")
    return said % {"number": vi_number(waiting), "late": vi_number(late)}


def _outgoing_heading(shown: Shown) -> str:
    unseen = asked_by_me().filter(state=RecommendationState.ANSWERED).count()
    if unseen:
        said = ngettext(
            "%(number)s recommendation was answered and not looked at",
            "%(number)s recommendations were answered and not looked at",
            unseen,
        )
        return said % {"number": vi_number(unseen)}
    said = ngettext("%(number)s recommendation to others", "%(number)s recommendations to others", shown.number)
    return said % {"number": vi_number(shown.number)}


def _columns(*, incoming: bool) -> list[Column]:
    other = (
        Column(
            key="organisation",
            label=pgettext_lazy("recommendation", "From"),
            value=lambda row: str(row.organisation),
            order_by=("organisation__sort_key",),
            card="plain",
        )
        if incoming
        else Column(
            key="addressee",
            label=gettext_lazy("Addressee"),
            value=lambda row: str(row.addressee),
            order_by=("addressee__sort_key",),
            card="plain",
        )
    )
    return [
        Column(
            key="title",
            label=gettext_lazy("In short"),
            link=lambda row: reverse("programme:recommendation", args=[row.pk]),
            language=lambda _row: "vi",
            card="title",
        ),
        other,
        Column(key="origin", label=gettext_lazy("Where it comes from"), value="origin_words", card="plain"),
        Column(key="sent_at", label=gettext_lazy("Sent"), order_by=("sent_at",), css="when", chosen=False),
        Column(key="due_on", label=gettext_lazy("Answer by"), order_by=("due_on",), css="when"),
        Column(
            key="state",
            label=gettext_lazy("State"),
            value=lambda row: str(words.recommendation_state(row)[0]),
            show=lambda row: state(*words.recommendation_state(row)),
            order_by=("state",),
            card="plain",
        ),
        Column(key="answered_at", label=gettext_lazy("Answered"), order_by=("answered_at",), css="when", chosen=False),
        Column(key="text", label=gettext_lazy("What is recommended"), css="why", chosen=False),
        Column(key="answer", label=gettext_lazy("Answer"), css="why", chosen=False),
    ]


def _context(_shown: Shown) -> dict[str, Any]:
    return {"may_ask": bool(current().organisations(*ASKERS))}


def _sample(rows: list[Recommendation]) -> bool:
    return any(row.sample for row in rows)


INCOMING = register(
    Listing(
        name="programme.recommendations_incoming",
        view="programme:recommendations",
        title=gettext_lazy("Recommendations to my office"),
        heading=_incoming_heading,
        rows=asked_of_me,
        filters=FormFilter.of(RecommendationsForm, _narrow),
        order=("due_on", "pk"),
        nothing_fits=_NOTHING_FITS,
        sample=_sample,
        template="programme/recommendations_incoming.html",
        context=_context,
        empty=lambda _shown: Empty(
            gettext("Nobody has recommended anything to your office"),
            gettext(
                "What plans, reports and letters of other offices recommend to yours stands here until it is answered."
            ),
            "message",
        ),
        columns=_columns(incoming=True),
    )
)

OUTGOING = register(
    Listing(
        name="programme.recommendations_outgoing",
        view="programme:recommendations_outgoing",
        title=gettext_lazy("Recommendations of my office"),
        heading=_outgoing_heading,
        rows=asked_by_me,
        filters=FormFilter.of(RecommendationsForm, _narrow),
        order=("-changed_at", "-pk"),
        nothing_fits=_NOTHING_FITS,
        sample=_sample,
        template="programme/recommendations_outgoing.html",
        context=_context,
        empty=lambda _shown: Empty(
            gettext("Your office has recommended nothing yet"),
            gettext("What your plans and reports recommend stands here, and what you write by itself."),
            "message",
        ),
        columns=_columns(incoming=False),
    )
)
