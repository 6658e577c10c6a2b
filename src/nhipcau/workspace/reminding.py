"""What people are reminded of: each room registers what may fall due; a room that is not there is simply absent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nhipcau.accounts.models import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from django.db.models import Model

    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation

SOON, LATE = "workspace.due", "workspace.late"
#: The people of a matter itself: those to whom it was given, or else whoever drafts and receives for the office.
OFFICER = "officer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rung of a ladder.

    Attributes:
        key: identity within the ladder; each person is told of a step once.
        days: working days from the due day, negative before it; the step comes at seven in the morning there.
        hours: hours from the due moment instead, negative before it.
        to: roles in the office, or :data:`OFFICER`.
        kind: key of the kind of notice.
    """

    key: str
    to: tuple[str, ...]
    days: int = 0
    hours: float | None = None
    kind: str = SOON


#: Seven, three and one working days before: the officer. On the day: the reviewer too. When it is late: the officer at
#: once, the approver on the next working day, the focal officer and the leader two days later.
LADDER: tuple[Step, ...] = (
    Step(key="before-7", days=-7, to=(OFFICER,)),
    Step(key="before-3", days=-3, to=(OFFICER,)),
    Step(key="before-1", days=-1, to=(OFFICER,)),
    Step(key="day", days=0, to=(OFFICER, Role.REVIEWER)),
    Step(key="late", hours=0, to=(OFFICER,), kind=LATE),
    Step(key="late-1", days=1, to=(OFFICER, Role.REVIEWER, Role.APPROVER), kind=LATE),
    Step(
        key="late-3",
        days=3,
        to=(OFFICER, Role.REVIEWER, Role.APPROVER, Role.FOCAL_OFFICER, Role.LEADER),
        kind=LATE,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing that is open and has a time.

    Attributes:
        target: the object; who does not see it is not reminded of it.
        title: as people call it; goes into the sentence.
        url: path where it is done.
        due: aware moment. Another due moment starts the ladder again.
        organisation: the office that has to do it.
        officers: the people to whom it was given; empty where nobody in particular has it.
    """

    target: Model
    title: str
    url: str
    due: datetime
    organisation: Organisation
    officers: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remindable:
    """A kind of matter.

    Attributes:
        name: ``room.things``.
        model: of the targets; what is not among the open matters any more needs no reminder.
        open_matters: ``(at) -> matters`` that are not done at an aware moment, whatever their time; called with the
            system's access open, so in as few queries as there are kinds of rows.
        ladder: its steps, in the order of time.
        people: ``(matter, role) -> people`` where the roles of the office are not the answer; None, or None from it,
            for the usual.
    """

    name: str
    model: type[Model]
    open_matters: Callable[[datetime], Iterable[Matter]]
    ladder: Sequence[Step] = LADDER
    people: Callable[[Matter, str], Iterable[Any] | None] | None = None


_REMINDABLES: dict[str, Remindable] = {}


def register(remindable: Remindable) -> Remindable:
    """Have people reminded of a kind of matter. Called from the ``ready`` of a room.

    Raises:
        ValueError: another kind has that name.
    """
    if _REMINDABLES.get(remindable.name, remindable) is not remindable:
        raise ValueError(f"Two kinds of matters are called {remindable.name}.")
    _REMINDABLES[remindable.name] = remindable
    return remindable


def remindables() -> Sequence[Remindable]:
    """All that were registered, by name."""
    return [_REMINDABLES[name] for name in sorted(_REMINDABLES)]
