"""What serves a task: each room registers its things; a room that is not there is simply absent.

A plan's activity that names a task serves it, and so will activities held and reports made. From what serves it follows
how an office stands with a task (:mod:`nhipcau.programme.domain.standing`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """One thing of an office that serves a task.

    Attributes:
        task_id: the task.
        organisation_id: the office whose thing it is.
        label: what people call it.
        url: its path on the desk.
        done: whether it is done.
        on: the day on which it was done, or is to be; None where none is set.
        kind: what sort of thing it is, lazily translated ("Activity").
    """

    task_id: int
    organisation_id: int
    label: str
    url: str
    done: bool
    on: date | None = None
    kind: Any = ""


_PROVIDERS: dict[str, Callable[[Collection[int], Collection[int] | None], Iterable[Serving]]] = {}


def register(name: str, provider: Callable[[Collection[int], Collection[int] | None], Iterable[Serving]]) -> None:
    """Have a room say what serves tasks. Called from the ``ready`` of a room.

    After a change of such a thing the room calls ``domain.standing.refresh_tasks`` in the same transaction.

    Args:
        name: ``room.things``.
        provider: ``(tasks, offices) -> things``: keys of tasks, and of the offices asked about (None for all of them);
            called under the access now open, in as few queries as there are kinds of rows.

    Raises:
        ValueError: another provider has that name.
    """
    if _PROVIDERS.get(name, provider) is not provider:
        raise ValueError(f"Two things that serve tasks are called {name}.")
    _PROVIDERS[name] = provider


def serving(
    tasks: Collection[int], offices: Collection[int] | None = None
) -> Mapping[tuple[int, int], Sequence[Serving]]:
    """What serves these tasks, by task and office; what is dated first, by day, then by name."""
    found: dict[tuple[int, int], list[Serving]] = defaultdict(list)
    for name in sorted(_PROVIDERS):
        for one in _PROVIDERS[name](tasks, offices):
            found[one.task_id, one.organisation_id].append(one)
    for things in found.values():
        things.sort(key=lambda one: (one.on is None, one.on or 0, one.label))
    return found
