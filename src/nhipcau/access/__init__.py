"""Who is asking: the access now open, and managers that answer nobody else.

An access is opened by middleware for a signed-in person, or by a task or the command line for the system itself.
Without one, a query of a scoped model raises :class:`NoAccessOpenError`, whatever the query is.
"""

from typing import TYPE_CHECKING, Any

from nhipcau.access.errors import AccessError, AccessMismatchError, NoAccessOpenError, PermissionDeniedError
from nhipcau.access.opened import current, current_or_none, opened, system
from nhipcau.access.protocols import Access, Actor, SystemActor

if TYPE_CHECKING:
    from nhipcau.access.models import Scoped, ScopedManager

__all__ = [
    "Access",
    "AccessError",
    "AccessMismatchError",
    "Actor",
    "NoAccessOpenError",
    "PermissionDeniedError",
    "Scoped",
    "ScopedManager",
    "SystemActor",
    "current",
    "current_or_none",
    "opened",
    "system",
]


def __getattr__(name: str) -> Any:
    """The two names that Django can define only once it has read which rooms there are."""
    if name in {"Scoped", "ScopedManager"}:
        from nhipcau.access import models

        return getattr(models, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
