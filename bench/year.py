"""A whole year of the sample nation in under five minutes: four campaigns from guidance letter to issued report.

    python bench/year.py [--database postgres] [--data DIR]

Loads the sample nation of 515 bodies alone into an empty database, with a drafter and an approver in every office, and
plays four campaigns through the domain functions, each step under the access of whoever takes it: the year 2024 on the
map of 63 provinces, the first six months of 2025 across the mergers of 2025-07-01, nine months, and the year 2025,
which is compared with 2024. The clock of the program is set to the days on which these things happen. What is measured
begins with the first guidance letter: making the tables, the nation and its people comes before, the checks come after.
Answers are made by a seed (``year_answers.py``): offices of four sizes, figures missing and none, estimates, reports
that are late, missing, sent back and submitted again.

What the program says is then compared with plain Python: who owes what (from the rows of the nation, without the
program's own reading of them), every national sum of every figure and disaggregation, estimates, parts of old units,
who was late, the league by class beside that of the year before, and every figure beside its own of then. Takes no
data; ``--data`` is accepted like everywhere.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
MOST_SECONDS = 300.0
CLASSES = (
    "ministry", "ministerial_level_agency", "government_agency", "party_body", "peoples_committee",
    "provincial_department", "friendship_union", "border_command", "embassy", "consulate_general",
    "permanent_mission", "mission_office",
)  # fmt: skip
MERGED = date(2025, 7, 1)
#: A report, and from when its office is there to write it.
_OWED = ("pk", "organisation__valid_from")


class Season(NamedTuple):
    """One campaign: its days, and whether it is compared with the one of a year before."""

    title: str
    kind: str
    begin: date
    end: date
    as_of: date
    opened: date
    due: date


def _season(title: str, kind: str, *days: str) -> Season:
    return Season(title, kind, *map(date.fromisoformat, days))


SEASONS = (
    _season("Năm 2024", "year", "2023-12-15", "2024-12-14", "2024-11-15", "2024-10-15", "2024-11-30"),
    _season("Sáu tháng 2025", "six_months", "2024-12-15", "2025-06-14", "2025-06-10", "2025-06-02", "2025-07-10"),
    _season("Chín tháng 2025", "nine_months", "2024-12-15", "2025-09-14", "2025-09-10", "2025-08-20", "2025-09-25"),
    _season("Năm 2025", "year", "2024-12-15", "2025-12-14", "2025-11-15", "2025-10-15", "2025-11-30"),
)


class Clock:
    """The clock of the program, set to the day on which something happens; moments go on by a second a look."""

    def __init__(self) -> None:
        self.at = datetime(2024, 1, 2, 2, tzinfo=UTC)

    def set(self, day: date, hour: int = 9) -> None:
        """An hour of a day in Viet Nam."""
        self.at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=7)

    def now(self) -> datetime:
        """What the program takes for now."""
        self.at += timedelta(milliseconds=20)
        return self.at


class Year:
    """The year as it is played: people by office, the campaigns, and what every office answered last."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.people: dict[int, tuple[Any, Any]] = {}
        self.spent: Counter[str] = Counter()
        self.faults: list[str] = []
        self.last: list[dict[int, Any]] = []
        self.late: list[set[int]] = []
        self.owed: list[set[int]] = []
        self.campaigns: list[Any] = []
        self.counted: Counter[str] = Counter()

    @contextmanager
    def measured(self, name: str) -> Iterator[None]:
        """Add the time of a part."""
        began = time.perf_counter()
        yield
        self.spent[name] += time.perf_counter() - began

    def expect(self, what: str, *, said: Any, right: Any) -> None:
        """Note where the program says something else than plain Python does."""
        self.counted["checked"] += 1
        if said != right:
            self.faults.append(f"{what}: said {said}, right {right}")


