"""A living example of every part that screens are made of: what it is, when to use it, and how it is asked for.

The page draws each part with the template or the tag that screens use. ``tests/workspace/test_examples.py`` fails on a
part of the kit that has no example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.accounts.models import Role

if TYPE_CHECKING:
    from nhipcau.access import Access


def keeps_the_house(access: Access) -> bool:
    """Whether the menu shows the way here; everybody who is signed in may read the page itself."""
    owner = bool(getattr(access.actor, "is_system_owner", False))
    return owner or bool(access.organisations(Role.OFFICE_ADMINISTRATOR))
