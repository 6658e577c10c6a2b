"""What is asked for and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Request:
    """An address to read, with what the server said last time, so that it may answer "not modified".

    ``max_bytes`` is the cap for this answer, unpacked; ``None`` is the fetcher's own.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    max_bytes: int | None = None

    @property
    def conditional(self) -> bool:
        """Whether an answer of "not modified" makes sense."""
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer with a page, or the word that it has not changed.

    Attributes:
        url: the final address, after redirects.
        status: 200 to 299, or 304 where ``not_modified``.
        headers: names in lower case; repeated ones joined by ``", "``.
        body: content encodings undone; empty where ``not_modified`` or written to a file.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    not_modified: bool = False