def prepare(year: Year) -> None:
    """Load the nation, and people into every office; the coordinating office is the one that holds that role."""
    from django.core.management import call_command
    from django.db.models import Q

    from nhipcau.access import system
    from nhipcau.accounts.domain.people import create_person
    from nhipcau.accounts.domain.roles import grant_membership
    from nhipcau.network.domain.organisations import load_nation
    from nhipcau.network.models import Organisation
    from nhipcau.network.sample_nation import sample_nation

    call_command("migrate", verbosity=0)
    with system("bench") as access:
        load_nation(actor=access.actor, nation=sample_nation())
        there = Q(valid_to__isnull=True) | Q(valid_to__gte=SEASONS[0].opened)
        for office in Organisation.objects.filter(there, kind__in=CLASSES):
            made = []
            for role in ("drafter", "approver"):
                email = f"{role}-{office.pk}@example.org"
                person = create_person(actor=access.actor, email=email, name=f"{role} {office.pk}", sample=True)
                since = max(office.valid_from, date(2020, 1, 1))
                grant_membership(
                    actor=access.actor, person=person, organisation=office, role=role, valid_from=since,
                    valid_to=office.valid_to,
                )  # fmt: skip
                made.append(person)
            year.people[office.pk] = (made[0], made[1])


class Ministry(NamedTuple):
    """The coordinating office and its people."""

    office: Any
    writer: Any
    signer: Any
    coordinator: Any
    second: Any


def coordinating() -> Ministry:
    """One ministry that is there the whole time coordinates; people of its own for each part."""
    from nhipcau.access import system
    from nhipcau.accounts.domain.people import create_person
    from nhipcau.accounts.domain.roles import grant_membership
    from nhipcau.network.models import Organisation

    with system("bench") as access:
        alive = Organisation.objects.filter(kind="ministry", valid_to__isnull=True, valid_from__lte=date(2020, 1, 1))
        office = alive.order_by("slug").first()
        people = []
        for role in ("drafter", "approver", "coordinator", "coordinator"):
            person = create_person(
                actor=access.actor,
                email=f"above-{len(people)}@example.org",
                name=f"Cấp trên {len(people)}",
                sample=True,
            )
            grant_membership(
                actor=access.actor, person=person, organisation=office, role=role, valid_from=date(2020, 1, 1)
            )
            people.append(person)
    return Ministry(office, *people)


def form_of(office: Any) -> Any:
    """The outline form, in use."""
    from django.utils import timezone

    from nhipcau.access import system
    from nhipcau.reporting.models import FormVersion, ReportForm
    from nhipcau.reporting.outline import outline

    with system("bench"):
        form = ReportForm.objects.create(organisation=office, key=outline().key, title=outline().title, sample=True)
        return FormVersion.objects.create(
            form=form,
            number=1,
            state="published",
            definition=outline().to_plain(),
            published_at=timezone.now(),
        )


def guidance(ministry: Ministry, season: Season) -> Any:
    """The guidance letter of a campaign, issued to every office that exists."""
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.network.models import Organisation, valid_on
    from nhipcau.workspace.domain.letter_content import LetterContent, To
    from nhipcau.workspace.domain.letters import approve_letter, draft_letter, issue_letter, submit_letter

    with opened(access_for(ministry.writer)):
        rows = Organisation.objects.filter(valid_on(season.opened), sample=True, kind__in=CLASSES)
        offices = [To(office) for office in rows.exclude(pk=ministry.office.pk)]
        content = LetterContent(
            subject=f"hướng dẫn báo cáo: {season.title}", body="Đề nghị báo cáo theo biểu mẫu.", symbol="BVM-TTĐN",
            place="Hà Nội", recipients=offices,
        )  # fmt: skip
        letter = draft_letter(actor=ministry.writer, organisation=ministry.office, content=content)
        submit_letter(actor=ministry.writer, letter=letter)
    with opened(access_for(ministry.signer)):
        approve_letter(actor=ministry.signer, letter=letter)
        return issue_letter(actor=ministry.signer, letter=letter, post="Bộ trưởng")


