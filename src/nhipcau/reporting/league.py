"""Who reports in full and on time, by class, beside the period before on the map of the later one. Reads only.

The rule is in docs/explanation/reports.md: what counts is when a report first came in; a unit of the earlier campaign
counts with whoever holds on the later due day what it was; what was divided, or went nowhere, is named and not counted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from nhipcau.network.models import Duty, Kind
from nhipcau.network.queries import flow_between_days
from nhipcau.reporting.queries.campaigns import reports_of_campaign
from nhipcau.reporting.timeliness import GONE, came_late

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nhipcau.reporting.models import Campaign, Report


@dataclass(slots=True)
class Tally:
    """How many reports were owed, how many of them came in, and how many of those on time."""

    owed: int = 0
    arrived: int = 0
    on_time: int = 0

    def add(self, report: Report) -> None:
        """Count a report that is owed."""
        self.owed += 1
        self.arrived += report.first_received_at is not None
        self.on_time += report.first_received_at is not None and not came_late(report)

    def join(self, other: Tally) -> None:
        """Count what another counted, too."""
        self.owed, self.arrived, self.on_time = (
            self.owed + other.owed,
            self.arrived + other.arrived,
            self.on_time + other.on_time,
        )

    @property
    def late(self) -> int:
        """How many came in after their time."""
        return self.arrived - self.on_time

    @property
    def missing(self) -> int:
        """How many have not come in."""
        return self.owed - self.arrived

    @property
    def completeness(self) -> Decimal | None:
        """Of a hundred owed so many came in, to one place; None where none was owed."""
        return _share(self.arrived, self.owed)

    @property
    def timeliness(self) -> Decimal | None:
        """Of a hundred owed so many came in on time."""
        return _share(self.on_time, self.owed)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier campaign on the map of the later one.

    Attributes:
        by_office: office of the later campaign -> what was owed by whoever it was then.
        divided: reports of units that several follow: nobody can say whose lateness it was.
        ended: reports of units that nobody follows who owes in the later campaign.
        fresh: reports of the later campaign whose office has nobody to be compared with.
    """

    by_office: Mapping[int, Tally] = field(default_factory=dict)
    divided: Sequence[Report] = ()
    ended: Sequence[Report] = ()
    fresh: Sequence[Report] = ()


class Row(NamedTuple):
    """A class in the league; ``change`` in points of timeliness against ``before``, None where it cannot be said."""

    kind: str
    word: Any
    now: Tally
    before: Tally
    change: Decimal | None


def earlier(campaign: Campaign, reports: Iterable[Report]) -> Earlier:
    """The campaign that this one is compared with, put onto the map of this one's due days; empty where there is none.

    Args:
        campaign: the later one.
        reports: its reports, each with its office.
    """
    if campaign.compared_with is None:
        return Earlier()
    owing = {report.organisation_id: report for report in reports if report.state not in GONE}
    found: dict[int, Tally] = defaultdict(Tally)
    divided, ended = [], []
    before = [report for report in reports_of_campaign(campaign.compared_with) if report.state not in GONE]
    flows = {day: flow_between_days(day, campaign.due_on, duty=Duty.EXTERNAL_INFORMATION) for day in _days(before)}
    for report in before:
        heirs = [pk for pk in sorted(flows[report.due_on].into.get(report.organisation_id, ())) if pk in owing]
        if len(heirs) == 1:
            found[heirs[0]].add(report)
        else:
            (divided if heirs else ended).append(report)
    fresh = [report for pk, report in owing.items() if pk not in found]
    return Earlier(dict(found), divided, ended, fresh)


def league(reports: Iterable[Report], before: Earlier) -> list[Row]:
    """The classes of a campaign, the most punctual first; of two alike the more complete, then the larger."""
    now: dict[str, Tally] = defaultdict(Tally)
    then: dict[str, Tally] = defaultdict(Tally)
    for report in reports:
        if report.state not in GONE:
            now[report.kind].add(report)
            then[report.kind].join(before.by_office.get(report.organisation_id, Tally()))
    rows = [Row(kind, Kind(kind).label, tally, then[kind], _change(tally, then[kind])) for kind, tally in now.items()]
    return sorted(rows, key=lambda row: (_or_less(row.now.timeliness), _or_less(row.now.completeness), row.now.owed))[
        ::-1
    ]


def _days(reports: Iterable[Report]) -> set[Any]:
    return {report.due_on for report in reports}


def _share(part: int, whole: int) -> Decimal | None:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None


def _change(now: Tally, before: Tally) -> Decimal | None:
    if now.timeliness is None or before.timeliness is None:
        return None
    return now.timeliness - before.timeliness


def _or_less(value: Decimal | None) -> Decimal:
    return Decimal(-1) if value is None else value
