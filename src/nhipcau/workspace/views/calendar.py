from __future__ import annotations

from calendar import Calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nhipcau.access import current, opened
from nhipcau.accounts.queries import access_for
from nhipcau.accounts.reauthentication import reauthenticated
from nhipcau.workspace.domain.calendar_feeds import feed_of, make_feed, revoke_feed
from nhipcau.workspace.due import due_from
from nhipcau.workspace.icalendar import calendar_of, day_of
from nhipcau.workspace.models import CalendarFeed

if TYPE_CHECKING:
    from nhipcau.workspace.due import DueItem

#: Answers of one address in a quarter of an hour; a calendar program asks a few times a day.
_MOST, _SECONDS = 60, 900
_YEARS = (2000, 2100)


@login_required
@require_safe
def calendar(request: Any) -> HttpResponse:
    """What is due from me, by day: a month, and below it the days in order."""
    today = timezone.localdate()
    month = _month(request.GET.get("thang", ""), today)
    days: dict[date, list[DueItem]] = {}
    undated = 0
    for item in due_from(current()):
        day = day_of(item)
        if day is None:
            undated += 1
        else:
            days.setdefault(day, []).append(item)
    weeks = [
        [(day, days.get(day, [])) for day in week] for week in Calendar().monthdatescalendar(month.year, month.month)
    ]
    here = {day: items for day, items in days.items() if (day.year, day.month) == (month.year, month.month)}
    context = {
        "month": month,
        "today": today,
        "weeks": weeks,
        "agenda": sorted(here.items()),
        "number": sum(len(items) for items in here.values()),
        "undated": undated,
        "before": _of(month - timedelta(days=1)),
        "after": _of(month + timedelta(days=31)),
        "feed": CalendarFeed.objects.filter(person_id=current().person_id, revoked_at__isnull=True).first(),
    }
    return render(request, "workspace/calendar.html", context)


@login_required
@require_POST
@reauthenticated
def feed_make(request: Any) -> HttpResponse:
    """Make the secret address of my calendar; it is shown this once."""
    token = make_feed(actor=request.user)
    address = request.build_absolute_uri(reverse("workspace:calendar_feed", args=[token]))
    answer = render(request, "workspace/calendar_feed.html", {"address": address})
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_POST
def feed_revoke(request: Any) -> HttpResponse:
    """End it: whoever has the address reads nothing any more."""
    if revoke_feed(actor=request.user):
        messages.success(request, _("The address is revoked."))
    return redirect("workspace:calendar")


@login_not_required
@require_safe
def calendar_feed(request: Any, feed_token: str) -> HttpResponse:  # noqa: ARG001 - a view
    """What is due from the person to whom the secret address belongs, under their own rights of today."""
    feed = feed_of(feed_token)
    if feed is None:
        raise Http404
    if _too_often(feed):
        return HttpResponse(status=429, headers={"Retry-After": str(_SECONDS)})
    with opened(access_for(feed.person)) as access, translation.override(feed.person.language or "vi"):
        content = calendar_of(due_from(access), now=timezone.now())
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=900"
    answer["Content-Disposition"] = 'attachment; filename="nhip-cau.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _too_often(feed: CalendarFeed) -> bool:
    key = f"calendar-feed:{feed.pk}"
    cache.add(key, 0, _SECONDS)
    try:
        return cache.incr(key) > _MOST
    except ValueError:
        # It ran out in between.
        return False


def _month(asked: str, today: date) -> date:
    """The first day of the month asked for as ``2026-11``; of this month where that is none."""
    year, _dash, month = asked.partition("-")
    if year.isdecimal() and month.isdecimal() and len(asked) == len("2026-11"):
        y, m = int(year), int(month)
        if _YEARS[0] <= y <= _YEARS[1] and 1 <= m <= 12:  # noqa: PLR2004 - months
            return date(y, m, 1)
    return today.replace(day=1)


def _of(day: date) -> str:
    return f"{day:%Y-%m}"