def open_season(year: Year, ministry: Ministry, version: Any, season: Season, number: int) -> Any:
    """Guidance letter, campaign, expected reports."""
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.reporting.domain.campaigns import CampaignContent, draft_campaign, open_campaign

    year.clock.set(season.opened)
    with year.measured("guidance letters"):
        letter = guidance(ministry, season)
    with year.measured("campaigns opened"), opened(access_for(ministry.coordinator)):
        content = CampaignContent(
            title=season.title, period_kind=season.kind, begin=season.begin, end=season.end,
            figures_as_of=season.as_of, due_on=season.due, form_version=version, estimate="by_office",
            guidance=letter, classes=dict.fromkeys(CLASSES), left_out=(ministry.office,), two_steps=number == 1,
            compared_with=year.campaigns[0] if number == len(SEASONS) - 1 else None,
        )  # fmt: skip
        campaign = draft_campaign(actor=ministry.coordinator, organisation=ministry.office, content=content)
        return open_campaign(actor=ministry.coordinator, campaign=campaign)


def play(  # noqa: C901, PLR0915 - a year told day by day
    year: Year, ministry: Ministry, campaign: Any, season: Season, number: int
) -> None:
    """Every office does, day by day, what offices do: on time, late, not at all; some are sent back."""
    from nhipcau.access import system
    from nhipcau.reporting.domain.expected import renew_expected
    from nhipcau.reporting.models import Campaign, Report, ReportPart

    dice = random.Random(f"47/{number}")  # noqa: S311 - invented lateness needs no secrecy
    last: dict[int, Any] = {}
    late: set[int] = set()
    span = (season.due - season.opened).days
    plans: dict[date, list[int]] = defaultdict(list)
    with system("bench"):
        form = Campaign.objects.get(pk=campaign.pk).form_version.plain
        owed = list(Report.objects.filter(campaign=campaign).order_by("pk").values_list(*_OWED))
    begun: set[int] = set()

    def plan(rows: list[tuple[int, date]], since: date) -> None:
        for report, there_from in rows:
            chance = dice.random()
            if chance < 0.05:  # noqa: PLR2004 - a share: never
                continue
            if chance < 0.15:  # noqa: PLR2004 - a share: late
                # The day after is late at home, and not yet where the due day ends half a day later.
                plans[season.due + timedelta(days=dice.randrange(2, 12))].append(report)
            else:
                plans[max(since, there_from, season.opened + timedelta(days=dice.randrange(1, span)))].append(report)
            begun.add(report)

    plan(owed, season.opened)
    day = season.opened
    while day <= season.due + timedelta(days=25):
        day += timedelta(days=1)
        if day == MERGED and season.opened < MERGED <= season.due:
            year.clock.set(day, 3)
            with year.measured("renewed at the merger"), system("bench") as access:
                renew_expected(actor=access.actor, campaign=campaign, on=day)
                rows = Report.objects.filter(campaign=campaign).exclude(state__in=("handed_over", "released"))
                fresh = [row for row in rows.order_by("pk").values_list(*_OWED) if row not in owed]
            plan(fresh, day)
        for key in plans.pop(day, ()):
            with system("bench"):
                report = Report.objects.select_related("organisation").get(pk=key)
                if report.state in {"handed_over", "released"}:
                    continue
                parts = list(ReportPart.objects.filter(report=report).values_list("organisation_id", flat=True))
            office = report.organisation_id
            units = [*parts, office] if parts else []
            year.clock.set(day)
            again = dice.random() < 0.12  # noqa: PLR2004 - a share
            report_once(year, ministry, key, office, form, number, take=1, units=units, back=again)
            if again:
                year.clock.set(day, 15)
                report_once(year, ministry, key, office, form, number, take=2, units=units)
            last[office] = (form, office, number, 2 if again else 1, tuple(units))
            if day > season.due:
                late.add(office)
    year.last.append(last)
    year.late.append(late)


