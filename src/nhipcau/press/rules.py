"""Who may do what in the press room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.utils import timezone

from nhipcau.access.rights import holds, is_system
from nhipcau.accounts.models import Role

if TYPE_CHECKING:
    from nhipcau.access import Actor


@rules.predicate
def is_press_analyst(actor: Actor) -> bool:
    """A press analyst of any office: outlets, sources and articles are common to all."""
    return actor.holds(Role.PRESS_ANALYST, None, timezone.localdate())


# Keep the registry of outlets and sources, and store what was collected from them.
rules.add_perm("press.collect", is_system | is_press_analyst)
# Take an office's digest along as a file: whoever reads it.
rules.add_perm("press.take_digest", holds(*Role.values))
# Build an office's digest, or build it again.
rules.add_perm("press.build_digest", is_system | holds(Role.PRESS_ANALYST))
# Split, merge and name stories: they are common to all, so a press analyst of any office may, for that office.
rules.add_perm("press.correct_story", is_system | holds(Role.PRESS_ANALYST))
