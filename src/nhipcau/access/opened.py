from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from nhipcau.access.errors import NoAccessOpenError
from nhipcau.access.protocols import Access, SystemActor

if TYPE_CHECKING:
    from collections.abc import Iterator

_open: ContextVar[Access | None] = ContextVar("nhipcau_access", default=None)


def current_or_none() -> Access | None:
    """The access now open, or None."""
    return _open.get()


def current() -> Access:
    """The access now open.

    Raises:
        NoAccessOpenError: none is open.
    """
    access = _open.get()
    if access is None:
        raise NoAccessOpenError("No access is open: sign in, or open one for the task.")
    return access


@contextmanager
def opened(access: Access) -> Iterator[Access]:
    """Open an access for the length of the block; the one before it is open again afterwards."""
    token = _open.set(access)
    try:
        yield access
    finally:
        _open.reset(token)


@contextmanager
def system(purpose: str) -> Iterator[Access]:
    """Open the system's own access for a task or a command; ``purpose`` goes into the audit record."""
    with opened(Access(actor=SystemActor(purpose), everything=True)) as access:
        yield access
