"""A national report: drafted from what was submitted, brought up to date, its head written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.documents.forms import TextItem
from nhipcau.reporting.citing import pieces_of
from nhipcau.reporting.domain.national_held import expect_being_written, held_national, note_national
from nhipcau.reporting.models import (
    NationalInput,
    NationalRecipient,
    NationalReport,
    NationalSentence,
    NationalSource,
    Submission,
)
from nhipcau.reporting.queries.consolidated import Standing, standing_in
from nhipcau.reporting.queries.national import Change, changed_since
from nhipcau.text import nfc
from nhipcau.workspace.domain import heads
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError
from nhipcau.workspace.domain.revisions import add_revision
from nhipcau.workspace.domain.writing import drop_unsaved, keep_unsaved

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhipcau.accounts.models import Person
    from nhipcau.documents.forms import Form
    from nhipcau.network.models import Organisation
    from nhipcau.reporting.models import Campaign

NATIONAL = "reporting.nationalreport"
#: The fields of the head, in the order of the form.
HEAD = ("title", "lead", "symbol", "place", "recipients", "archive_line")
_LONGEST = {"title": 300, "lead": 10_000, "symbol": 60, "place": 100, "archive_line": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalHead:
    """What is written in a national report besides its sentences."""

    title: str = ""
    lead: str = ""
    symbol: str = ""
    place: str = ""
    archive_line: str = ""
    recipients: Sequence[Organisation] = field(default_factory=tuple)

    def fields(self) -> dict[str, Any]:
        """As versions keep them, cleaned; recipients as sorted keys.

        Raises:
            IncompleteError: it has no title, something is too long, or the symbol is none.
        """
        said = heads.cleaned(self, longest=_LONGEST, example="BC-BVHTTDL", paragraphs={"lead"})
        if not said["title"]:
            raise IncompleteError(gettext("A national report needs a title."), "title")
        return {name: said[name] for name in HEAD}


def draft_national(*, actor: Person, campaign: Campaign, title: str, only_accepted: bool = False) -> NationalReport:
    """Draft the national report of a campaign from what has come in by now: every sentence and every figure.

    Sentences stand in the order of the form, office by office; an answer "none" gives no sentence.

    Args:
        actor: a coordinator of the campaign's office.
        campaign: a campaign that was opened.
        title: of the report.
        only_accepted: leave out what lies with the receiver and is not accepted yet.

    Raises:
        PermissionDeniedError: the actor is none.
        IncompleteError: it has no title, or nothing has come in.
    """
    said = " ".join(nfc(title).split())
    with transaction.atomic():
        require("reporting.draft_national", actor, campaign)
        if not said:
            raise IncompleteError(gettext("A national report needs a title."), "title")
        now = timezone.now()
        standing = standing_in(campaign, moment=now, only_accepted=only_accepted)
        if not standing:
            raise IncompleteError(gettext("Nothing that could be consolidated has come in yet."))
        row: NationalReport = NationalReport.objects.create(
            organisation=campaign.organisation,
            campaign=campaign,
            title=said[:300],
            moment=now,
            only_accepted=only_accepted,
            drafter=actor,
            sample=campaign.sample or campaign.organisation.sample,
        )
        NationalInput.objects.bulk_create(_input(row, one) for one in standing)
        _write_sentences(row, campaign.form_version.plain, standing)
        add_revision(row, number=row.version, actor=actor, fields=head_of(row))
        payload = {"moment": now, "offices": len(standing), "only_accepted": only_accepted}
        note_national(actor, "reporting.draft_national", row, payload)
    return row


def take_over_changes(*, actor: Person, national: NationalReport, reports: Iterable[int] | None = None) -> int:
    """Take over what came in, or went, since a national report was drafted; how many reports changed.

    A sentence that stands in the new submission as well stays as it was edited. Of the others those that nobody touched
    are dropped; those that somebody edited stay, and show that their source has changed. New ones come behind what the
    office has said there.

    Args:
        actor: a coordinator of its office.
        national: the national report.
        reports: only these; all where None.

    Raises:
        PermissionDeniedError: the actor is none.
        WrongStateError: it is not being written.
    """
    with transaction.atomic():
        row = held_national(national)
        require("reporting.edit_national", actor, row)
        expect_being_written(row)
        now = timezone.now()
        wanted = None if reports is None else set(reports)
        changes = [one for one in changed_since(row, at=now) if wanted is None or one.report_id in wanted]
        if not changes:
            return 0
        form = row.campaign.form_version.plain
        for change in changes:
            _take_over(row, form, change)
        if wanted is None:
            row.moment = now
        row.save()
        payload = {"moment": now, "reports": [one.report_id for one in changes]}
        note_national(actor, "reporting.take_over_changes", row, payload)
    return len(changes)


def edit_national(*, actor: Person, national: NationalReport, head: NationalHead, version: int) -> NationalReport:
    """Save the head of a national report, as one version more. What somebody else changed meanwhile stays.

    Raises:
        PermissionDeniedError: the actor is no coordinator of its office.
        WrongStateError: it is not being written.
        IncompleteError: something in it cannot be.
        ConflictError: both changed the same field; nothing was saved, and what was typed is kept.
    """
    mine = head.fields()
    try:
        with transaction.atomic():
            row = held_national(national)
            require("reporting.edit_national", actor, row)
            expect_being_written(row)
            _write_head(actor, row, mine, version)
            drop_unsaved(actor=actor, object_type=NATIONAL, target=row)
    except (ConflictError, WrongStateError):
        keep_unsaved(actor=actor, object_type=NATIONAL, target=national, values=heads.typed(mine), version=version)
        raise
    return row


def head_of(national: NationalReport) -> dict[str, Any]:
    """The head as it is now, as versions keep it."""
    return heads.stored(national, HEAD, NationalRecipient)


def _write_head(actor: Person, row: NationalReport, mine: dict[str, Any], version: int) -> None:
    changed = heads.put_in(row, mine, version=version, theirs=head_of(row))
    if not changed:
        return
    row.version += 1
    row.save()
    if "recipients" in changed:
        heads.write_recipients(row, NationalRecipient, changed["recipients"][1])
    add_revision(row, number=row.version, actor=actor, fields=head_of(row))
    note_national(actor, "reporting.edit_national", row, changed)


def _input(row: NationalReport, one: Standing) -> NationalInput:
    return NationalInput(
        national=row,
        report_id=one.report_id,
        submission_id=one.submission_id,
        organisation_id=one.organisation_id,
        accepted=one.accepted,
    )


@dataclass(slots=True)
class _Made:
    """A sentence to be stored, and where it comes from."""

    sentence: NationalSentence
    source: NationalSource


def _write_sentences(row: NationalReport, form: Form, standing: Sequence[Standing]) -> None:
    answers = _texts([one.submission_id for one in standing])
    places: dict[str, int] = defaultdict(int)
    blocks: dict[str, int] = defaultdict(int)
    made: list[_Made] = []
    for section in form.sections:
        for item in section.items:
            if not isinstance(item, TextItem):
                continue
            for one in standing:
                said = _said(row, section.key, item.key, one, answers[one.submission_id].get(item.key, ""))
                for each in said:
                    each.sentence.place = places[item.key]
                    each.sentence.block += blocks[item.key]
                    places[item.key] += 1
                if said:
                    blocks[item.key] = said[-1].sentence.block + 1
                made += said
    _store(made)


def _texts(submissions: Sequence[int]) -> dict[int, dict[str, str]]:
    rows = Submission.objects.filter(pk__in=submissions).order_by().values_list("pk", "answers__texts")
    return {pk: texts or {} for pk, texts in rows}


def _said(row: NationalReport, section: str, item: str, one: Standing, text: str) -> list[_Made]:
    """The sentences of one answer; blocks from 0."""
    return [
        _Made(
            NationalSentence(national=row, section=section, item=item, block=piece.line, text=nfc(piece.text)),
            NationalSource(
                submission_id=one.submission_id,
                organisation_id=one.organisation_id,
                item=item,
                begin=piece.begin,
                end=piece.end,
                original=piece.text,
            ),
        )
        for piece in pieces_of(text)
    ]


def _store(made: Sequence[_Made]) -> None:
    sentences = NationalSentence.objects.bulk_create([one.sentence for one in made], batch_size=500)
    for one, sentence in zip(made, sentences, strict=True):
        one.source.sentence = sentence
    NationalSource.objects.bulk_create([one.source for one in made], batch_size=500)


def _take_over(row: NationalReport, form: Form, change: Change) -> None:
    """Bring one report up to date, sentence by sentence."""
    old = NationalInput.objects.filter(national=row, report_id=change.report_id)
    if change.was is not None and change.now is not None and change.was.submission_id == change.now.submission_id:
        old.update(accepted=change.now.accepted)
        return
    old.delete()
    sources = list(
        NationalSource.objects.filter(
            sentence__in=NationalSentence.objects.filter(national=row),
            submission_id=change.was.submission_id if change.was else 0,
        )
    )
    if change.now is not None:
        _input(row, change.now).save()
        sources = _add_new(row, form, change.now, sources)
    superseded = {source.sentence_id for source in sources}
    untouched = NationalSentence.objects.filter(pk__in=superseded, edited_by__isnull=True, dropped_at__isnull=True)
    untouched.update(dropped_at=timezone.now())


def _add_new(row: NationalReport, form: Form, now: Standing, sources: list[NationalSource]) -> list[NationalSource]:
    """Point what stands in the new submission as well to it, add what is new; gives back the sources that are gone."""
    texts = _texts([now.submission_id])[now.submission_id]
    left = list(sources)
    for section in form.sections:
        for item in section.items:
            if not isinstance(item, TextItem):
                continue
            fresh = []
            for made in _said(row, section.key, item.key, now, texts.get(item.key, "")):
                same = next((s for s in left if (s.item, s.original) == (item.key, made.source.original)), None)
                if same is None:
                    fresh.append(made)
                    continue
                left.remove(same)
                same.submission_id, same.begin, same.end = now.submission_id, made.source.begin, made.source.end
                same.save()
            if fresh:
                _append(row, item.key, now, fresh)
    return left


def _append(row: NationalReport, item: str, now: Standing, fresh: list[_Made]) -> None:
    """Put new sentences behind the last one of their office in this item, else at its end."""
    order = list(NationalSentence.objects.filter(national=row, item=item).order_by("place", "pk"))
    own = set(
        NationalSource.objects.filter(
            sentence__in=[each.pk for each in order], organisation_id=now.organisation_id
        ).values_list("sentence_id", flat=True)
    )
    at = max((number for number, each in enumerate(order, 1) if each.pk in own), default=len(order))
    block = max((each.block for each in order), default=-1) + 1
    for number, each in enumerate(fresh):
        each.sentence.place, each.sentence.block = at + number, each.sentence.block + block
    later = order[at:]
    for each in later:
        each.place += len(fresh)
    NationalSentence.objects.bulk_update(later, ["place"], batch_size=500)
    _store(fresh)
