from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.utils import timezone

from nhipcau.access.rights import holds, is_system
from nhipcau.accounts.models import GIVEN_BY_SYSTEM_OWNER, GIVEN_BY_SYSTEM_OWNER_ALONE, Role
from nhipcau.network.rules import is_system_owner

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.accounts.models import Deputyship, Membership, Person


@rules.predicate
def is_oneself(actor: Actor, person: Person | None) -> bool:
    """The person whose account it is."""
    return person is not None and actor == person


def _is(actor: Actor, person_id: int | None) -> bool:
    """Whether the actor is this person: rules are asked row by row, so nobody is read for it."""
    return person_id is not None and actor.actor_id == f"person:{person_id}"


@rules.predicate
def administers_its_office(actor: Actor, given: Membership | Deputyship) -> bool:
    """An administrator of the office in which the role is held today."""
    return actor.holds(Role.OFFICE_ADMINISTRATOR, given.organisation_id, timezone.localdate())


@rules.predicate
def is_given_by_its_office(_actor: Actor, membership: Membership) -> bool:
    """A role that does its work inside the office."""
    return membership.role not in GIVEN_BY_SYSTEM_OWNER_ALONE


@rules.predicate
def is_given_by_system_owner(_actor: Actor, membership: Membership) -> bool:
    """A role that opens no content of the office, or that no office may give itself."""
    return membership.role in GIVEN_BY_SYSTEM_OWNER


@rules.predicate
def is_for_another(actor: Actor, membership: Membership) -> bool:
    """Nobody gives a role to themselves, whatever they administer."""
    return not _is(actor, membership.person_id)


@rules.predicate
def is_its_principal(actor: Actor, deputyship: Deputyship) -> bool:
    """The person whose role it is: in their own right, for a deputy is somebody else."""
    return _is(actor, deputyship.principal_id)


@rules.predicate
def is_its_deputy(actor: Actor, deputyship: Deputyship) -> bool:
    """The person who stands in."""
    return _is(actor, deputyship.deputy_id)


gives = (administers_its_office & is_given_by_its_office) | (is_system_owner & is_given_by_system_owner)

rules.add_perm("accounts.create_person", is_system | is_system_owner)
# Whoever sets another's password could sign in as that person, so the system owner may not.
rules.add_perm("accounts.set_password", is_system | is_oneself)
rules.add_perm("accounts.change_preferences", is_oneself)
rules.add_perm("accounts.disconnect_identity", is_oneself)
rules.add_perm("accounts.forget_ended_sessions", is_system)
rules.add_perm("accounts.remove_factors", is_system)
rules.add_perm("accounts.end_session", is_system | is_oneself)
# Keep the people of an office: asked with the office, for screens and lists.
rules.add_perm("accounts.manage_memberships", is_system | holds(Role.OFFICE_ADMINISTRATOR))
rules.add_perm("accounts.grant_membership", is_system | (gives & is_for_another))
rules.add_perm("accounts.end_membership", is_system | gives)
rules.add_perm("accounts.deputise", is_system | ((is_its_principal | administers_its_office) & ~is_its_deputy))
rules.add_perm("accounts.take_back_deputyship", is_system | is_its_principal | is_its_deputy | administers_its_office)
# Take somebody in, let somebody go: asked with the office. Each role is then asked for by itself.
rules.add_perm("accounts.admit_person", is_system | is_system_owner | holds(Role.OFFICE_ADMINISTRATOR))
rules.add_perm("accounts.dismiss_person", is_system | holds(Role.OFFICE_ADMINISTRATOR))
rules.add_perm("accounts.close_account", is_system)
rules.add_perm("accounts.accept_invitation", is_system | is_oneself)
# Name focal officers, and the courses they took: asked with the office.
rules.add_perm("accounts.assign_focal_duty", is_system | holds(Role.OFFICE_ADMINISTRATOR))
