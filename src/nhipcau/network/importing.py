"""Organisations from a sheet: one row for each body as it is from a day on. What the sheet does not name stays."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_lazy

from nhipcau.documents.importing import ImportColumn, Importer, Outcome, Problem, Taken
from nhipcau.network.domain.changes import close_organisation
from nhipcau.network.domain.checking import check_body
from nhipcau.network.domain.errors import OrganisationError
from nhipcau.network.domain.organisations import load_organisations
from nhipcau.network.domain.spells import moved, reclassed, renamed, require_alive
from nhipcau.network.domain.storing import standing_rows
from nhipcau.network.models import HOME_ZONE, Confidence, Kind, Organisation
from nhipcau.network.rows import NameRow, OrganisationRow, ParentRow, normal
from nhipcau.network.rules import may_manage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.documents.importing import ImportRow

COLUMNS = (
    ImportColumn(
        key="key",
        label=gettext_lazy("Key"),
        required=True,
        help=gettext_lazy("Small letters, figures and hyphens; never changes and is no official code."),
    ),
    ImportColumn(
        key="kind", label=gettext_lazy("Class"), required=True, choices={kind.value: kind.label for kind in Kind}
    ),
    ImportColumn(key="name_vi", label=gettext_lazy("Name in Vietnamese"), required=True),
    ImportColumn(key="name_en", label=gettext_lazy("Name in English"), required=True),
    ImportColumn(
        key="since",
        label=gettext_lazy("Holds from"),
        required=True,
        kind="date",
        help=gettext_lazy("For a new body the first day of it; for another the day from which what differs holds."),
    ),
    ImportColumn(
        key="valid_to", label=gettext_lazy("Last day"), kind="date", help=gettext_lazy("Empty while it exists.")
    ),
    ImportColumn(
        key="parent", label=gettext_lazy("Belongs to"), help=gettext_lazy("The key of the body above it, or empty.")
    ),
    ImportColumn(
        key="country",
        label=gettext_lazy("Host country"),
        help=gettext_lazy("For missions: two letters, such as CU."),
    ),
    ImportColumn(
        key="time_zone",
        label=gettext_lazy("Time zone"),
        help=gettext_lazy("Such as America/Havana; empty for Asia/Ho_Chi_Minh."),
    ),
    ImportColumn(key="source", label=gettext_lazy("Source"), required=True),
    ImportColumn(
        key="confidence",
        label=gettext_lazy("Confidence"),
        required=True,
        choices={one.value: one.label for one in Confidence},
    ),
)


def take_organisations(*, actor: Actor, rows: Sequence[ImportRow]) -> Taken:
    """Make the bodies be as the rows say; a row that is so already changes nothing.

    Every row is tried by itself first, so that every wrong one is named; then all are entered at once, and what would
    not be one tree is named too.
    """
    standing = standing_rows()
    wanted: dict[str, OrganisationRow] = dict(standing)
    outcomes, problems, numbers = [], [], {}
    for row in rows:
        key = row.values["key"]
        numbers[key] = row.number
        try:
            wanted[key] = _wanted(row.values, wanted.get(key))
            check_body(wanted[key])
        except OrganisationError as error:
            problems.append(Problem(row=row.number, column=None, sentence=str(error)))
        else:
            outcomes.append(_outcome(row, standing.get(key), wanted[key]))
    if not problems:
        changed = [wanted[key] for key in numbers]
        problems = _enter(actor, rows, changed, numbers)
    return Taken(outcomes=outcomes, problems=problems)


def _enter(
    actor: Actor, rows: Sequence[ImportRow], changed: list[OrganisationRow], numbers: Mapping[str, int]
) -> list[Problem]:
    """Enter everything; then end what ends, which the domain does one by one."""
    try:
        load_organisations(actor=actor, rows=changed)
    except OrganisationError as error:
        key = str(error).partition(":")[0]
        return [Problem(row=numbers.get(key, rows[0].number), column=None, sentence=str(error))]
    problems = []
    ending = {row.values["key"]: row for row in rows if row.values.get("valid_to")}
    for body in Organisation.objects.filter(slug__in=ending):
        row = ending[body.slug]
        if body.valid_to == row.values["valid_to"]:
            continue
        try:
            close_organisation(
                actor=actor, organisation=body, last_day=row.values["valid_to"], reason=row.values["source"]
            )
        except OrganisationError as error:
            problems.append(Problem(row=row.number, column="valid_to", sentence=str(error)))
    return problems


def _wanted(given: Mapping[str, Any], before: OrganisationRow | None) -> OrganisationRow:
    """The row of a body as a row of the sheet wants it; its end is left to the domain."""
    since: date = given["since"]
    country, zone = (given.get("country") or "").upper(), given.get("time_zone") or HOME_ZONE
    parent = given.get("parent") or None
    where = {name: given[name] for name in ("source", "confidence")}
    if before is None:
        return normal(
            OrganisationRow(
                slug=given["key"],
                kind=given["kind"],
                names=(NameRow(name_vi=given["name_vi"], name_en=given["name_en"], valid_from=since),),
                valid_from=since,
                parents=(ParentRow(parent=parent, valid_from=since),) if parent else (),
                country=country,
                time_zone=zone,
                **where,
            )
        )
    require_alive(before, since)
    row = before
    last = row.names[-1]
    if (last.name_vi, last.name_en) != (given["name_vi"], given["name_en"]):
        row = renamed(row, given["name_vi"], given["name_en"], since, **where)
    if _parent(row) != parent:
        row = moved(row, parent, since, **where)
    if row.kind != given["kind"]:
        row = reclassed(row, given["kind"], since, **where)
    return normal(dataclasses.replace(row, country=country, time_zone=zone))


def _parent(row: OrganisationRow) -> str | None:
    """What it belongs to for as long as it exists."""
    return row.parents[-1].parent if row.parents and row.parents[-1].valid_to == row.valid_to else None


def _outcome(row: ImportRow, before: OrganisationRow | None, after: OrganisationRow) -> Outcome:
    label = after.names[-1].name_vi
    if before is None:
        return Outcome(row=row.number, action="create", label=label)
    last = row.values.get("valid_to")
    changes: dict[str, tuple[Any, Any]] = {
        gettext("Name in Vietnamese"): (before.names[-1].name_vi, after.names[-1].name_vi),
        gettext("Name in English"): (before.names[-1].name_en, after.names[-1].name_en),
        gettext("Belongs to"): (_parent(before), _parent(after)),
        gettext("Class"): (Kind(before.kind).label, Kind(after.kind).label),
        gettext("Host country"): (before.country, after.country),
        gettext("Time zone"): (before.time_zone, after.time_zone),
        gettext("Last day"): (before.valid_to, last or before.valid_to),
    }
    told = {name: values for name, values in changes.items() if values[0] != values[1]}
    ends = gettext("Last day") in told
    return Outcome(row=row.number, action="end" if ends else "change" if told else "same", label=label, changes=told)


ORGANISATIONS = Importer(
    name="network.organisations",
    title=gettext_lazy("Organisations"),
    columns=COLUMNS,
    may=may_manage,
    take=take_organisations,
)
