"""Recommendations as screens read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from nhipcau.access import current
from nhipcau.programme.models import WAITING, Recommendation

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model, QuerySet


def recommendations() -> QuerySet[Recommendation]:
    """Those that the reader sees, with both offices."""
    rows: QuerySet[Recommendation] = Recommendation.objects.select_related("organisation", "addressee")
    return rows


def asked_of_me() -> QuerySet[Recommendation]:
    """What others recommend to the offices of the reader."""
    return recommendations().filter(addressee_id__in=current().organisations(), sent_at__isnull=False)


def asked_by_me() -> QuerySet[Recommendation]:
    """What the offices of the reader recommend to others."""
    return recommendations().filter(organisation_id__in=current().organisations())


def of_origin(origin: Model) -> QuerySet[Recommendation]:
    """What a plan, a report or another object recommends, as far as the reader sees it."""
    return recommendations().filter(origin_type=origin._meta.label_lower, origin_id=origin.pk)


def is_late(day: date | None = None) -> Q:
    """Those that wait for an answer after the day by which it was asked for."""
    return Q(state__in=WAITING, due_on__lt=day or timezone.localdate())


def shown_state(asked: Recommendation, day: date | None = None) -> str:
    """The state as it is shown: ``late`` where it waits for an answer and its day is past."""
    late = asked.state in WAITING and asked.due_on is not None and asked.due_on < (day or timezone.localdate())
    return "late" if late else asked.state
