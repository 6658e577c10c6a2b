"""What is written in a plan besides its activities: its head and parts, and the versions of all of it that are kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.classification import Classification
from nhipcau.access.rights import require
from nhipcau.programme.domain.plan_held import expect_writable, held_part, held_plan, note
from nhipcau.programme.models import Plan, PlanActivity, PlanPart, PlanRecipient
from nhipcau.search import update_index
from nhipcau.text import nfc
from nhipcau.workspace.domain import heads
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError
from nhipcau.workspace.domain.joining import changes
from nhipcau.workspace.domain.revisions import add_revision
from nhipcau.workspace.domain.writing import drop_unsaved, keep_unsaved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation

PLAN = "programme.plan"
PART = "programme.planpart"
#: The fields of the head, in the order of the form.
PLAN_HEAD = ("title", "symbol", "place", "recipients", "archive_line", "classification")
_LONGEST = {"title": 300, "symbol": 60, "place": 100, "archive_line": 200}
#: Most characters of a part.
LONGEST_PART = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """What is written on a plan besides its parts and activities."""

    title: str
    symbol: str = ""
    place: str = ""
    archive_line: str = ""
    classification: str = Classification.INTERNAL
    recipients: Sequence[Organisation] = field(default_factory=tuple)

    def fields(self) -> dict[str, Any]:
        """As versions keep them, cleaned; recipients as sorted keys.

        Raises:
            IncompleteError: it has no title, something is too long, or the symbol is none.
        """
        said = heads.cleaned(self, longest=_LONGEST, example="KH-BVHTTDL")
        if not said["title"]:
            raise IncompleteError(gettext("A plan needs a title."), "title")
        said["classification"] = str(Classification(self.classification))
        return {name: said[name] for name in PLAN_HEAD}


def edit_plan(*, actor: Person, plan: Plan, head: PlanHead, version: int) -> Plan:
    """Save the head of a plan, as one version more. What somebody else changed meanwhile stays.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is not being written.
        IncompleteError: something in it cannot be.
        ConflictError: both changed the same field; nothing was saved, and what was typed is kept.
    """
    mine = head.fields()
    try:
        with transaction.atomic():
            row = held_plan(plan)
            require("programme.edit_plan", actor, row)
            expect_writable(row)
            _write_head(actor, row, mine, version)
            drop_unsaved(actor=actor, object_type=PLAN, target=row)
    except (ConflictError, WrongStateError):
        keep_unsaved(actor=actor, object_type=PLAN, target=plan, values=heads.typed(mine), version=version)
        raise
    return row


def write_part(*, actor: Person, part: PlanPart, text: str, version: int) -> PlanPart:
    """Save what is written in a part of a plan; the same again changes nothing.

    Args:
        actor: a writer of the plan's office.
        part: the part.
        text: all of it.
        version: the one that the actor had read.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: the plan is not being written.
        IncompleteError: it is too long.
        ConflictError: somebody else changed it meanwhile; what was typed is kept, and so it is after a WrongStateError.
    """
    said = nfc(text).replace("\r\n", "\n").strip()
    if len(said) > LONGEST_PART:
        raise IncompleteError(gettext("At most %(number)s characters stand here.") % {"number": LONGEST_PART}, "text")
    try:
        with transaction.atomic():
            plan, row = held_part(part)
            require("programme.edit_plan", actor, row)
            expect_writable(plan)
            _write_text(actor, plan, row, said, version)
            drop_unsaved(actor=actor, object_type=PART, target=row)
    except (ConflictError, WrongStateError):
        keep_unsaved(actor=actor, object_type=PART, target=part, values={"text": [said]}, version=version)
        raise
    return row


def _write_text(actor: Person, plan: Plan, row: PlanPart, said: str, version: int) -> None:
    changed = changes(row, {"text": said}, version=version, theirs={"text": row.text})
    if not changed:
        return
    before, row.text = changed["text"]
    row.version += 1
    row.writer, row.written_at = actor, timezone.now()
    row.save()
    add_revision(row, number=row.version, actor=actor, fields={"text": row.text})
    make_findable(plan)
    note(actor, "programme.write_plan_part", plan, {"part": row.key, "text": [_hash(before), _hash(row.text)]})


def keep_version(*, actor: Actor, plan: Plan) -> int:
    """Keep all of a plan as it stands, to be compared with later; its number. In the caller's transaction."""
    plan.version += 1
    plan.save(update_fields=["version"])
    add_revision(plan, number=plan.version, actor=actor, fields=contents_of(plan))
    return plan.version


def head_of(plan: Plan) -> dict[str, Any]:
    """The head as it is now, as versions keep it."""
    return heads.stored(plan, PLAN_HEAD, PlanRecipient)


def contents_of(plan: Plan) -> dict[str, Any]:
    """The head; under ``parts`` the text of each; under ``activities`` each that is in it, in order, with its line."""
    parts = {row.key: row.text for row in PlanPart.objects.filter(plan=plan).order_by("pk")}
    rows = PlanActivity.objects.filter(plan=plan, removed_at__isnull=True).order_by("position", "pk")
    activities = [{"line": str(row.line)} | written_in(row) for row in rows]
    return head_of(plan) | {"parts": parts, "activities": activities}


def written_in(activity: PlanActivity) -> dict[str, Any]:
    """What is written in an activity now, as versions keep it: texts, days as ISO dates, money as a plain number."""
    said: dict[str, Any] = {name: getattr(activity, name) for name in PlanActivity.WRITTEN if name != "task"}
    for name in ("begins_on", "ends_on"):
        said[name] = said[name].isoformat() if said[name] else ""
    said["budget"] = "" if said["budget"] is None else plain_amount(said["budget"])
    said["languages"] = list(said["languages"])
    said["task"] = activity.task_id
    return said


def plain_amount(amount: Any) -> str:
    """``12.5``: no zeros at the end, a point, never an exponent."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def make_findable(plan: Plan) -> None:
    """Bring the plan's entry in the full-text index up to what it says now. In the caller's transaction."""
    words = [plan.number_and_symbol, plan.title, *PlanPart.objects.filter(plan=plan).values_list("text", flat=True)]
    rows = PlanActivity.objects.filter(plan=plan, removed_at__isnull=True).order_by("position", "pk")
    for said in rows.values_list("title", "place", "output"):
        words += said
    update_index(Plan, [(plan.pk, words)])


def _write_head(actor: Person, row: Plan, mine: dict[str, Any], version: int) -> None:
    changed = heads.put_in(row, mine, version=version, theirs=head_of(row))
    if not changed:
        return
    row.save()
    if "recipients" in changed:
        write_recipients(row, changed["recipients"][1])
    keep_version(actor=actor, plan=row)
    make_findable(row)
    note(actor, "programme.edit_plan", row, changed)


def write_recipients(plan: Plan, wanted: Sequence[int]) -> None:
    """Have the plan go to these offices and no others. In the caller's transaction."""
    heads.write_recipients(plan, PlanRecipient, wanted)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""
