"""The activities of a plan: added, written by several people at once, copied, ordered, taken out without losing one."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.programme.codes import COUNTRIES, LANGUAGES
from nhipcau.programme.domain.plan_contents import make_findable, plain_amount, written_in
from nhipcau.programme.domain.plan_held import expect_writable, held_activity, held_plan, note
from nhipcau.programme.models import ActivityChannel, Audience, BudgetSource, Category, Plan, PlanActivity, TaskInstance
from nhipcau.programme.plan_parts import group_names, parts_of
from nhipcau.text import nfc
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError
from nhipcau.workspace.domain.joining import changes
from nhipcau.workspace.domain.revisions import add_revision
from nhipcau.workspace.domain.writing import drop_unsaved, keep_unsaved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.accounts.models import Person

ACTIVITY = "programme.planactivity"
_LONGEST = {"title": 500, "place": 200, "responsible": 300, "output": 4000}
_CHOICES = {
    "category": Category.values,
    "channel": ActivityChannel.values,
    "audience": Audience.values,
    "budget_source": BudgetSource.values,
}
#: Millions of đồng, with the thousands of đồng behind the point.
_MOST_MONEY, _PLACES = Decimal(10) ** 11, 3
#: A plan holds so many at most.
MOST_ACTIVITIES = 500
MOST_LANGUAGES = 12


def add_activity(
    *, actor: Person, plan: Plan, values: Mapping[str, Any] | None = None, after: PlanActivity | None = None
) -> PlanActivity:
    """Put a new activity into a plan, behind another one or at the end.

    Raises:
        PermissionDeniedError: the actor does not write for the plan's office.
        WrongStateError: the plan is not being written.
        IncompleteError: something in it cannot be; the plan is full.
    """
    with transaction.atomic():
        held = held_plan(plan)
        require("programme.edit_plan", actor, held)
        expect_writable(held)
        made = PlanActivity(plan=held, **_stored(cleaned_values(held, values or {})))
        _enter(actor, held, made, after)
        note(actor, "programme.add_activity", held, {"activity": made.pk})
    return made


def copy_activity(*, actor: Person, activity: PlanActivity) -> PlanActivity:
    """Put a copy of an activity behind it.

    Raises:
        PermissionDeniedError: the actor does not write for the plan's office.
        WrongStateError: the plan is not being written.
        IncompleteError: the plan is full.
    """
    with transaction.atomic():
        plan, row = held_activity(activity)
        require("programme.edit_plan", actor, row)
        expect_writable(plan)
        made = PlanActivity(plan=plan, **{name: getattr(row, name) for name in stored_names()})
        _enter(actor, plan, made, row)
        note(actor, "programme.add_activity", plan, {"activity": made.pk})
    return made


def write_activity(*, actor: Person, activity: PlanActivity, values: Mapping[str, Any], version: int) -> PlanActivity:
    """Save what was written in an activity. What somebody else wrote meanwhile stays; the same again changes nothing.

    Args:
        actor: a writer of the plan's office.
        activity: the activity.
        values: some or all of :data:`PlanActivity.WRITTEN`, in the shape in which versions keep them.
        version: the one that the actor had read.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: the plan is not being written.
        IncompleteError: something in it cannot be.
        ConflictError: both changed the same field; what was typed is kept, and so it is after a WrongStateError.
    """
    try:
        with transaction.atomic():
            plan, row = held_activity(activity)
            require("programme.edit_plan", actor, row)
            expect_writable(plan)
            _write(actor, plan, row, cleaned_values(plan, values), version)
            drop_unsaved(actor=actor, object_type=ACTIVITY, target=row)
    except (ConflictError, WrongStateError):
        typed = {
            name: [str(each) for each in (value if isinstance(value, list) else [value])]
            for name, value in values.items()
            if name in PlanActivity.WRITTEN
        }
        keep_unsaved(actor=actor, object_type=ACTIVITY, target=activity, values=typed, version=version)
        raise
    return row


def move_activity(*, actor: Person, activity: PlanActivity, after: PlanActivity | None) -> PlanActivity:
    """Put an activity behind another one of its plan, or first (``after`` None). Two who move at once both count.

    Raises:
        PermissionDeniedError: the actor does not write for the plan's office.
        WrongStateError: the plan is not being written.
        IncompleteError: the other activity is of another plan.
    """
    with transaction.atomic():
        plan, row = held_activity(activity)
        require("programme.edit_plan", actor, row)
        expect_writable(plan)
        before = row.position
        if _order(plan, row, after):
            position = PlanActivity.objects.values_list("position", flat=True).get(pk=row.pk)
            note(actor, "programme.move_activity", plan, {"activity": row.pk, "position": [before + 1, position + 1]})
    return row


def remove_activity(*, actor: Person, activity: PlanActivity) -> PlanActivity:
    """Take an activity out of its plan. Its words stay, and come back with :func:`put_back_activity`.

    Raises:
        PermissionDeniedError: the actor does not write for the plan's office.
        WrongStateError: the plan is not being written.
    """
    return _set_removed(actor, "programme.remove_activity", activity, removed=True)


def put_back_activity(*, actor: Person, activity: PlanActivity) -> PlanActivity:
    """Put an activity that was taken out back where it stood.

    Raises:
        PermissionDeniedError: the actor does not write for the plan's office.
        WrongStateError: the plan is not being written.
    """
    return _set_removed(actor, "programme.put_back_activity", activity, removed=False)


def stored_names() -> list[str]:
    """The columns that hold what is written in an activity."""
    return [f"{name}_id" if name == "task" else name for name in PlanActivity.WRITTEN]


def cleaned_values(plan: Plan, values: Mapping[str, Any]) -> dict[str, Any]:
    """What was written, in the shape in which versions keep it.

    Raises:
        IncompleteError: something is too long, out of its range, or no choice; names the field.
    """
    given = {name: values[name] for name in PlanActivity.WRITTEN if name in values}
    _clean_words(given)
    for name, choices in _CHOICES.items():
        if given.get(name, "") not in {"", *choices}:
            raise IncompleteError(gettext("This is none of the choices."), name)
    if given.get("group", "") not in {"", *group_names(parts_of(plan.template.parts))}:
        raise IncompleteError(gettext("This is none of the choices."), "group")
    if given.get("country", "") and given["country"] not in COUNTRIES:
        raise IncompleteError(gettext("There is no such country."), "country")
    read = {"begins_on": _begins, "ends_on": _ends, "budget": _amount, "languages": _languages}
    for name in given.keys() & read.keys():
        given[name] = read[name](given[name])
    if "task" in given:
        given["task"] = _task(plan, given["task"])
    return given


def _clean_words(given: dict[str, Any]) -> None:
    for name in given.keys() & _LONGEST.keys():
        text = nfc(str(given[name])).replace("\r\n", "\n").strip()
        given[name] = text if name == "output" else " ".join(text.split())
        if len(given[name]) > _LONGEST[name]:
            sentence = gettext("At most %(number)s characters stand here.") % {"number": _LONGEST[name]}
            raise IncompleteError(sentence, name)


def _begins(value: Any) -> str:
    return _day(value, "begins_on")


def _ends(value: Any) -> str:
    return _day(value, "ends_on")


def _day(value: Any, name: str) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat() if value else ""
    except ValueError:
        raise IncompleteError(gettext("Not a day: write it as 22/11/2026."), name) from None


def _amount(value: Any) -> str:
    if value in ("", None):
        return ""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount < _MOST_MONEY:
        raise IncompleteError(gettext("Not an amount: write millions of đồng, as in 1.250,5."), "budget")
    if amount != round(amount, _PLACES):
        raise IncompleteError(gettext("At most three figures stand behind the comma."), "budget")
    return plain_amount(amount)


def _languages(value: Any) -> list[str]:
    named = list(dict.fromkeys(str(tag) for tag in value))
    if len(named) > MOST_LANGUAGES or not set(named) <= set(LANGUAGES):
        raise IncompleteError(gettext("There is no such language."), "languages")
    return named


def _task(plan: Plan, value: Any) -> int | None:
    if value in ("", None):
        return None
    own = TaskInstance.objects.filter(organisation_id=plan.organisation_id, pk=int(value))
    if not own.exists():
        raise IncompleteError(gettext("This task is not one of the office's."), "task")
    return int(value)


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same as the columns hold it."""
    kept = dict(values)
    for name in ("begins_on", "ends_on"):
        if name in kept:
            kept[name] = date.fromisoformat(kept[name]) if kept[name] else None
    if "budget" in kept:
        kept["budget"] = Decimal(kept["budget"]) if kept["budget"] else None
    if "task" in kept:
        kept["task_id"] = kept.pop("task")
    return kept