def report_once(  # noqa: PLR0917 - one caller
    year: Year, ministry: Ministry, key: int, office: int, form: Any, number: int, *, take: int, units: list[int],
    back: bool = False,
) -> None:  # fmt: skip
    """A report written, reviewed, submitted, checked and accepted, or sent back."""
    from year_answers import answers_of

    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.reporting.domain import reports
    from nhipcau.reporting.models import Report, ReportDraft
    from nhipcau.workspace.domain.comments import add_comment
    from nhipcau.workspace.models import Comment, on

    drafter, approver = year.people[office]
    with year.measured("answers generated"):
        answers = answers_of(form, office, number, take, units)
    with year.measured("written and reviewed"), opened(access_for(drafter)):
        report = Report.objects.get(pk=key)
        if take > 1:
            for comment in Comment.objects.filter(**on(report), must_answer=True, resolved_at__isnull=True):
                add_comment(actor=drafter, target=report, text="Đã sửa.", reply_to=comment)
        version = ReportDraft.objects.get(report=report).version
        reports.save_draft(
            actor=drafter, report=report, answers=answers, version=version, symbol="BC-TTĐN", place="Hà Nội"
        )
        reports.submit_for_review(actor=drafter, report=report)
    with year.measured("approved and submitted"), opened(access_for(approver)):
        report = Report.objects.get(pk=key)
        reports.approve_report(actor=approver, report=report)
        reports.submit_report(actor=approver, report=report, post="Thủ trưởng")
    year.counted["submissions"] += 1
    with year.measured("checked and accepted"), opened(access_for(ministry.coordinator)):
        report = Report.objects.get(pk=key)
        if back:
            reports.send_back_report(actor=ministry.coordinator, report=report, reason="Thiếu nguồn.")
            return
        if not report.campaign.two_steps:
            reports.accept_report(actor=ministry.coordinator, report=report)
            return
        reports.check_report(actor=ministry.coordinator, report=report)
    with year.measured("checked and accepted"), opened(access_for(ministry.second)):
        reports.accept_report(actor=ministry.second, report=Report.objects.get(pk=key))


def consolidate(year: Year, ministry: Ministry, campaign: Any, season: Season) -> Any:
    """Sealed, drafted, merged, submitted, approved, issued, printed."""
    from django.utils import timezone
    from year_answers import COMMON

    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.reporting.documents import draw_national
    from nhipcau.reporting.domain import national_steps as steps
    from nhipcau.reporting.domain.national import NationalHead, draft_national, edit_national
    from nhipcau.reporting.domain.national_sentences import merge_sentences
    from nhipcau.reporting.domain.sealing import seal_figures
    from nhipcau.reporting.models import Campaign, NationalReport, NationalSentence

    year.clock.set(season.due + timedelta(days=30))
    with opened(access_for(ministry.coordinator)):
        shown = Campaign.objects.get(pk=campaign.pk)
        with year.measured("sealed"):
            seal_figures(actor=ministry.coordinator, campaign=shown, moment=timezone.now(), reason="Trình Chính phủ")
        with year.measured("national report drafted"):
            national = draft_national(actor=ministry.coordinator, campaign=shown, title=f"Tổng hợp: {season.title}")
        with year.measured("national report edited"):
            head = NationalHead(title=national.title, symbol="BC-BVM", place="Hà Nội", recipients=[])
            edit_national(actor=ministry.coordinator, national=national, head=head, version=national.version)
            same = NationalSentence.objects.filter(national=national, item="direction", text=COMMON)
            keys = list(same.values_list("pk", flat=True))
            if len(keys) > 1:
                merge_sentences(actor=ministry.coordinator, national=national, sentences=keys, text=COMMON)
        steps.submit_national(actor=ministry.coordinator, national=national)
    with opened(access_for(ministry.signer)):
        national = NationalReport.objects.get(pk=national.pk)
        steps.approve_national(actor=ministry.signer, national=national)
        with year.measured("national report issued"):
            issued = steps.issue_national(actor=ministry.signer, national=national, post="Bộ trưởng")
        for form in ("docx", "pdf", "xlsx"):
            with year.measured(f"printed as {form}"), draw_national(issued, form) as file:
                year.counted[f"kB of {form}"] += len(file.read()) // 1000
        return issued


# --- checked by plain Python ------------------------------------------------------------------------------------------


