"""Checking a rule before a write: every domain function starts with :func:`require`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.protocols import SystemActor

if TYPE_CHECKING:
    from nhipcau.access.protocols import Actor


@rules.predicate
def is_system(actor: Actor) -> bool:
    """The system itself: the worker, the command line, the demo."""
    return isinstance(actor, SystemActor)


def holds(*roles: str) -> rules.predicates.Predicate:
    """A predicate ``(actor, organisation)``: the actor holds one of the roles there today (Asia/Ho_Chi_Minh)."""

    @rules.predicate(f"holds {' or '.join(roles)}")
    def held(actor: Actor, organisation: object) -> bool:
        place = getattr(organisation, "pk", None)
        return place is not None and any(actor.holds(role, place, timezone.localdate()) for role in roles)

    checked: rules.predicates.Predicate = held
    return checked


def require(permission: str, actor: Actor, target: object = None) -> None:
    """Refuse unless the rule ``<room>.<verb_noun>`` lets the actor do this to the target.

    Raises:
        PermissionDeniedError: it does not, or there is no such rule.
    """
    if not rules.has_perm(permission, actor, target):
        raise PermissionDeniedError(gettext("You may not do this: your roles do not include it."))
