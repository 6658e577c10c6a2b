"""The example of docs/explanation/consolidation.md, read from there and played through the program."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone, translation

from nhipcau.documents.forms import Answers, Axis, Choice, FigureAnswer, FigureItem, Form, Section
from nhipcau.network.domain.changes import close_organisation
from nhipcau.network.domain.successions import merge_organisations
from nhipcau.network.models import Organisation
from nhipcau.network.rows import NameRow, OrganisationRow
from nhipcau.reporting.models import Campaign, Report
from nhipcau.reporting.national_figures import figures_of, units_of, values_of
from nhipcau.reporting.plain_words import change_of, change_words
from nhipcau.reporting.queries.national import inputs_of
from nhipcau.reporting.timeliness import came_late
from tests.support.national import make_national
from tests.support.people import ACTOR, make_office, make_person
from tests.support.reporting import bring, make_campaign, make_form

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long, pytest.mark.usefixtures("as_system")]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "consolidation.md"
FORM = Form(
    key="vi_du",
    version=1,
    title="Ví dụ",
    axes=(
        Axis(key="language", label="Ngôn ngữ", choices=(Choice(key="vi", label="Việt"), Choice(key="en", label="Anh"))),
    ),
    sections=(
        Section(
            key="one",
            number="I",
            title="Kết quả",
            items=(FigureItem(key="items", label="Tin, bài", unit="bài", axes=("language",)),),
        ),
    ),
)
UNITS = {"B": "18", "C": "27", "D": "5"}


def table(heading):
    """The rows of the table under a heading of the page, as texts."""
    part = PAGE.read_text().split(f"### {heading}\n")[1].split("\n### ")[0]
    rows = [line.strip("| ").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def at(monkeypatch, day, hour=9):
    moment = datetime(day.year, day.month, day.day, hour - 7, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def played(monkeypatch):
    """Offices by letter, the campaigns by year, and their national reports."""
    at(monkeypatch, date(2024, 10, 1))
    above = make_office("Bộ Mẫu")
    kind = {"kind": "peoples_committee"}
    offices = {letter: make_office(f"Tỉnh {letter}", **kind) for letter in "ABCF"}
    form, coordinator = make_form(above, form=FORM), make_person(office=above, roles=["coordinator"])
    asked = {"classes": {"peoples_committee": None}, "form": form, "coordinator": coordinator}
    campaigns, nationals = {}, {}
    for year in (2024, 2025):
        at(monkeypatch, date(year, 10, 1))
        if year == 2025:
            merged = OrganisationRow(
                slug="tinh-d",
                kind="peoples_committee",
                names=(NameRow(name_vi="Tỉnh D", name_en="Tỉnh D", valid_from=date(2025, 7, 1)),),
                valid_from=date(2025, 7, 1),
                sample=True,
                source="test",
                confidence="high",
            )
            both = [Organisation.objects.get(pk=offices[letter].pk) for letter in "BC"]
            merge_organisations(actor=ACTOR, members=both, into=merged, day=date(2025, 7, 1), source="test")
            offices["D"] = Organisation.objects.get(slug="tinh-d")
            close_organisation(actor=ACTOR, organisation=offices["F"], last_day=date(2025, 7, 31))
            offices["E"] = make_office("Tỉnh E", **kind, valid_from=date(2025, 9, 1))
        campaigns[year] = make_campaign(
            above,
            begin=date(year - 1, 12, 15),
            end=date(year, 12, 14),
            figures_as_of=date(year, 11, 15),
            due_on=date(year, 11, 30),
            compared_with=campaigns.get(year - 1),
            estimate="by_office",
            **asked,
        )
        for said, letter, items, estimated, vi, en, received in table("What they answered"):
            if int(said) == year:
                report = Report.objects.get(campaign=campaigns[year], organisation=offices[letter])
                by = {"language": {"vi": vi, "en": en}}
                if report.parts.exists():
                    by["unit"] = {str(offices[unit].pk): value for unit, value in UNITS.items()}
                figure = FigureAnswer(value=items, estimate=estimated.replace("0", ""), by=by)
                at(monkeypatch, date.fromisoformat(received))
                bring(report, "accepted", answers=Answers(figures={"items": figure}))
        at(monkeypatch, date(year, 12, 20))
        nationals[year] = make_national(Campaign.objects.get(pk=campaigns[year].pk), coordinator=coordinator)
    return offices, campaigns, nationals


def test_example_comes_out_as_it_is_worked_out_by_hand(played):
    offices, campaigns, nationals = played
    named = {office.pk: letter for letter, office in offices.items()}

    # Who owes what.
    for letter, _exists, *years in table("Who owes what"):
        for year, said in zip((2024, 2025), years, strict=True):
            report = Report.objects.filter(campaign=campaigns[year], organisation=offices.get(letter)).first()
            assert (letter, year, report is not None) == (letter, year, said.startswith("owes"))
    parts = Report.objects.get(campaign=campaigns[2025], organisation=offices["D"]).parts
    assert sorted(named[part.organisation_id] for part in parts.all()) == ["B", "C"]

    # The sums.
    for year, items, estimated, vi, en in table("The sums"):
        ((_section, (total,)),) = figures_of(nationals[int(year)])
        assert (total.summed.value, total.summed.estimated) == (Decimal(items), Decimal(estimated))
        assert {part.choice: part.summed.value for part in total.parts} == {"vi": Decimal(vi), "en": Decimal(en)}
    national = nationals[2025]
    assert {named[key]: str(value) for key, value in units_of(inputs_of(national), "items").items()} == UNITS

    # The year before.
    rows, compared = values_of(national.campaign, inputs_of(national), ("items", "", ""))
    found = {named[row.standing.organisation_id]: (row.value, row.before) for row in rows}
    with translation.override("vi"):
        for letter, now, before, change in table("The year before"):
            if letter == "together":
                assert (compared.now, compared.before) == (Decimal(now), Decimal(before))
                # E and F are left out, so the change bears its star.
                assert change_words(compared) == f"{change}*"
            else:
                assert found[letter] == (Decimal(now), Decimal(before))
                assert change_of(*found[letter]) == change
    assert found["E"] == (4, None)
    assert [named[key] for key in compared.without] == ["E"]
    assert {named[key]: value for key, value in compared.gone.items()} == {"F": 8}

    # Who was on time.
    for year, owed, on_time, late in table("Who was on time"):
        reports = Report.objects.filter(campaign=campaigns[int(year)]).select_related("organisation")
        assert [named[row.organisation_id] for row in reports if came_late(row)] == re.findall(r"\w", late)
        assert (len(reports), sum(not came_late(row) for row in reports)) == (int(owed), int(on_time))
