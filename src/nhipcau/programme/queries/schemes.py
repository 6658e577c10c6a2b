"""Schemes and master plans as screens read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from nhipcau.programme.models import ReviewKind, Scheme, SchemeReview

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

#: How far a scheme can be, in the order of time.
STANDINGS = ("coming", "running", "over", "reviewed", "undated")


def schemes() -> QuerySet[Scheme]:
    """Every scheme with its directive and lead, and whether its final review was held (``is_reviewed``)."""
    final = SchemeReview.objects.filter(scheme=OuterRef("pk"), kind=ReviewKind.FINAL, held_on__isnull=False)
    rows: QuerySet[Scheme] = Scheme.objects.select_related("organisation", "directive", "lead")
    return rows.annotate(is_reviewed=Exists(final)).prefetch_related("reviews")


def standing_of(scheme: Scheme, day: date | None = None) -> str:
    """One of :data:`STANDINGS` on a day: a scheme whose term is not known is undated, one finally reviewed is that."""
    day = day or timezone.localdate()
    # Annotated by schemes().
    if getattr(scheme, "is_reviewed"):  # noqa: B009 - no field of the model
        return "reviewed"
    if scheme.begin is not None and scheme.begin > day:
        return "coming"
    if scheme.end is not None:
        return "over" if scheme.end < day else "running"
    return "running" if scheme.begin is not None else "undated"


def in_standing(standing: str, day: date | None = None) -> Q:
    """Which of :func:`schemes` have this standing on a day."""
    day = day or timezone.localdate()
    open_ = Q(is_reviewed=False)
    coming, begun = Q(begin__gt=day), Q(begin__isnull=True) | Q(begin__lte=day)
    return {
        "reviewed": Q(is_reviewed=True),
        "coming": open_ & coming,
        "over": open_ & begun & Q(end__lt=day),
        "running": open_ & (begun & Q(end__gte=day) | Q(end__isnull=True, begin__lte=day)),
        "undated": open_ & Q(end__isnull=True, begin__isnull=True),
    }[standing]


def reviews_due() -> QuerySet[SchemeReview]:
    """Reviews that were not held, the first one first."""
    rows: QuerySet[SchemeReview] = SchemeReview.objects.filter(held_on__isnull=True)
    return rows.select_related("scheme", "scheme__organisation").order_by("due_on", "pk")
