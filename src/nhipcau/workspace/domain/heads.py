"""The head of a document that goes out: its texts cleaned, joined with what somebody else saved, its recipients stored.

For digests, plans and national reports; a letter says more of its recipients (:mod:`.letter_content`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from nhipcau.text import nfc
from nhipcau.workspace.domain.errors import IncompleteError
from nhipcau.workspace.domain.joining import changes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

#: ``CV-BVHTTDL``, ``BVHTTDL-TTĐN``: letters, digits and the signs that Decree 30/2020 puts between abbreviations.
_SYMBOL = re.compile(r"[\w&.]+(?:[-/][\w&.]+)*")


def checked_symbol(text: str, *, example: str = "CV-BVHTTDL") -> str:
    """The symbol of a document in capitals; empty where none is written.

    Raises:
        IncompleteError: it is none.
    """
    symbol = " ".join(nfc(text).split()).upper()
    if symbol and not _SYMBOL.fullmatch(symbol):
        sentence = gettext("A symbol is made of letters, digits and hyphens, as in %(example)s.")
        raise IncompleteError(sentence % {"example": example}, "symbol")
    return symbol


def cleaned(head: Any, *, longest: Mapping[str, int], example: str, paragraphs: Collection[str] = ()) -> dict[str, Any]:
    """The texts of a head and its symbol as versions keep them; ``recipients`` as sorted keys.

    Args:
        head: what is written, an attribute for each field.
        longest: name of a text -> most characters.
        example: a symbol as documents of this kind have them.
        paragraphs: texts that keep their lines.

    Raises:
        IncompleteError: something is too long, or the symbol is none.
    """
    said: dict[str, Any] = {}
    for name, most in longest.items():
        text = nfc(getattr(head, name)).replace("\r\n", "\n").strip()
        said[name] = text if name in paragraphs else " ".join(text.split())
        if len(said[name]) > most:
            raise IncompleteError(gettext("At most %(number)s characters stand here.") % {"number": most}, name)
    said["symbol"] = checked_symbol(said["symbol"], example=example)
    said["recipients"] = sorted({office.pk for office in head.recipients})
    return said


def typed(fields: Mapping[str, Any]) -> dict[str, list[str]]:
    """The fields of a head as its form sends them, to be kept for whoever could not save them."""
    return {
        name: [str(part) for part in (value if isinstance(value, list) else [value])] for name, value in fields.items()
    }


def stored(document: Any, names: Sequence[str], recipients: Any) -> dict[str, Any]:
    """The head of a document as it is now, as versions keep it, in the order of the names.

    Args:
        document: the document.
        names: of its fields, ``recipients`` among them.
        recipients: the model whose rows say where it goes.
    """
    rows = recipients.objects.filter(**_of(document, recipients))
    to = sorted(rows.values_list("organisation_id", flat=True))
    return {name: to if name == "recipients" else getattr(document, name) for name in names}


def put_in(document: Any, mine: Mapping[str, Any], *, version: int, theirs: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Put the head that I wrote into a document, as :func:`.joining.changes` joins it with what is stored; unsaved.

    What changes is given back; recipients are written by :func:`write_recipients`.

    Raises:
        ConflictError: both changed the same field.
    """
    changed = changes(document, mine, version=version, theirs=theirs)
    for name, (_before, value) in changed.items():
        if name != "recipients":
            setattr(document, name, value)
    return changed


def write_recipients(document: Any, recipients: Any, wanted: Sequence[int]) -> None:
    """Have a document go to these offices and no others; ``recipients`` as in :func:`stored`."""
    here = _of(document, recipients)
    rows = recipients.objects.filter(**here)
    rows.exclude(organisation_id__in=wanted).delete()
    there = set(rows.values_list("organisation_id", flat=True))
    recipients.objects.bulk_create(recipients(organisation_id=key, **here) for key in wanted if key not in there)


def _of(document: Any, recipients: Any) -> dict[str, Any]:
    """The document under the name by which its recipients know it."""
    name = next(field.name for field in recipients._meta.fields if field.related_model is type(document))
    return {name: document}
