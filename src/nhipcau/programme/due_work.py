"""What of tasks, recommendations and reviews waits for somebody."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from nhipcau.accounts.models import Role
from nhipcau.programme import words
from nhipcau.programme.hosting import instance_url, recommendation_url, scheme_url
from nhipcau.programme.models import (
    OPEN_STATES,
    WAITING,
    Recommendation,
    RecommendationState,
    Task,
    TaskInstance,
)
from nhipcau.programme.queries.schemes import reviews_due
from nhipcau.programme.queries.tasks import instances
from nhipcau.programme.rules.tasks import SAY
from nhipcau.workspace.due import DueItem, register
from nhipcau.workspace.queries.notices import zone_of
from nhipcau.workspace.reminding import Matter, Remindable
from nhipcau.workspace.reminding import register as have_reminded
from nhipcau.workspace.rules.letters import RECEIVERS, WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from nhipcau.access import Access
    from nhipcau.network.models import Organisation

_ANSWERERS = frozenset({*RECEIVERS, Role.APPROVER})


def register_due_work() -> None:
    """Called once, from the ``ready`` of the room."""
    register("programme.tasks", due_tasks, of_offices=late_tasks)
    register("programme.recommendations", due_recommendations, of_offices=late_recommendations)
    register("programme.reviews", due_reviews)
    have_reminded(Remindable(name="programme.tasks", model=TaskInstance, open_matters=open_tasks))
    have_reminded(Remindable(name="programme.recommendations", model=Recommendation, open_matters=open_recommendations))


def due_tasks(access: Access, at: datetime) -> Iterator[DueItem]:  # noqa: ARG001 - the signature of a provider
    """Tasks that the offices have for which the person writes."""
    return _tasks(access.organisations(*SAY))


def late_tasks(access: Access, at: datetime) -> Iterator[DueItem]:  # noqa: ARG001 - the signature of a provider
    """Tasks of the offices that the person leads."""
    return _tasks(access.organisations(Role.LEADER, Role.APPROVER))


def due_recommendations(access: Access, at: datetime) -> Iterator[DueItem]:  # noqa: ARG001 - the signature of a provider
    """Recommendations to be sent, taken in, answered; answers to be looked at."""
    to_send = _recommendations().filter(
        state=RecommendationState.DRAFT, organisation_id__in=access.organisations(Role.APPROVER)
    )
    for asked in to_send.exclude(drafter_id=access.person_id):
        yield _item(asked, asked.organisation, _("Send"), approval=True)
    yield from _to_answer(access.organisations(*_ANSWERERS))
    answered = _recommendations().filter(
        state=RecommendationState.ANSWERED, organisation_id__in=access.organisations(*WRITERS)
    )
    for asked in answered:
        yield _item(asked, asked.organisation, _("See the answer"))


def late_recommendations(access: Access, at: datetime) -> Iterator[DueItem]:  # noqa: ARG001 - the signature of a provider
    """Recommendations that the offices have not answered which the person leads."""
    return _to_answer(access.organisations(Role.LEADER, Role.APPROVER))


def due_reviews(access: Access, at: datetime) -> Iterator[DueItem]:  # noqa: ARG001 - the signature of a provider
    """Interim and final reviews of schemes, for who keeps the register."""
    offices = access.organisations(Role.COORDINATOR)
    if not offices:
        return
    for review in reviews_due():
        if review.scheme.organisation_id in offices:
            yield DueItem(
                title=str(review),
                url=scheme_url(review.scheme),
                due=review.due_on,
                state="waiting",
                state_word=_("To be held"),
                doing=_("Hold the review"),
                organisation=review.scheme.organisation,
                room=_("Schemes and master plans"),
            )


def open_tasks(at: datetime) -> Iterator[Matter]:  # noqa: ARG001 - the signature of a provider
    """Tasks of offices with a day that are not done; the day ends there."""
    for row in _open_instances().filter(due_on__isnull=False):
        yield Matter(
            target=row,
            title=row.task.title_vi,
            url=instance_url(row),
            due=_end_of(row.due_on, row.organisation),
            organisation=row.organisation,
        )


def open_recommendations(at: datetime) -> Iterator[Matter]:  # noqa: ARG001 - the signature of a provider
    """Recommendations with a day that wait for an answer."""
    for asked in _recommendations().filter(state__in=WAITING, due_on__isnull=False):
        yield Matter(
            target=asked,
            title=asked.title,
            url=recommendation_url(asked),
            due=_end_of(asked.due_on, asked.addressee),
            organisation=asked.addressee,
        )


def _open_instances() -> QuerySet[TaskInstance]:
    standing = Task.objects.filter(ending="").order_by().values("pk")
    return instances().filter(state__in=OPEN_STATES, ended_on__isnull=True, task_id__in=standing)


def _tasks(offices: Iterable[int]) -> Iterator[DueItem]:
    for row in _open_instances().filter(organisation_id__in=offices):
        word, code = words.instance_state(row)
        yield DueItem(
            title=row.task.title,
            url=instance_url(row),
            due=row.due_on,
            since=None if row.due_on else _end_of(row.given_on, row.organisation),
            state=code,
            state_word=word,
            doing=_("Say how it stands"),
            organisation=row.organisation,
            room=_("Tasks of directives"),
        )


def _recommendations() -> QuerySet[Recommendation]:
    rows: QuerySet[Recommendation] = Recommendation.objects.select_related("organisation", "addressee")
    return rows


def _to_answer(offices: Iterable[int]) -> Iterator[DueItem]:
    for asked in _recommendations().filter(state__in=WAITING, addressee_id__in=offices):
        yield _item(asked, asked.addressee, _("Answer"), due=asked.due_on)


def _item(
    asked: Recommendation, office: Organisation, doing: object, *, due: date | None = None, approval: bool = False
) -> DueItem:
    word, code = words.recommendation_state(asked)
    return DueItem(
        title=asked.title,
        url=recommendation_url(asked),
        due=due,
        since=asked.changed_at,
        state=code,
        state_word=word,
        doing=doing,
        organisation=office,
        room=_("Recommendations"),
        approval=approval,
    )


def _end_of(day: date, office: Organisation) -> datetime:
    return datetime.combine(day, time(23, 59), zone_of("", office))
