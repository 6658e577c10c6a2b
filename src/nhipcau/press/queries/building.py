"""Which digests are to be built, and from what. Everything here answers through the access now open."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from nhipcau.accounts.models import Membership, Role
from nhipcau.network.models import Organisation
from nhipcau.press.models import (
    Article,
    Digest,
    DigestKind,
    DigestState,
    StoryCorrection,
)

if TYPE_CHECKING:
    from datetime import date

#: The country that the desk follows.
FOCUS = "VN"
#: A morning's digest looks back on the three days before it, so that a weekend is not lost on Monday.
LOOKS_BACK = timedelta(days=3)
#: A digest is built again when it is this old and articles came in since.
DIGEST_EVERY = timedelta(minutes=15)


def digest_period(day: date) -> tuple[datetime, datetime]:
    """First and last moment of what the digest of a day is made from, in Asia/Ho_Chi_Minh."""
    first, last = datetime.combine(day - LOOKS_BACK, time.min), datetime.combine(day, time.max)
    return timezone.make_aware(first), timezone.make_aware(last)


def offices_behind(now: datetime, *, at_once: bool = False) -> QuerySet[Organisation]:
    """Offices with a press analyst whose digest of today is not there, or does not hold what was collected since.

    Args:
        now: aware; the day is that of Asia/Ho_Chi_Minh.
        at_once: also those whose digest is younger than a quarter of an hour.
    """
    today = timezone.localdate(now)
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    analysts = Membership.objects.filter(still, role=Role.PRESS_ANALYST, valid_from__lte=today)
    start, end = digest_period(today)
    newest = Article.objects.filter(dated_at__gte=start, dated_at__lte=end).aggregate(at=Max("collected_at"))["at"]
    if newest is None:
        nobody: QuerySet[Organisation] = Organisation.objects.none()
        return nobody
    fresh = Q(built_at__gte=newest) if at_once else Q(built_at__gte=newest) | Q(built_at__gt=now - DIGEST_EVERY)
    # What a person corrected is in the drafts at once; it does not wait for the quarter of an hour.
    corrected = StoryCorrection.objects.filter(story__last_seen__gte=start).aggregate(at=Max("changed_at"))["at"]
    if corrected is not None:
        fresh &= Q(built_at__gte=corrected)
    done = Digest.objects.filter(fresh | ~Q(state=DigestState.DRAFT), focus=FOCUS, kind=DigestKind.DAILY, day=today)
    rows: QuerySet[Organisation] = Organisation.objects.filter(pk__in=analysts.values("organisation")).exclude(
        pk__in=done.values("organisation")
    )
    return rows
