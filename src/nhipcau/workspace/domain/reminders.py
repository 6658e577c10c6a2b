"""People are reminded of what is due, step by step up the ladder, until it is done."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from nhipcau.access.rights import require
from nhipcau.accounts.models import Role
from nhipcau.law.book import LawBook
from nhipcau.law.errors import OutsideCalendarError
from nhipcau.workspace.domain.notices import effect_of, notify
from nhipcau.workspace.ladder import reached
from nhipcau.workspace.models import Notice
from nhipcau.workspace.queries.notices import holders, zone_of
from nhipcau.workspace.reminding import LATE, OFFICER, SOON, remindables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person
    from nhipcau.law.working_days import WorkingDays
    from nhipcau.workspace.ladder import Reached
    from nhipcau.workspace.reminding import Matter, Remindable

#: Who has a matter that was given to nobody in particular.
_OFFICERS = (Role.DRAFTER, Role.FOCAL_OFFICER)
_BATCH = 200


def remind(*, actor: Actor, at: datetime) -> int:
    """Tell everybody whose step has come at an aware moment, the latest matters first; how many people were told.

    Reads the step from the matter's due moment and the calendar alone, so it may run at any time, twice, and at once:
    each person is told of each step of each due moment once. What is done meanwhile is taken from the unread.
    Call it with the system's access open.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    require("workspace.remind", actor)
    working_days = LawBook.read().working_days
    told = 0
    for remindable in remindables():
        matters = sorted(remindable.open_matters(at), key=lambda matter: matter.due)
        told += _Round(actor, at, remindable, working_days).tell(matters)
        _settle(remindable, matters)
    return told


class _Round:
    """One pass over the matters of one kind; who holds a role in an office is asked once."""

    def __init__(self, actor: Actor, at: datetime, remindable: Remindable, working_days: WorkingDays) -> None:
        self.actor, self.at, self.remindable, self.working_days = actor, at, remindable, working_days
        self._held: dict[tuple[int, str], list[Person]] = {}

    def tell(self, matters: list[Matter]) -> int:
        """Tell the people of each matter that has reached a step."""
        return sum(self._tell_some(some) for some in _batches(self._due(matters)))

    def _due(self, matters: list[Matter]) -> Iterator[tuple[Matter, Reached, list[Person]]]:
        for matter in matters:
            zone = zone_of("", matter.organisation)
            try:
                step = reached(self.remindable.ladder, matter.due, self.at, zone, self.working_days)
            except OutsideCalendarError:
                continue
            if step is not None:
                yield matter, step, self._people(matter, step.step.to)

    def _tell_some(self, some: list[tuple[Matter, Reached, list[Person]]]) -> int:
        effects = {effect_of(step.step.kind, matter.target, _key(matter, step)): matter for matter, step, _to in some}
        known = set(Notice.objects.filter(effect__in=effects).values_list("effect", "person_id"))
        told = 0
        for matter, step, people in some:
            effect = effect_of(step.step.kind, matter.target, _key(matter, step))
            fresh = [person for person in people if (effect, person.pk) not in known]
            if fresh:
                told += self._tell_one(matter, step, fresh)
        return told

    def _tell_one(self, matter: Matter, reached: Reached, people: list[Person]) -> int:
        late = matter.due < self.at
        sentence = _LATE if late else _SOON if reached.days_left else _TODAY
        with transaction.atomic():
            return notify(
                actor=self.actor,
                kind=reached.step.kind,
                to=people,
                target=matter.target,
                sentence=sentence,
                params={"what": matter.title, "office": matter.organisation, "days": reached.days_left},
                url=matter.url,
                due=matter.due,
                effect=_key(matter, reached),
            ).told

    def _people(self, matter: Matter, roles: Iterable[str]) -> list[Person]:
        found = [person for role in roles for person in self._in_role(matter, role)]
        return list({person.pk: person for person in found}.values())

    def _in_role(self, matter: Matter, role: str) -> Iterable[Person]:
        named = self.remindable.people(matter, role) if self.remindable.people is not None else None
        if named is not None:
            return named
        if role == OFFICER and matter.officers:
            return matter.officers
        key = (matter.organisation.pk, role)
        if key not in self._held:
            roles = _OFFICERS if role == OFFICER else (role,)
            self._held[key] = holders(matter.organisation, *roles, on=timezone.localdate(self.at))
        return self._held[key]


_SOON = gettext_noop("Due in %(days)s working days: %(what)s (%(office)s)")
_TODAY = gettext_noop("Due now: %(what)s (%(office)s)")
_LATE = gettext_noop("Late: %(what)s (%(office)s)")


def _key(matter: Matter, reached: Reached) -> str:
    """The step of this due moment: another due moment is another ladder."""
    return f"{reached.step.key}:{matter.due:%Y%m%dT%H%M}"


def _batches(
    rows: Iterator[tuple[Matter, Reached, list[Person]]],
) -> Iterator[list[tuple[Matter, Reached, list[Person]]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _settle(remindable: Remindable, matters: list[Matter]) -> None:
    """Reminders of what is not open any more are taken from the unread, and out of the mail that waits."""
    still = {str(matter.target.pk) for matter in matters}
    unread = Notice.objects.filter(
        kind__in=(SOON, LATE), read_at__isnull=True, target_type=remindable.model._meta.label_lower
    )
    over = set(unread.order_by().values_list("target_id", flat=True).distinct()) - still
    if over:
        unread.filter(target_id__in=over).update(read_at=timezone.now())
