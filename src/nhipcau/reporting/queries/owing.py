"""Who owes a report in a campaign, and which old units each report speaks for. Reads the map; writes nothing.

The rule, with a worked example, is in docs/explanation/reports.md: whoever exists on the due day owes; a unit that
existed in the period and ended before that day is a part of the report of whoever it passed to.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nhipcau.network.models import Duty, Organisation, OrganisationClass
from nhipcau.network.queries import flow_between_days
from nhipcau.reporting.models import Campaign, CampaignClass, CampaignOffice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressees:
    """Who is asked, as the coordinator says it.

    Attributes:
        begin: first day of the period.
        due_on: by when, where nothing else is said.
        sample: whether sample offices are asked, or real ones; never both.
        classes: class -> its own due day, or None.
        named: office that reports whatever its class -> its own due day, or None.
        left_out: offices that do not report though their class does.
    """

    begin: date
    due_on: date
    sample: bool
    classes: Mapping[str, date | None] = field(default_factory=dict)
    named: Mapping[int, date | None] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()


@dataclass(slots=True, kw_only=True)
class Owed:
    """A report that is owed: by which office, as what class, by which day, and for which old units beside itself."""

    organisation_id: int
    kind: str
    due_on: date
    parts: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """Every report that is owed, by office in Vietnamese alphabetical order, and what became of the units that ended.

    Attributes:
        reports: office -> what it owes.
        heirs: unit that ended before the due day -> the office that owes in its place.
        ended: units that ended before the due day and that nobody follows.
    """

    reports: Mapping[int, Owed]
    heirs: Mapping[int, int]
    ended: frozenset[int]


def addressees_of(campaign: Campaign) -> Addressees:
    """Whom a campaign asks, as it is stored."""
    offices = list(CampaignOffice.objects.filter(campaign=campaign))
    return Addressees(
        begin=campaign.begin,
        due_on=campaign.due_on,
        sample=campaign.organisation.sample,
        classes=dict(CampaignClass.objects.filter(campaign=campaign).values_list("kind", "due_on")),
        named={row.organisation_id: row.due_on for row in offices if row.reports},
        left_out=frozenset(row.organisation_id for row in offices if not row.reports),
    )


def owing(asked: Addressees) -> Owing:
    """Who owes by the map of the due day, as known now: two queries, and two for each day on which a unit ended."""
    bodies = list(Organisation.objects.filter(sample=asked.sample).order_by("sort_key", "pk"))
    classes = _classes(asked.sample)
    found: dict[int, Owed] = {}
    gone: list[tuple[Organisation, str, date]] = []
    for body in bodies:
        for kind, day in _asked_as(body, classes[body.pk], asked):
            if not _exists(body, day):
                continue
            if _carries(classes[body.pk], kind, day):
                found[body.pk] = Owed(organisation_id=body.pk, kind=kind, due_on=day)
                break
        else:
            last = _ended(body, classes[body.pk], asked)
            if last is not None:
                gone.append((body, *last))
    heirs = _pass_on(gone, found, bodies, asked.left_out)
    order = {body.pk: place for place, body in enumerate(bodies)}
    reports = dict(sorted(found.items(), key=lambda item: order[item[0]]))
    ended = frozenset(body.pk for body, _kind, _day in gone) - heirs.keys()
    return Owing(reports=reports, heirs=heirs, ended=ended)


def heirs_on(units: Mapping[int, date], day: date) -> dict[int, list[int]]:
    """Who holds on a day what each unit was on its last day; the units by key, with that day."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for unit, last in units.items():
        by_day[last].append(unit)
    found: dict[int, list[int]] = {}
    for last, ended in by_day.items():
        flow = flow_between_days(last, day, duty=Duty.EXTERNAL_INFORMATION)
        found |= {unit: sorted(flow.into.get(unit, ())) for unit in ended}
    return found


_Class = tuple[str, bool, "date", "date | None"]


def _classes(sample: bool) -> dict[int, list[_Class]]:  # noqa: FBT001 - one reader
    """Office -> its classes over time, the main one first: ``(class, whether main, first day, last day)``."""
    rows = OrganisationClass.objects.filter(organisation__sample=sample).order_by("-main", "valid_from", "kind")
    found: dict[int, list[_Class]] = defaultdict(list)
    for pk, *fact in rows.values_list("organisation_id", "kind", "main", "valid_from", "valid_to"):
        found[pk].append(tuple(fact))
    return found


def _asked_as(body: Organisation, classes: Sequence[_Class], asked: Addressees) -> Iterable[tuple[str, date]]:
    """As what a body is asked, and by when: by name first, then by the classes that it carries or carried."""
    if body.pk in asked.left_out:
        return
    for kind, main, _begin, _end in classes:
        if main and body.pk in asked.named:
            yield kind, asked.named[body.pk] or asked.classes.get(kind) or asked.due_on
    for kind, _main, _begin, _end in classes:
        if kind in asked.classes:
            yield kind, asked.classes[kind] or asked.due_on


def _carries(classes: Sequence[_Class], kind: str, day: date) -> bool:
    return any(one == kind and begin <= day and (end is None or day <= end) for one, _main, begin, end in classes)


def _exists(body: Organisation, day: date) -> bool:
    return bool(body.valid_from <= day and (body.valid_to is None or day <= body.valid_to))


def _ended(body: Organisation, classes: Sequence[_Class], asked: Addressees) -> tuple[str, date] | None:
    """As what a body of the period was asked on its last day, where that came before the due day."""
    last = body.valid_to
    if last is None or last < asked.begin:
        return None
    for kind, day in _asked_as(body, classes, asked):
        if last < day and _carries(classes, kind, last):
            return kind, day
    return None


def _pass_on(
    gone: Sequence[tuple[Organisation, str, date]],
    found: dict[int, Owed],
    bodies: Sequence[Organisation],
    left_out: frozenset[int],
) -> dict[int, int]:
    """Make the units that ended parts of the reports of those they passed to; unit -> that office.

    A unit that was divided among several cannot be divided in figures: it is a part of the first of them that owes.
    """
    order = {body.pk: place for place, body in enumerate(bodies)}
    heirs: dict[int, int] = {}
    days = sorted({day for _body, _kind, day in gone})
    for day in days:
        units = {body.pk: body.valid_to for body, _kind, due in gone if due == day and body.valid_to is not None}
        reached = heirs_on(units, day)
        for body, kind, due in gone:
            if due != day:
                continue
            after = sorted((pk for pk in reached[body.pk] if pk in order and pk not in left_out), key=order.__getitem__)
            if not after:
                continue
            heir = next((pk for pk in after if pk in found), after[0])
            found.setdefault(heir, Owed(organisation_id=heir, kind=kind, due_on=day)).parts.append(body.pk)
            heirs[body.pk] = heir
    return heirs
