"""The sentences of a national report: written, dropped, put back, moved, merged; the coordinator's own added."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.access.rights import require
from nhipcau.documents.forms import TextItem
from nhipcau.reporting.domain.national_held import (
    expect_being_written,
    held_national,
    held_sentence,
    note_national,
)
from nhipcau.reporting.models import NationalReport, NationalSentence, NationalSource
from nhipcau.text import nfc
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError
from nhipcau.workspace.domain.revisions import add_revision
from nhipcau.workspace.domain.writing import drop_unsaved, keep_unsaved
from nhipcau.workspace.models import Revision

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhipcau.accounts.models import Person

SENTENCE = "reporting.nationalsentence"
LONGEST = 4000


def write_sentence(*, actor: Person, sentence: NationalSentence, text: str, version: int) -> NationalSentence:
    """Save what a coordinator made of a sentence; where it comes from stays beside it. The same again changes nothing.

    Args:
        actor: a coordinator of the office of the national report.
        sentence: the sentence.
        text: what it is to say.
        version: the one that the actor had read.

    Raises:
        PermissionDeniedError: the actor is none.
        WrongStateError: the national report is not being written.
        IncompleteError: it says nothing, or is too long.
        ConflictError: somebody else wrote it meanwhile; what was typed is kept, and so it is after a WrongStateError.
    """
    said = _cleaned(text)
    try:
        with transaction.atomic():
            national, row = held_sentence(sentence)
            require("reporting.edit_national", actor, national)
            expect_being_written(national)
            if said != row.text:
                _expect_version(row, version)
                before = row.text
                _set_text(actor, row, said)
                payload = {"sentence": row.pk, "text": [_hash(before), _hash(said)]}
                note_national(actor, "reporting.write_sentence", national, payload)
            drop_unsaved(actor=actor, object_type=SENTENCE, target=row)
    except (ConflictError, WrongStateError):
        keep_unsaved(actor=actor, object_type=SENTENCE, target=sentence, values={"text": [said]}, version=version)
        raise
    return row


def add_sentence(
    *, actor: Person, national: NationalReport, item: str, text: str, after: NationalSentence | None = None
) -> NationalSentence:
    """Add a sentence of the coordinator's own: it has no source, and is marked so wherever it stands.

    Args:
        actor: a coordinator of the office of the national report.
        national: the national report.
        item: the item of the form under which it stands.
        text: what it says.
        after: behind which one; first where None.

    Raises:
        PermissionDeniedError: the actor is none.
        WrongStateError: the national report is not being written.
        IncompleteError: it says nothing, is too long, or the form has no such text.
    """
    said = _cleaned(text)
    with transaction.atomic():
        row = held_national(national)
        require("reporting.edit_national", actor, row)
        expect_being_written(row)
        form = row.campaign.form_version.plain
        if not isinstance(form.items.get(item), TextItem):
            raise IncompleteError(gettext("The form has no such text."), "item")
        last = NationalSentence.objects.filter(national=row, item=item).aggregate(last=Max("block"))["last"]
        made: NationalSentence = NationalSentence.objects.create(
            national=row,
            section=form.section_of(item).key,
            item=item,
            block=0 if last is None else last + 1,
            text=said,
            edited_by=actor,
            edited_at=timezone.now(),
        )
        add_revision(made, number=made.version, actor=actor, fields={"text": said})
        _put_behind(row, [made], after)
        note_national(actor, "reporting.add_sentence", row, {"sentence": made.pk})
    return made


def drop_sentences(*, actor: Person, national: NationalReport, sentences: Iterable[int]) -> int:
    """Leave sentences out; their words stay, and come back with :func:`put_back_sentences`. How many were dropped.

    Raises:
        PermissionDeniedError: the actor is no coordinator of the office of the national report.
        WrongStateError: the national report is not being written.
    """
    return _set_dropped(actor, "reporting.drop_sentences", national, sentences, dropped=True)


def put_back_sentences(*, actor: Person, national: NationalReport, sentences: Iterable[int]) -> int:
    """Put sentences that were dropped back where they stood; how many.

    Raises:
        PermissionDeniedError: the actor is no coordinator of the office of the national report.
        WrongStateError: the national report is not being written.
    """
    return _set_dropped(actor, "reporting.put_back_sentences", national, sentences, dropped=False)


def move_sentence(*, actor: Person, sentence: NationalSentence, after: NationalSentence | None) -> NationalSentence:
    """Put a sentence behind another one of its item, into its paragraph; or first, as a paragraph of its own.

    Raises:
        PermissionDeniedError: the actor is no coordinator, or the other sentence is of another item.
        WrongStateError: the national report is not being written.
    """
    with transaction.atomic():
        national, row = held_sentence(sentence)
        require("reporting.edit_national", actor, national)
        expect_being_written(national)
        before = row.place
        if after is None:
            rows = NationalSentence.objects.filter(national=national, item=row.item)
            row.block = (rows.aggregate(last=Max("block"))["last"] or 0) + 1
        else:
            row.block = after.block
        row.save(update_fields=["block"])
        _put_behind(national, [row], after)
        if row.place != before:
            payload = {"sentence": row.pk, "position": [before + 1, row.place + 1]}
            note_national(actor, "reporting.move_sentence", national, payload)
    return row


def merge_sentences(
    *, actor: Person, national: NationalReport, sentences: Sequence[int], text: str
) -> NationalSentence:
    """Make one sentence of several that say nearly the same; it cites the offices of all of them.

    The first one stays, with the sources of the others; the others are dropped.

    Args:
        actor: a coordinator of the office of the national report.
        national: the national report.
        sentences: keys of two or more sentences of one item.
        text: what the one says.

    Raises:
        PermissionDeniedError: the actor is none, or the sentences are not of one item of this report.
        WrongStateError: the national report is not being written.
        IncompleteError: it says nothing, is too long, or there are not two.
    """
    said = _cleaned(text)
    with transaction.atomic():
        row = held_national(national)
        require("reporting.edit_national", actor, row)
        expect_being_written(row)
        rows = list(
            NationalSentence.objects.filter(national=row, pk__in=list(sentences), dropped_at__isnull=True).order_by(
                "place", "pk"
            )
        )
        if len({each.item for each in rows}) > 1:
            raise PermissionDeniedError(gettext("Only sentences of one item are merged."))
        if len(rows) < 2:  # noqa: PLR2004 - one sentence is merged with nothing
            raise IncompleteError(gettext("Choose at least two sentences to merge."))
        first: NationalSentence = rows[0]
        others = rows[1:]
        cited = NationalSource.objects.filter(sentence__in=[each.pk for each in others]).order_by("pk")
        NationalSource.objects.bulk_create([_copied(source, first) for source in cited])
        NationalSentence.objects.filter(pk__in=[each.pk for each in others]).update(dropped_at=timezone.now())
        _set_text(actor, first, said)
        payload = {"sentence": first.pk, "merged": [each.pk for each in others]}
        note_national(actor, "reporting.merge_sentences", row, payload)
    return first


def _set_text(actor: Person, row: NationalSentence, text: str) -> None:
    if row.version == 1 and not Revision.objects.on(row).filter(number=1).exists():
        # What the office said is the first version; it was drafted by nobody.
        add_revision(row, number=1, actor=actor, fields={"text": row.text})
    row.text, row.version = text, row.version + 1
    row.edited_by, row.edited_at = actor, timezone.now()
    row.save()
    add_revision(row, number=row.version, actor=actor, fields={"text": text})


def _expect_version(row: NationalSentence, version: int) -> None:
    if version != row.version:
        raise ConflictError(gettext("Somebody else changed the same words meanwhile. Your text is kept: choose below."))


def _copied(source: NationalSource, to: NationalSentence) -> NationalSource:
    return NationalSource(
        sentence=to,
        submission_id=source.submission_id,
        organisation_id=source.organisation_id,
        item=source.item,
        begin=source.begin,
        end=source.end,
        original=source.original,
    )


def _put_behind(national: NationalReport, rows: Sequence[NationalSentence], after: NationalSentence | None) -> None:
    """Give the sentences of an item their places anew, these behind another."""
    keys = {row.pk for row in rows}
    order = list(NationalSentence.objects.filter(national=national, item=rows[0].item).order_by("place", "pk"))
    others = [each for each in order if each.pk not in keys]
    at = 0
    if after is not None:
        behind = [number for number, each in enumerate(others, 1) if each.pk == after.pk]
        if not behind:
            raise PermissionDeniedError(gettext("This sentence is not one of this item."))
        (at,) = behind
    others[at:at] = rows
    moved = []
    for place, each in enumerate(others):
        if each.place != place or each.pk in keys:
            each.place = place
            moved.append(each)
    NationalSentence.objects.bulk_update(moved, ["place"], batch_size=500)


def _set_dropped(actor: Person, verb: str, national: NationalReport, sentences: Iterable[int], *, dropped: bool) -> int:
    with transaction.atomic():
        row = held_national(national)
        require("reporting.edit_national", actor, row)
        expect_being_written(row)
        rows = NationalSentence.objects.filter(national=row, pk__in=list(sentences), dropped_at__isnull=dropped)
        keys = sorted(rows.values_list("pk", flat=True))
        if keys:
            NationalSentence.objects.filter(pk__in=keys).update(dropped_at=timezone.now() if dropped else None)
            note_national(actor, verb, row, {"sentences": keys})
    return len(keys)


def _cleaned(text: str) -> str:
    said = " ".join(nfc(text).split())
    if not said:
        raise IncompleteError(gettext("A sentence says something; drop it if it is not wanted."), "text")
    if len(said) > LONGEST:
        raise IncompleteError(gettext("At most %(number)s characters stand here.") % {"number": LONGEST}, "text")
    return said


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