def _write(actor: Person, plan: Plan, row: PlanActivity, mine: Mapping[str, Any], version: int) -> None:
    changed = changes(row, mine, version=version, theirs=written_in(row))
    if not changed:
        return
    for name, value in _stored({name: after for name, (_before, after) in changed.items()}).items():
        setattr(row, name, value)
    if row.begins_on and row.ends_on and row.ends_on < row.begins_on:
        raise IncompleteError(gettext("It ends before it begins."), "ends_on")
    row.version += 1
    row.writer, row.written_at = actor, timezone.now()
    row.save()
    add_revision(row, number=row.version, actor=actor, fields=written_in(row))
    make_findable(plan)
    said = {name: [_brief(before), _brief(after)] for name, (before, after) in changed.items()}
    note(actor, "programme.write_activity", plan, {"activity": row.pk, **said})


def _enter(actor: Person, plan: Plan, made: PlanActivity, after: PlanActivity | None) -> None:
    rows = PlanActivity.objects.filter(plan=plan)
    if rows.filter(removed_at__isnull=True).count() >= MOST_ACTIVITIES:
        raise IncompleteError(gettext("A plan holds %(number)s activities at most.") % {"number": MOST_ACTIVITIES})
    if made.begins_on and made.ends_on and made.ends_on < made.begins_on:
        raise IncompleteError(gettext("It ends before it begins."), "ends_on")
    last = rows.aggregate(last=Max("position"))["last"]
    made.position = 0 if last is None else last + 1
    made.writer, made.written_at = actor, timezone.now()
    made.save(force_insert=True)
    add_revision(made, number=made.version, actor=actor, fields=written_in(made))
    if after is not None:
        _order(plan, made, after)
    make_findable(plan)


