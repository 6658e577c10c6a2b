"""What changed between two kept versions of a digest: entries that came, went, moved, and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nhipcau.press.models import DigestEntry
from nhipcau.text import Change, compare_rows, compare_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhipcau.text import Piece

#: Fields of the head whose words are compared; the others are shown as they were and are.
WORDS = ("title", "summary", "outlook")
#: Of a new entry its words are shown, and not in which section it stands.
_NEW = ("headline", "gist", "note")


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs between two versions, as :func:`~nhipcau.press.domain.contents.contents_of` keeps them.

    The change of the head has no title.
    """
    head = _differing(WORDS, before, after)
    rows = compare_rows(
        before.get("entries", []),
        after.get("entries", []),
        key="entry",
        title=lambda row: str(row["headline"] or row["original"]),
        fields=lambda was, row: _differing(DigestEntry.WRITTEN if was else _NEW, was, row),
    )
    return [*([Change("changed", "", fields=head)] if head else []), *rows]


def _differing(
    names: Iterable[str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[str, list[Piece]]]:
    pairs = [(name, before.get(name, ""), after.get(name, "")) for name in names]
    return [(name, compare_words(was, now)) for name, was, now in pairs if was != now]
