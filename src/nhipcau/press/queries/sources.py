"""Sources, runs of the collector, and what was rejected. Everything here answers through the access now open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, QuerySet, Subquery

from nhipcau.press.models import (
    Article,
    Collection,
    Outlet,
    Refusal,
    Source,
)

if TYPE_CHECKING:
    from datetime import datetime


def refused_between(start: datetime, end: datetime) -> QuerySet[Refusal]:
    """Documents that were rejected in a period."""
    return refusals().filter(at__gte=start, at__lte=end)


def refusals() -> QuerySet[Refusal]:
    """Rejected documents, newest first."""
    rows: QuerySet[Refusal] = Refusal.objects.select_related("source__outlet", "collection").order_by("-pk")
    return rows


def sources() -> QuerySet[Source]:
    """All sources with their outlets, those that fail first; ``latest`` is when the outlet's last article came in."""
    latest = Article.objects.filter(outlet=OuterRef("outlet")).order_by("-dated_at").values("dated_at")[:1]
    rows: QuerySet[Source] = (
        Source.objects.select_related("outlet")
        .annotate(latest=Subquery(latest))
        .order_by("-active", "-failures", "outlet__sort_key", "url")
    )
    return rows


def sources_failing() -> QuerySet[Source]:
    """Sources that are collected and did not answer well when last asked."""
    rows: QuerySet[Source] = Source.objects.filter(active=True, failures__gt=0)
    return rows


def sources_due(now: datetime) -> QuerySet[Source]:
    """Sources whose time has come and which no living collector holds."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    rows: QuerySet[Source] = Source.objects.filter(free, active=True, next_due__lte=now)
    return rows


def collections() -> QuerySet[Collection]:
    """Runs of the collector, newest first."""
    rows: QuerySet[Collection] = Collection.objects.order_by("-started_at", "-pk")
    return rows


def outlets_with_sources() -> QuerySet[Outlet]:
    """Outlets of the registry that are collected, by name."""
    rows: QuerySet[Outlet] = Outlet.objects.filter(sources__isnull=False).distinct().order_by("sort_key", "pk")
    return rows