def _order(plan: Plan, row: PlanActivity, after: PlanActivity | None) -> bool:
    """Put a row behind another one; whether anything moved."""
    order = list(PlanActivity.objects.filter(plan=plan).order_by("position", "pk"))
    others = [each for each in order if each.pk != row.pk]
    at = 0
    if after is not None:
        behind = [number for number, each in enumerate(others, 1) if each.pk == after.pk]
        if not behind:
            raise IncompleteError(gettext("This activity is not one of this plan."))
        (at,) = behind
    others.insert(at, next(each for each in order if each.pk == row.pk))
    moved = []
    for position, each in enumerate(others):
        if each.position != position:
            each.position = position
            moved.append(each)
    if moved:
        PlanActivity.objects.bulk_update(moved, ["position"])
    row.position = at
    return bool(moved)


def _set_removed(actor: Person, verb: str, activity: PlanActivity, *, removed: bool) -> PlanActivity:
    with transaction.atomic():
        plan, row = held_activity(activity)
        require("programme.edit_plan", actor, row)
        expect_writable(plan)
        if (row.removed_at is not None) != removed:
            row.removed_at = timezone.now() if removed else None
            row.save(update_fields=["removed_at"])
            make_findable(plan)
            note(actor, verb, plan, {"activity": row.pk})
    return row


def _brief(value: Any) -> Any:
    """Short values as they are; of long texts their hash: the versions hold them."""
    if isinstance(value, str) and len(value) > 60:  # noqa: PLR2004 - one line of an audit entry
        return hashlib.sha256(value.encode()).hexdigest()[:16]
    return value
