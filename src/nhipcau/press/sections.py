"""Sections that other rooms put into a press digest: claims to be answered, what came of the last corrections.

A room registers its section from the ``ready`` of its app; one that is not there is simply absent. Until a digest is
approved its sections speak live; from then on they stay as they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nhipcau.press.models import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section that a room adds to every digest for which it has something to say.

    Attributes:
        key: ``room.section``.
        title: its heading (may be lazily translated).
        paragraphs: digest -> what is said, a plain text each; none leaves the section out.
        order: place among the rooms' sections, small first; all of them stand after the entries.
    """

    key: str
    title: Any
    paragraphs: Callable[[Digest], Sequence[str]]
    order: int = 100


_SECTIONS: dict[str, Section] = {}


def register(section: Section) -> Section:
    """Add a section. Called from the ``ready`` of a room.

    Raises:
        ValueError: another one has that key.
    """
    if _SECTIONS.get(section.key, section) is not section:
        raise ValueError(f"Two sections of digests are called {section.key}.")
    _SECTIONS[section.key] = section
    return section


def told_by_rooms(digest: Digest) -> list[dict[str, Any]]:
    """What the rooms say now: ``[{"key", "title", "paragraphs"}]``, those with nothing to say left out."""
    told = []
    for section in sorted(_SECTIONS.values(), key=lambda each: (each.order, each.key)):
        paragraphs = [str(text) for text in section.paragraphs(digest) if str(text).strip()]
        if paragraphs:
            told.append({"key": section.key, "title": str(section.title), "paragraphs": paragraphs})
    return told


def of_digest(digest: Digest) -> list[dict[str, Any]]:
    """What the rooms say in a digest: live while it is written, as approved afterwards."""
    return told_by_rooms(digest) if digest.approved_at is None else list(digest.sections_fixed)
