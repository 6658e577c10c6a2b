"""What is written in a letter: checked, stored, counted as a version."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.classification import Classification
from nhipcau.search import update_index
from nhipcau.text import nfc
from nhipcau.workspace.domain.errors import IncompleteError, RecipientError
from nhipcau.workspace.domain.heads import checked_symbol
from nhipcau.workspace.domain.revisions import add_revision
from nhipcau.workspace.models import Letter, LetterRecipient, Purpose

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation


@dataclass(frozen=True, slots=True)
class To:
    """One recipient as it is asked for."""

    organisation: Organisation
    purpose: str = Purpose.ACTION
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    """Everything that is written in a letter. Lines of ``body`` that are empty part its paragraphs."""

    subject: str
    body: str = ""
    place: str = ""
    symbol: str = ""
    archive_line: str = ""
    classification: str = Classification.INTERNAL
    recipients: Sequence[To] = field(default_factory=tuple)

    def cleaned(self) -> LetterContent:
        """In normal form C, single-line fields without runs of spaces, the symbol in capitals.

        Raises:
            IncompleteError: it has no subject, or the symbol is none.
            RecipientError: an office is named twice.
        """
        subject = _line(self.subject)
        if not subject:
            raise IncompleteError(gettext("A letter needs a subject."), "subject")
        symbol = checked_symbol(self.symbol)
        ids = [to.organisation.pk for to in self.recipients]
        twice = next((to.organisation for to in self.recipients if ids.count(to.organisation.pk) > 1), None)
        if twice is not None:
            raise RecipientError(gettext("%(office)s is named twice as a recipient.") % {"office": twice})
        return LetterContent(
            subject=subject,
            body=nfc(self.body).replace("\r\n", "\n").strip(),
            place=_line(self.place),
            symbol=symbol,
            archive_line=_line(self.archive_line),
            classification=Classification(self.classification),
            recipients=tuple(self.recipients),
        )


def _line(text: str) -> str:
    return " ".join(nfc(text).split())


#: The fields that are compared, in the order of the form.
FIELDS = ("classification", "symbol", "place", "subject", "body", "recipients", "archive_line")


def fields_of(letter: Letter) -> dict[str, Any]:
    """What is written in a letter now, as versions keep it; recipients as ``[organisation id, purpose, day]``."""
    said: dict[str, Any] = {name: getattr(letter, name) for name in FIELDS if name != "recipients"}
    said["recipients"] = sorted(
        [row.organisation_id, row.purpose, row.due_on.isoformat() if row.due_on else ""]
        for row in LetterRecipient.objects.filter(letter=letter)
    )
    return {name: said[name] for name in FIELDS}


def fields_of_content(content: LetterContent) -> dict[str, Any]:
    """The same of what is asked for."""
    said: dict[str, Any] = {name: getattr(content, name) for name in FIELDS if name != "recipients"}
    said["classification"] = str(said["classification"])
    said["recipients"] = sorted(
        [to.organisation.pk, str(to.purpose), to.due_on.isoformat() if to.due_on else ""] for to in content.recipients
    )
    return {name: said[name] for name in FIELDS}


def write_content(letter: Letter, content: LetterContent, *, actor: Actor) -> dict[str, list[Any]]:
    """Put the content into the letter and its recipients, as one version more. In the caller's transaction.

    Returns:
        What changed, ``{field: [before, after]}`` for the audit entry; nothing where all was so already. Of the text
        only hashes: the versions hold it, and they are read by who may read the letter.
    """
    new = letter.pk is None
    before = dict.fromkeys(FIELDS, "") if new else fields_of(letter)
    for name in FIELDS:
        if name != "recipients":
            setattr(letter, name, getattr(content, name))
    if new:
        letter.save(force_insert=True)
    _write_recipients(letter, content.recipients)
    after = fields_of(letter)
    changed = {name: [before[name], after[name]] for name in FIELDS if before[name] != after[name]}
    if not changed:
        return {}
    if not new:
        letter.version += 1
        letter.save()
    add_revision(letter, number=letter.version, actor=actor, fields=after)
    make_findable(letter)
    return changed | ({"body": [_digest(before["body"]), _digest(after["body"])]} if "body" in changed else {})


def make_findable(letter: Letter) -> None:
    """Bring the letter's entry in the full-text index up to what it says now. In the caller's transaction."""
    words = [letter.number_and_symbol or letter.sender_number, letter.subject, letter.sender_name, letter.body]
    update_index(Letter, [(letter.pk, words)])


def _write_recipients(letter: Letter, wanted: Sequence[To]) -> None:
    there = {row.organisation_id: row for row in LetterRecipient.objects.filter(letter=letter)}
    for to in wanted:
        if to.due_on is not None and to.due_on < timezone.localdate() and not _kept(there, to):
            raise RecipientError(gettext("%(office)s: the day to answer by is past.") % {"office": to.organisation})
        row = there.pop(to.organisation.pk, None) or LetterRecipient(letter=letter, organisation=to.organisation)
        row.purpose, row.due_on = Purpose(to.purpose), to.due_on
        row.save()
    for gone in there.values():
        gone.delete()


def _kept(there: dict[int, LetterRecipient], to: To) -> bool:
    row = there.get(to.organisation.pk)
    return row is not None and row.due_on == to.due_on


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""
