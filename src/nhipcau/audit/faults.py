"""What can be wrong with the record, each with its sentence. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nhipcau.newswire.words import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable

#: Kind of fault -> sentence. %(place)s is the place in the chain, %(entry)s the key of the entry.
SENTENCES = {
    "edited": gettext_noop("Place %(place)s: entry %(entry)s was edited after it was sealed."),
    "hash_edited": gettext_noop("Place %(place)s: the chain hash of entry %(entry)s was edited."),
    "payload_edited": gettext_noop("Place %(place)s: the payload of entry %(entry)s does not match its hash."),
    "payload_removed": gettext_noop("Place %(place)s: the payload of entry %(entry)s was removed, and not by a rule."),
    "purge_claimed": gettext_noop(
        "Place %(place)s: entry %(entry)s says that it was purged under “%(rule)s”, and was not."
    ),
    "purged": gettext_noop(
        "Entries %(entry)s to %(last)s: the payload is gone, and no entry says that the rule “%(rule)s” did it."
    ),
    "removed": gettext_noop("Places %(place)s to %(last)s, before entry %(entry)s: entries were removed."),
    "inserted": gettext_noop("Place %(place)s: entry %(entry)s was put in after the others were sealed."),
    "reordered": gettext_noop("Place %(place)s: entry %(entry)s was moved here; it was sealed at place %(from)s."),
    "renumbered": gettext_noop(
        "Place %(place)s: from entry %(entry)s on places are shifted by %(by)s: entries were put in or taken out."
    ),
    "out_of_place": gettext_noop("Place %(place)s: entry %(entry)s does not stand where its place is."),
    "unsealed": gettext_noop("Place %(place)s: the seal of entry %(entry)s was taken away."),
    "rewritten": gettext_noop(
        "Places %(place)s to %(last)s: the chain is not the one that was noted at %(at)s: it was made anew."
    ),
    "cut_off": gettext_noop("Places %(place)s to %(last)s: the end of the chain is cut off; it stood there at %(at)s."),
    "heads_differ": gettext_noop(
        "The file of heads has two hashes for %(place)s entries: the chain was cut off and grew again."
    ),
    "head_unreadable": gettext_noop("The file of heads: line %(line)s cannot be read."),
    "unreadable": gettext_noop("The export: line %(line)s cannot be read."),
    "export_cut_off": gettext_noop("The export ends before its last line: it is cut off."),
    "export_head": gettext_noop("The export ends with another entry than its last line says: place %(place)s."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: its kind, the place in the chain and the key of the entry where there is one, and the rest."""

    kind: str
    place: int | None = None
    entry: Any = None
    values: dict[str, Any] = field(default_factory=dict)

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """What is wrong, in the words of ``translate``."""
        place = "–" if self.place is None else self.place
        return translate(SENTENCES[self.kind]) % {"place": place, "entry": self.entry, **self.values}

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {"kind": self.kind, "place": self.place, "entry": self.entry, **self.values}
