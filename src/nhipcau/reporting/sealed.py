"""Sealed figures read again: the pack as it was submitted by a moment, its hash, and what was touched where it differs.

The pack rests on submissions and their numbers alone, which no function of the desk changes: not on states, names or
the map of today. A later submission, a correction, a merger therefore leave it as it is.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nhipcau.access import system
from nhipcau.audit.models import Entry
from nhipcau.documents.forms import Answers
from nhipcau.network.models import Organisation
from nhipcau.reporting.models import Seal, Submission, Value
from nhipcau.reporting.queries.consolidated import submitted_by, trimmed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal

    from nhipcau.reporting.models import Campaign
    from nhipcau.reporting.queries.consolidated import Standing


@dataclass(frozen=True, slots=True)
class Pack:
    """What is sealed.

    Attributes:
        standing: the submissions, by their keys.
        parts: submission -> hash of who submitted it when, under which number, and of its numbers.
        hash: of all parts, with the campaign and the moment.
    """

    standing: Sequence[Standing]
    parts: Mapping[int, str]
    hash: str


@dataclass(frozen=True, slots=True)
class Touched:
    """A submission that is not as it was sealed.

    Attributes:
        submission_id: which.
        kind: ``changed``, ``gone`` or ``slipped_in``.
        cells: numbers that are not those of the answers: ``(figure, axis, choice, stored, answered)``.
        answers_differ: whether the answers themselves are not those of which the submission keeps the hash.
    """

    submission_id: int
    kind: str
    cells: tuple[tuple[str, str, str, str, str], ...] = ()
    answers_differ: bool = False


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at a seal found.

    Attributes:
        pack: what is there now.
        same: whether it gives the hash of the seal.
        recorded: the hash in the audit entry; empty where there is no entry.
        touched: submissions that are not as they were.
    """

    pack: Pack
    same: bool
    recorded: str
    touched: Sequence[Touched] = field(default_factory=tuple)

    @property
    def whole(self) -> bool:
        """Whether figures, seal and audit entry say the same."""
        return self.same and not self.touched


def canonical(value: Any) -> str:
    """The one way it is written for hashing: JSON, keys sorted, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def pack_of(campaign: Campaign, moment: datetime) -> Pack:
    """The pack of a campaign as submitted by a moment: four queries, however many offices report."""
    standing = sorted(submitted_by(campaign, moment), key=lambda row: row.submission_id)
    keys = [row.submission_id for row in standing]
    numbers = _numbers_of(keys)
    slugs = dict(Organisation.objects.order_by().values_list("pk", "slug"))
    rows = Submission.objects.filter(pk__in=keys).order_by().values(
        "pk", "report_id", "organisation_id", "number", "received_at", "arrival_number", "answers_hash",
        "issue_number", "symbol", "issued_on",
    )  # fmt: skip
    parts = {}
    for row in sorted(rows, key=lambda each: each["pk"]):
        told = {
            **{name: row[name] for name in ("pk", "report_id", "number", "arrival_number", "answers_hash", "symbol")},
            "organisation": slugs[row["organisation_id"]],
            "issue_number": row["issue_number"],
            "received_at": row["received_at"].isoformat(),
            "issued_on": row["issued_on"].isoformat(),
            "numbers": sorted([*cell[:3], slugs[cell[3]], *cell[4:]] for cell in numbers.get(row["pk"], ())),
        }
        parts[row["pk"]] = _hash(canonical(told))
    whole = {
        "campaign": campaign.pk,
        "form": campaign.form_version_id,
        "moment": moment.isoformat(),
        "parts": [[key, value] for key, value in parts.items()],
    }
    return Pack(standing, parts, _hash(canonical(whole)))


def reproduce(seal: Seal) -> Pack:
    """The pack of a seal, read again from what was submitted."""
    return pack_of(seal.campaign, seal.moment)


def verify(seal: Seal) -> Verified:
    """Read the pack of a seal again, and say what was touched where it is not the same."""
    pack = reproduce(seal)
    sealed = {int(key): value for key, value in seal.parts.items()}
    recorded = _recorded(seal)
    touched = [
        *(_changed(key) for key, value in pack.parts.items() if key in sealed and sealed[key] != value),
        *(Touched(key, "gone") for key in sealed if key not in pack.parts),
        *(Touched(key, "slipped_in") for key in pack.parts if key not in sealed),
    ]
    return Verified(pack, pack.hash == seal.hash == recorded, recorded, touched)


def _recorded(seal: Seal) -> str:
    """The hash that the audit entry of the sealing holds."""
    # Whoever sees the seal may know whether it is the one that was recorded; auditors alone read the record itself.
    with system("reporting.seal"):
        entry = Entry.objects.filter(
            verb="reporting.seal_figures", object_type=seal._meta.label_lower, object_id=str(seal.pk)
        ).first()
    if entry is None or entry.payload is None or _hash(entry.payload) != entry.payload_hash:
        return ""
    return str(json.loads(entry.payload).get("hash", ""))


def _changed(key: int) -> Touched:
    """Which numbers of a submission are not those that its answers gave."""
    row = Submission.objects.filter(pk=key).values("answers", "answers_hash", "organisation_id").get()
    answered = {cell[:3]: _text(cell[3]) for cell in Answers.from_plain(row["answers"]).cells()}
    stored = {tuple(cell[:3]): cell[4] for cell in _numbers_of([key]).get(key, ())}
    cells = tuple(
        (*cell, stored.get(cell, ""), answered.get(cell, ""))
        for cell in sorted(answered.keys() | stored.keys())
        if stored.get(cell, "") != answered.get(cell, "")
    )
    return Touched(key, "changed", cells, answers_differ=_hash(canonical(row["answers"])) != row["answers_hash"])


def _numbers_of(submissions: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Submission -> ``(figure, axis, choice, organisation, value, estimated)`` of each of its numbers."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = Value.objects.filter(submission_id__in=submissions).order_by()
    names = ("submission_id", "figure", "axis", "choice", "organisation_id", "value", "estimated")
    for pk, *cell, value, estimated in rows.values_list(*names).iterator(chunk_size=5000):
        found[pk].append((*cell, _text(value), _text(estimated)))
    return dict(found)


def _text(value: Decimal) -> str:
    return f"{trimmed(value):f}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
