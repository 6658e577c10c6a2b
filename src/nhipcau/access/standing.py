"""In whose right somebody acts: their own, or that of the person whose deputy they are.

:func:`nhipcau.access.rights.require` finds it out and notes it on the access now open; ``audit.record`` reads it there,
so that no domain function has to carry it along.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from nhipcau.access.opened import current_or_none

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.access.protocols import Actor

#: While a rule is asked: the only principal whose roles count beside the actor's own; None where all of them count.
_only: ContextVar[str | None] = ContextVar("nhipcau_only_as_deputy_of", default=None)

#: To be given to :func:`only_as_deputy_of`: nobody's roles count but the actor's own.
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """In whose right something is done.

    Attributes:
        deputy_of: ``actor_id`` of the person whose deputy the actor is in this; empty in the actor's own right.
    """

    deputy_of: str = NOBODY

    @property
    def in_own_right(self) -> bool:
        """Whether the actor's own roles are enough."""
        return not self.deputy_of


@contextmanager
def only_as_deputy_of(principal: str) -> Iterator[None]:
    """Within the block an actor holds their own roles and those of this principal, if they are the deputy."""
    token = _only.set(principal)
    try:
        yield
    finally:
        _only.reset(token)


def counts(principal: str) -> bool:
    """Whether roles held as deputy of this principal count for the question that is being asked."""
    only = _only.get()
    return only is None or only == principal


def note(actor: Actor, standing: Standing) -> None:
    """Remember it for the entries that the function now running is going to write."""
    access = current_or_none()
    if access is not None:
        depth = _depth()
        _forget_deeper(access.standings, depth)
        access.standings[depth, actor.actor_id] = standing


def noted(actor: Actor) -> Standing:
    """What the last ``require`` of the function now running found out about this actor.

    A domain function opens a transaction of its own, asks ``require`` and writes its entry in it. So what a function
    called from it asked lies deeper, is over, and does not count; what was asked further out counts where nothing was
    asked here. A function that asks before it opens its transaction and calls another must pass ``deputy_of`` itself.
    """
    access = current_or_none()
    if access is None:
        return Standing()
    _forget_deeper(access.standings, _depth())
    found = [depth for depth, actor_id in access.standings if actor_id == actor.actor_id]
    return access.standings[max(found), actor.actor_id] if found else Standing()


def _forget_deeper(standings: dict[tuple[int, str], Standing], depth: int) -> None:
    for key in [key for key in standings if key[0] > depth]:
        del standings[key]


def _depth() -> int:
    """How many transactions lie around this moment, one within the other."""
    connection = transaction.get_connection()
    return int(len(connection.savepoint_ids) + connection.in_atomic_block)