def check_owing(year: Year, ministry: Ministry, campaign: Any, season: Season) -> None:
    """Who exists on the due day owes; who was there in the period and passed to one of these is a part of it."""
    from nhipcau.access import system
    from nhipcau.network.models import Organisation
    from nhipcau.network.sample_nation import sample_nation
    from nhipcau.reporting.models import Report, ReportPart

    nation = sample_nation()
    bodies = {row.slug: row for row in nation.bodies}

    def asked(row: Any, day: date) -> bool:
        kinds = [row.kind] if row.valid_from <= day else []
        kinds += [also.kind for also in row.also if also.valid_from <= day and (also.valid_to or day) >= day]
        return any(kind in CLASSES for kind in kinds)

    with system("bench"):
        slugs = dict(Organisation.objects.values_list("pk", "slug"))
        said = {
            slugs[pk]
            for pk in Report.objects.filter(campaign=campaign)
            .exclude(state__in=("handed_over", "released"))
            .values_list("organisation_id", flat=True)
        }
        parts = {
            (slugs[pk], slugs[unit])
            for pk, unit in ReportPart.objects.filter(report__in=Report.objects.filter(campaign=campaign)).values_list(
                "report__organisation_id", "organisation_id"
            )
        }
    left = slugs[ministry.office.pk]
    right = {
        slug
        for slug, row in bodies.items()
        if slug != left and row.valid_from <= season.due <= (row.valid_to or season.due) and asked(row, season.due)
    }
    year.expect(f"{season.title}, who owes", said=sorted(said), right=sorted(right))
    gone = {
        slug
        for slug, row in bodies.items()
        if row.valid_to and season.begin <= row.valid_to < season.due and asked(row, row.valid_to)
    }
    merged = {(fact.successor, fact.predecessor) for fact in nation.successions if fact.predecessor in gone}
    year.expect(
        f"{season.title}, old units spoken for",
        said=sorted(unit for _office, unit in parts),
        right=sorted({unit for heir, unit in merged if heir in right}),
    )
    year.owed.append({pk for pk, slug in slugs.items() if slug in right})
    year.counted["reports owed"] += len(right)
    year.counted["old units spoken for"] += len(parts)


def check_sums(year: Year, issued: Any, campaign: Any, number: int) -> None:
    """Every national sum equals the sum of what the offices answered last."""
    from year_answers import added_up, answers_of

    from nhipcau.access import system
    from nhipcau.reporting.national_figures import units_of
    from nhipcau.reporting.queries.national import inputs_of

    form = campaign.form_version.plain
    answers = {office: answers_of(*given) for office, given in year.last[number].items()}
    with system("bench"):
        standing = inputs_of(issued)
        inside = {row.organisation_id for row in standing}
        units = {key: units_of(standing, key) for key in form.figures}
    # A unit that reported and then merged is in its successor's report, where that came in.
    right, estimated = added_up(answers[office] for office in inside)
    title = SEASONS[number].title
    choices = {(axis.label, choice.label): (axis.key, choice.key) for axis in form.axes for choice in axis.choices}
    labels = {item.label: key for key, item in form.figures.items()}
    said: dict[tuple[str, str, str], Decimal] = {}
    for section in issued.printed["sections"]:
        for figure in section["figures"]:
            key = labels[figure["total"]["label"]]
            if figure["total"]["value"] is not None:
                said[(key, "", "")] = Decimal(figure["total"]["value"])
            told = Decimal(figure["total"]["estimated"] or 0)
            year.expect(f"{title}, estimated part of {key}", said=told, right=estimated.get(key, Decimal(0)))
            for part in figure["parts"]:
                said[(key, *choices[(part["axis"], part["label"])])] = Decimal(part["value"])
    for cell in sorted(said.keys() | {cell for cell in right if cell[1] != "unit"}):
        year.expect(f"{title}, {cell}", said=said.get(cell), right=right.get(cell))
    for (key, axis, choice), value in right.items():
        if axis == "unit":
            year.expect(f"{title}, {key} of old unit {choice}", said=units[key].get(int(choice)), right=value)
    spoken = {unit for given in year.last[number].values() for unit in given[4]}
    missing = sorted(office for office in year.last[number] if office not in inside and office not in spoken)
    year.expect(f"{title}, submitted and not in", said=missing, right=[])
    for annex in issued.printed["annexes"]:
        columns = zip(*(values for _texts, values in annex["rows"]), strict=True) if annex["rows"] else ()
        sums = [sum((Decimal(v) for v in column if v is not None), Decimal(0)) for column in columns]
        year.expect(f"{title}, annex {annex['title']}", said=[Decimal(t or 0) for t in annex["totals"]], right=sums)


