"""The yearly decisions about days, from Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.utils.translation import gettext_lazy as _

from nhipcau.documents.importing import ImportColumn, Importer, Outcome, Problem, Taken
from nhipcau.law.domain.working_days import override_working_day
from nhipcau.law.errors import LawError
from nhipcau.law.models import WorkingDayOverride

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.access import Actor
    from nhipcau.documents.importing import ImportRow

_KINDS = {"off": _("Day off"), "worked": _("Working day")}


def take(*, actor: Actor, rows: Sequence[ImportRow]) -> Taken:
    """Enter one decision a row; every row that cannot be is named, and the others are tried all the same."""
    outcomes, problems = [], []
    known = {one.day: one for one in WorkingDayOverride.objects.filter(day__in=[row.values["day"] for row in rows])}
    for row in rows:
        values = row.values
        before = known.get(values["day"])
        said = {"name": values["name"], "basis": values["basis"], "source": values.get("source") or ""}
        try:
            decision = override_working_day(
                actor=actor, day=values["day"], working=values["working"] == "worked", **said
            )
        except LawError as error:
            problems.append(Problem(row=row.number, column=None, sentence=str(error)))
            continue
        changes = _changes(before, decision)
        action = "create" if before is None else "change" if changes else "same"
        outcomes.append(Outcome(row=row.number, action=action, label=str(decision), changes=changes))
        known[decision.day] = decision
    return Taken(outcomes=outcomes, problems=problems)


def _changes(before: WorkingDayOverride | None, after: WorkingDayOverride) -> dict[str, tuple[Any, Any]]:
    fields = [after._meta.get_field(name) for name in ("working", "name", "basis", "source")]
    return {
        str(field.verbose_name): (getattr(before, field.name, None), getattr(after, field.name))
        for field in fields
        if getattr(before, field.name, None) != getattr(after, field.name)
    }


WORKING_DAYS = Importer(
    name="law.working_days",
    title=_("Decisions about days"),
    columns=(
        ImportColumn(key="day", label=_("Day"), required=True, kind="date"),
        ImportColumn(key="working", label=_("What is decided"), required=True, choices=_KINDS),
        ImportColumn(key="name", label=_("What it is"), required=True),
        ImportColumn(key="basis", label=_("Legal basis"), required=True, help=_("Number and symbol of the document.")),
        ImportColumn(key="source", label=_("Source")),
    ),
    may=lambda actor: bool(rules.has_perm("law.override_working_day", actor)),
    take=take,
)
