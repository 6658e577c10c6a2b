from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from nhipcau.access.errors import NoAccessOpenError
from nhipcau.access.protocols import Access, SystemActor

if TYPE_CHECKING:
    from collections.abc import Iterator

_open: ContextVar[Access | None] = ContextVar("nhipcau_access", default=None)
#: What was put together while the access now open is open, and holds for it alone; gone when it closes.
_put_together: ContextVar[dict[Any, Any] | None] = ContextVar("nhipcau_put_together", default=None)


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
    token, before = _open.set(access), _put_together.set({})
    try:
        yield access
    finally:
        _put_together.reset(before)
        _open.reset(token)


def put_together() -> dict[Any, Any]:
    """What was put together for the access now open, to be used again under it: queries that its rules filter.

    Raises:
        NoAccessOpenError: none is open.
    """
    current()
    found = _put_together.get()
    return {} if found is None else found


@contextmanager
def system(purpose: str) -> Iterator[Access]:
    """Open the system's own access for a task or a command; ``purpose`` goes into the audit record."""
    with opened(Access(actor=SystemActor(purpose), everything=True)) as access:
        yield access