def check_late(year: Year, campaign: Any, season: Season, number: int) -> None:
    """Whose report came in after the end of its due day, in its own time zone at least a day later."""
    from nhipcau.access import system
    from nhipcau.reporting.models import Report
    from nhipcau.reporting.timeliness import came_late

    with system("bench"):
        received = Report.objects.filter(campaign=campaign, first_received_at__isnull=False)
        rows = list(received.select_related("organisation"))
        said = {row.organisation_id for row in rows if row.state != "handed_over" and came_late(row)}
    right = {office for office in year.late[number] if office in {row.organisation_id for row in rows}}
    year.expect(f"{season.title}, who was late", said=sorted(said), right=sorted(right))


def heirs(nation: Any, slug: str, eve: date, day: date) -> set[str]:
    """Who does on a day the external information work that a body did on an earlier one, by the nation's own rows."""
    steps = [fact for fact in nation.successions if fact.predecessor == slug and eve < fact.day <= day]
    end = next(row.valid_to for row in nation.bodies if row.slug == slug)
    following = [fact for fact in steps if fact.duty == "external_information"]
    if not following and end is not None and end < day:
        following = steps
    return set().union(*(heirs(nation, fact.successor, eve, day) for fact in following)) if following else {slug}


def check_league(year: Year, campaign: Any, number: int) -> None:
    """The league of the last campaign by class, and of the first one on its map: owed, come in, on time."""
    from nhipcau.access import system
    from nhipcau.network.models import Organisation
    from nhipcau.network.sample_nation import sample_nation
    from nhipcau.reporting.league import earlier, league
    from nhipcau.reporting.queries.campaigns import reports_of_campaign

    def tally(offices: set[int], number: int) -> tuple[int, int, int]:
        came = offices & year.last[number].keys()
        return len(offices), len(came), len(came - year.late[number])

    nation = sample_nation()
    with system("bench"):
        slugs = dict(Organisation.objects.values_list("pk", "slug"))
        reports = list(reports_of_campaign(campaign))
        kinds = {report.organisation_id: report.kind for report in reports}
        said = {
            row.kind: [(one.owed, one.arrived, one.on_time) for one in (row.now, row.before)]
            for row in league(reports, earlier(campaign, reports))
        }
    keys = {slug: pk for pk, slug in slugs.items()}
    owing = year.owed[number]
    was: dict[int, set[int]] = defaultdict(set)
    for body in year.owed[0]:
        followed = {keys[heir] for heir in heirs(nation, slugs[body], SEASONS[0].due, SEASONS[number].due)} & owing
        if len(followed) == 1:
            was[followed.pop()].add(body)
    right = {}
    for kind in sorted({kinds[office] for office in owing}):
        ours = {office for office in owing if kinds[office] == kind}
        right[kind] = [tally(ours, number), tally(set().union(*(was[office] for office in ours)), 0)]
        year.counted["classes in the league"] += 1
    year.expect(f"{SEASONS[number].title}, league", said=dict(sorted(said.items())), right=right)


