"""What a submission is made of: the answers as they were approved, their numbers, the files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from nhipcau.reporting.handing_over import UNIT
from nhipcau.reporting.models import Report, ReportDraft, Submission, Value
from nhipcau.workspace.domain.issuing import fix_issue, fix_receipt
from nhipcau.workspace.models import Attachment, on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nhipcau.accounts.models import Person
    from nhipcau.documents.forms import Answers, Form

#: What a stored number keeps of the places after the point.
_PLACES = Decimal("0.0001")


def hash_of(answers: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of plain answers as canonical JSON: keys sorted, no blanks, UTF-8."""
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def make_submission(*, report: Report, draft: ReportDraft, form: Form, signer: Person, post: str) -> Submission:
    """Store what was approved as the next submission of a report: issued by its office, received that moment above.

    In the caller's transaction, with the report locked.

    Raises:
        IncompleteError: symbol, place or post is missing.
    """
    campaign = report.campaign
    last = Submission.objects.filter(report=report).order_by("-number").values_list("number", flat=True).first()
    files, answers = list(Attachment.objects.on(draft).filter(removed_at__isnull=True).order_by("pk")), draft.plain
    made = Submission(
        report=report,
        number=(last or 0) + 1,
        organisation=report.organisation,
        receiver=campaign.organisation,
        form_version=campaign.form_version,
        answers=answers.to_plain(),
        answers_hash=hash_of(answers.to_plain()),
        symbol=draft.symbol,
        place=draft.place,
        sample=report.sample,
    )
    fix_issue(made, organisation=report.organisation, signer=signer, post=post)
    fix_receipt(made, organisation=campaign.organisation, person=None)
    made.save()
    if files or answers.files:
        answers = _with_files(answers, files, made)
        made.answers, made.answers_hash = answers.to_plain(), hash_of(answers.to_plain())
        # The files of a submission hang on its key, and its answers name their keys: the one write after the first.
        Submission.objects.filter(pk=made.pk).update(answers=made.answers, answers_hash=made.answers_hash)
    Value.objects.bulk_create(values_of(made, answers, form))
    return made


def values_of(submission: Submission, answers: Answers, form: Form) -> Iterator[Value]:
    """The numbers of a submission that its form asks for: each total, each choice of each breakdown, to four places."""
    for key, axis, choice, number in answers.cells():
        item = form.figures.get(key)
        if item is None or (axis and not _asks(form, item.axes, axis, choice)):
            continue
        estimate = Decimal(answers.figure(key).estimate or 0) if not axis else Decimal(0)
        yield Value(
            submission=submission,
            organisation_id=int(choice) if axis == UNIT else submission.organisation_id,
            figure=key,
            axis=axis,
            choice=choice,
            value=number.quantize(_PLACES, ROUND_HALF_UP),
            estimated=estimate.quantize(_PLACES, ROUND_HALF_UP),
        )


def _asks(form: Form, axes: tuple[str, ...], axis: str, choice: str) -> bool:
    return axis in axes and any(one.key == choice for one in form.axis[axis].choices)


def _with_files(answers: Answers, files: Iterable[Attachment], submission: Submission) -> Answers:
    """Copy the files of a draft to its submission; the answers, with the keys of the copies."""
    copies: dict[int, int] = {}
    for file in files:
        key = file.pk
        file.pk, file.object_type, file.object_id = None, *on(submission).values()
        file._state.adding = True  # noqa: SLF001 - Django's own way to store a row once more
        file.save()
        copies[key] = file.pk
    named = {item: tuple(copies[key] for key in keys if key in copies) for item, keys in answers.files.items()}
    return replace(answers, files=named)
