"""The figures that this room offers of an office: tasks done, recommendations sent and answered."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.programme.figures import Figure, Offer, Source, register
from nhipcau.programme.hosting import instance_url, recommendation_url
from nhipcau.programme.models import InstanceState, Recommendation, TaskInstance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet

    from nhipcau.programme.figures import Asked


def register_figures() -> None:
    """Called once, from the ``ready`` of the room."""
    for key, title, count in (
        ("programme.tasks_done", _("Tasks of directives that were done"), tasks_done),
        ("programme.recommendations_sent", _("Recommendations that were sent"), recommendations_sent),
        ("programme.recommendations_answered", _("Recommendations to the office that it answered"), answered),
        ("programme.recommendations_received", _("Recommendations to the office"), recommendations_received),
    ):
        register(Offer(key=key, title=title, count=count, unit=_unit(key)))


def _unit(key: str) -> Any:
    return _("tasks") if key == "programme.tasks_done" else _("recommendations")


def tasks_done(asked: Asked) -> Figure:
    """Tasks of the office done on a day of the period, as they stand."""
    rows = TaskInstance.objects.filter(
        organisation=asked.organisation, state=InstanceState.DONE, done_on__range=(asked.begin, asked.end)
    ).prefetch_related("task")
    return _figure((row.task.title, instance_url(row)) for row in rows.order_by("done_on", "pk"))


def recommendations_sent(asked: Asked) -> Figure:
    """Recommendations of the office that were sent in the period, up to the moment asked about."""
    return _recommendations(asked, lambda rows: rows.filter(organisation=asked.organisation), "sent_at")


def recommendations_received(asked: Asked) -> Figure:
    """Recommendations to the office that were sent in the period, up to the moment asked about."""
    return _recommendations(asked, lambda rows: rows.filter(addressee=asked.organisation), "sent_at")


def answered(asked: Asked) -> Figure:
    """Recommendations to the office that it answered in the period, up to the moment asked about."""
    return _recommendations(asked, lambda rows: rows.filter(addressee=asked.organisation), "answered_at")


def _recommendations(
    asked: Asked, of: Callable[[QuerySet[Recommendation]], QuerySet[Recommendation]], moment: str
) -> Figure:
    zone = timezone.get_default_timezone()
    begin = datetime.combine(asked.begin, time.min, zone)
    end = min(datetime.combine(asked.end + timedelta(days=1), time.min, zone), asked.as_of)
    rows = of(Recommendation.objects.filter(**{f"{moment}__gte": begin, f"{moment}__lt": end}))
    return _figure((row.title, recommendation_url(row)) for row in rows.order_by(moment, "pk"))


def _figure(things: Iterable[tuple[str, str]]) -> Figure:
    sources = [Source(label=label, url=url) for label, url in things]
    return Figure(value=Decimal(len(sources)), sources=sources)