def check_change(year: Year, issued: Any) -> None:
    """Every total of 2025 beside that of 2024, the offices of which one year lacks left out, by plain Python."""
    from year_answers import answers_of, compared

    from nhipcau.access import system
    from nhipcau.network.models import Organisation
    from nhipcau.network.sample_nation import sample_nation
    from nhipcau.reporting.national_figures import figures_of

    nation = sample_nation()
    with system("bench"):
        keys = dict(Organisation.objects.values_list("slug", "pk"))
        sections = figures_of(issued)
    eve, day = SEASONS[0].due, SEASONS[3].due
    there = [row.slug for row in nation.bodies if row.valid_from <= eve <= (row.valid_to or eve)]
    into = {keys[slug]: {keys[heir] for heir in heirs(nation, slug, eve, day)} for slug in there}
    years = [{office: answers_of(*given) for office, given in year.last[number].items()} for number in (0, 3)]
    for _section, totals in sections:
        for total in totals:
            had, has = (
                {
                    office: answer.number
                    for office, given in answers.items()
                    if (answer := given.figure(total.item.key)).number is not None
                }
                for answers in years
            )
            now, before = compared(has, had, into)
            said = (total.compared.now or Decimal(0), total.compared.before or Decimal(0)) if total.compared else None
            year.expect(f"{total.item.key}, this year and the year before", said=said, right=(now, before))
            year.counted["figures compared"] += 1


def measure() -> dict[str, Any]:
    """Play the year on the database that the environment names, and check it."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "nhipcau.config.settings"
    import django

    django.setup()
    from django.utils import timezone, translation

    from nhipcau.access import opened, system
    from nhipcau.accounts.queries import access_for
    from nhipcau.reporting.models import NationalReport, Seal
    from nhipcau.reporting.sealed import verify

    translation.activate("vi")
    clock = Clock()
    timezone.now = clock.now  # type: ignore[assignment]
    year = Year(clock)
    with year.measured("before: tables, nation, people"):
        prepare(year)
        ministry = coordinating()
        version = form_of(ministry.office)
    began, worked = time.perf_counter(), time.process_time()
    issued = []
    for number, season in enumerate(SEASONS):
        campaign = open_season(year, ministry, version, season, number)
        year.campaigns.append(campaign)
        play(year, ministry, campaign, season, number)
        issued.append(consolidate(year, ministry, campaign, season))
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    with year.measured("after: checks"):
        for number, (season, campaign) in enumerate(zip(SEASONS, year.campaigns, strict=True)):
            check_owing(year, ministry, campaign, season)
            with opened(access_for(ministry.coordinator)):
                shown = NationalReport.objects.get(pk=issued[number].pk)
                check_sums(year, shown, shown.campaign, number)
                year.counted["sentences"] += shown.sentences.count()
                check_late(year, shown.campaign, season, number)
                if number == len(SEASONS) - 1:
                    check_change(year, shown)
                    check_league(year, shown.campaign, number)
        with system("bench"):
            for seal in Seal.objects.all():
                found = verify(seal)
                year.expect(f"seal {seal.pk}", said=(found.whole, found.recorded), right=(True, seal.hash))
                year.counted["seals whole after the year"] += found.whole
    return {
        "seconds": seconds,
        "processor_seconds": processor,
        "parts": dict(year.spent),
        "counted": dict(year.counted),
        "faults": year.faults[:20],
        "fault_count": len(year.faults),
    }


def main() -> None:
    """Play the year and say whether the bar holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", help="not needed")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["NHIPCAU_HOME"] = home
        os.environ.pop("DATABASE_URL", None) if asked.database == "sqlite" else None
        if asked.database == "postgres" and "DATABASE_URL" not in os.environ:
            import atexit

            sys.path.insert(0, str(ROOT))
            from tests.support import postgres

            os.environ["DATABASE_URL"] = postgres.start(at_exit=atexit.register)
        found = measure()
    print(f"A whole year on {asked.database}:")
    for name, seconds in sorted(found["parts"].items(), key=lambda pair: -pair[1]):
        print(f"  {name:28} {seconds:8.1f} s")
    for name, number in found["counted"].items():
        print(f"  {name:28} {number:8,}")
    for fault in found["faults"]:
        print(f"  WRONG {fault[:400]}")
    holds = found["seconds"] < MOST_SECONDS and not found["fault_count"]
    print(f"  {found['processor_seconds']:.0f} s of the processor")
    print(f"  {found['seconds']:.0f} s of at most {MOST_SECONDS:.0f} s, {found['fault_count']} faults")
    print(json.dumps({"bench": "year", "database": asked.database, "holds": holds, **found}, ensure_ascii=False))
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
