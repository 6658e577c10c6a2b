"""Checking a rule before a write: every domain function starts with :func:`require`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.protocols import SystemActor
from nhipcau.access.standing import NOBODY, Standing, note, only_as_deputy_of

if TYPE_CHECKING:
    from nhipcau.access.protocols import Actor


@rules.predicate
def is_system(actor: Actor) -> bool:
    """The system itself: the worker, the command line, the demo."""
    return isinstance(actor, SystemActor)


@rules.predicate
def is_system_owner(actor: object) -> bool:
    """Keeps the settings of the installation: its organisations, the law it works by. No right to content by that."""
    return bool(getattr(actor, "is_system_owner", False))


def holds(*roles: str) -> rules.predicates.Predicate:
    """A predicate ``(actor, organisation)``: the actor holds one of the roles there today (Asia/Ho_Chi_Minh)."""

    @rules.predicate(f"holds {' or '.join(roles)}")
    def held(actor: Actor, organisation: object) -> bool:
        place = getattr(organisation, "pk", None)
        return place is not None and any(actor.holds(role, place, timezone.localdate()) for role in roles)

    checked: rules.predicates.Predicate = held
    return checked


@rules.predicate
def is_not_among_drafters(actor: Actor, drafted: object) -> bool:
    """Nobody approves what they drafted: a predicate ``(actor, target)`` to be joined with the approver's.

    The target names its drafters through ``drafter_ids()`` (:class:`~nhipcau.access.protocols.Drafted`). It is the
    person at the keyboard who counts, not the name that is acted in: whoever drafted a text may not approve it as
    deputy of an approver either, while somebody else may approve it as deputy of whoever drafted it, for then a second
    pair of eyes has seen it. A target that names nobody is approved by nobody.

        rules.add_perm("workspace.approve_letter", is_approver_of_its_office & is_not_among_drafters)
    """
    named = getattr(drafted, "drafter_ids", None)
    drafters = frozenset(named()) if named is not None else frozenset()
    return bool(drafters) and actor.actor_id not in drafters


def standing(permission: str, actor: Actor, target: object = None) -> Standing | None:
    """In whose right the rule ``<room>.<verb_noun>`` lets the actor do this today; None where it does not.

    One's own right wins. Otherwise it is one principal's: roles of two of them do not add up to a right that neither
    has. For showing what may be done (``rules.has_perm``, a template's button) no such care is needed.
    """
    for principal in (NOBODY, *actor.stands_in_for(timezone.localdate())):
        with only_as_deputy_of(principal):
            if rules.has_perm(permission, actor, target):
                return Standing(principal)
    return None


def require(permission: str, actor: Actor, target: object = None) -> Standing:
    """Refuse unless the rule ``<room>.<verb_noun>`` lets the actor do this to the target.

    Says in whose right it is done, and notes it, so that ``audit.record`` in the same transaction writes
    ``deputy_of`` by itself.

    Raises:
        PermissionDeniedError: it does not, or there is no such rule.
    """
    found = standing(permission, actor, target)
    if found is None:
        raise PermissionDeniedError(gettext("You may not do this: your roles do not include it."))
    note(actor, found)
    return found
