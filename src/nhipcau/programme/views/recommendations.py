from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from nhipcau.programme import words
from nhipcau.programme.listings.recommendations import INCOMING, OUTGOING
from nhipcau.programme.models import WAITING, Recommendation, RecommendationState
from nhipcau.programme.queries.recommendations import recommendations
from nhipcau.ui.listing import show
from nhipcau.workspace.models import Letter, host_named
from nhipcau.workspace.views.attached import attached_context
from nhipcau.workspace.views.attachments import attach_to
from nhipcau.workspace.views.comments import comment_on

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """What others recommend to my offices."""
    return show(request, INCOMING)


@login_required
def recommendation_outgoing(request: HttpRequest) -> HttpResponse:
    """What my offices recommend to others."""
    return show(request, OUTGOING)


@login_required
@require_safe
def recommendation(request: Any, recommendation_id: int) -> HttpResponse:
    """A recommendation, where it comes from, its answer, and what can be done with it now."""
    shown = recommendation_shown(recommendation_id)
    word, code = words.recommendation_state(shown)
    context = {
        "asked": shown,
        "word": word,
        "code": code,
        "origin_url": _origin_url(shown),
        "letter": Letter.objects.filter(pk=shown.answer_letter_id).first() if shown.answer_letter_id else None,
        "may": may_do(request.user, shown),
        "sample": shown.sample,
    }
    return render(request, "programme/recommendation.html", context | attached_context(request.user, shown))


def may_do(person: Any, asked: Recommendation) -> dict[str, bool]:
    """Which steps the reader may take with it now. The domain functions check all of it again."""

    def may(verb: str, target: Any = asked) -> bool:
        return bool(rules.has_perm(f"programme.{verb}_recommendation", person, target))

    draft, waiting = asked.state == RecommendationState.DRAFT, asked.state in WAITING
    answered = asked.state == RecommendationState.ANSWERED
    return {
        "send": draft and may("send"),
        "edit": draft and may("edit"),
        "receive": asked.state == RecommendationState.SENT and may("receive", asked.addressee),
        "answer": waiting and may("answer", asked.addressee),
        "close": answered and may("close"),
        "withdraw": (draft or waiting) and may("withdraw"),
    }


@login_required
@require_POST
def recommendation_attach(request: Any, recommendation_id: int) -> HttpResponse:
    """Put a file to a recommendation, or to its answer."""
    return attach_to(request, recommendation_shown(recommendation_id))


@login_required
@require_POST
def recommendation_comment(request: Any, recommendation_id: int) -> HttpResponse:
    """Say something of a recommendation."""
    return comment_on(request, recommendation_shown(recommendation_id))


def recommendation_shown(recommendation_id: int) -> Recommendation:
    """The one that is asked for, if the reader sees it."""
    people = ("drafter", "sent_by", "received_by", "answered_by", "seen_by", "first_addressee")
    rows = recommendations().select_related("organisation", "addressee", *people)
    found: Recommendation = get_object_or_404(rows, pk=recommendation_id)
    return found


def _origin_url(asked: Recommendation) -> str:
    """Where the plan or report opens that it comes from, for who sees that."""
    host = host_named(asked.origin_type) if asked.origin_type else None
    row = host.model.objects.filter(pk=asked.origin_id).first() if host else None
    return host.url(row) if host and row is not None else ""
