"""Completeness and timeliness, by hand: the worked example of docs/explanation/reports.md."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.network.domain.successions import merge_organisations
from nhipcau.network.rows import NameRow, OrganisationRow
from nhipcau.reporting.league import earlier, league
from nhipcau.reporting.models import Campaign, Report
from nhipcau.reporting.queries.campaigns import reports_of_campaign
from tests.support.people import ACTOR, make_office, make_person
from tests.support.reporting import make_campaign

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

KIND = "border_command"
MERGED, BEFORE, DUE = date(2025, 7, 1), date(2024, 11, 30), date(2025, 11, 30)


def came(report, day):
    """Received at nine in the morning of a day."""
    at = timezone.make_aware(datetime.combine(day, time(9)))
    Report.objects.filter(pk=report.pk).update(state="submitted", received_at=at, first_received_at=at)


@pytest.fixture
def later(as_system):
    """North on time and South late the year before; they merge; New on time, West late, East came up and is missing."""
    north, south, _west = (make_office(slug=name, kind=KIND) for name in ("north", "south", "west"))
    before = make_campaign(
        classes={KIND: None}, begin=date(2023, 12, 15), end=date(2024, 12, 14), figures_as_of=BEFORE, due_on=BEFORE
    )
    for name, day in (("north", BEFORE), ("south", BEFORE + timedelta(days=2)), ("west", BEFORE)):
        came(Report.objects.get(campaign=before, organisation__slug=name), day)
    names = (NameRow(name_vi="Chỉ huy mới", name_en="New", valid_from=MERGED),)
    row = OrganisationRow(slug="new", kind=KIND, names=names, valid_from=MERGED, sample=True)
    merge_organisations(actor=ACTOR, members=[north, south], into=row, day=MERGED, source="test")
    make_office(slug="east", kind=KIND, valid_from=date(2025, 10, 1))
    campaign = make_campaign(
        before.organisation,
        classes={KIND: None},
        begin=date(2024, 12, 15),
        end=date(2025, 12, 14),
        figures_as_of=date(2025, 11, 15),
        due_on=DUE,
        compared_with=before,
    )
    came(Report.objects.get(campaign=campaign, organisation__slug="new"), DUE)
    came(Report.objects.get(campaign=campaign, organisation__slug="west"), DUE + timedelta(days=5))
    return Campaign.objects.get(pk=campaign.pk)


def test_the_league_counts_what_first_came_in_on_time(later):
    reports = list(reports_of_campaign(later))
    (row,) = league(reports, earlier(later, reports))
    assert (row.now.owed, row.now.arrived, row.now.on_time, row.now.late, row.now.missing) == (3, 2, 1, 1, 1)
    assert (row.now.completeness, row.now.timeliness) == (Decimal("66.7"), Decimal("33.3"))
    assert (row.before.owed, row.before.on_time) == (3, 2)
    assert row.change == Decimal("33.3") - Decimal("66.7")


def test_successors_add_up_their_members_and_who_has_none_is_named(later):
    reports = list(reports_of_campaign(later))
    found = earlier(later, reports)
    by_slug = {report.organisation.slug: found.by_office.get(report.organisation_id) for report in reports}
    assert (by_slug["new"].on_time, by_slug["new"].owed) == (1, 2)
    assert (by_slug["west"].on_time, by_slug["west"].owed) == (1, 1)
    assert [report.organisation.slug for report in found.fresh] == ["east"]
    assert (found.divided, found.ended) == ([], [])


def test_the_screen_of_the_league_says_it_and_goes_as_a_file(later, signed_in_client):
    with access.system("test"):
        coordinator = make_person(office=later.organisation, roles=["coordinator"], language="en")
    client, url = signed_in_client(coordinator), f"/dot-bao-cao/{later.pk}/xep-hang/"
    page = client.get(url).text
    assert "33.3 % on time, 66.7 % come in" in re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL).group(1)
    assert "1 of 2 on time" in page
    assert "nobody to compare with" in page
    assert "5 days late" in page


def test_the_board_has_a_column_for_each_standing(later, signed_in_client):
    with access.system("test"):
        coordinator = make_person(office=later.organisation, roles=["coordinator"], language="en")
    page = signed_in_client(coordinator).get(f"/dot-bao-cao/{later.pk}/bang/?kind={KIND}").text
    assert re.findall(r'id="column-(\w+)"', page) == ["overdue", "submitted"]
    assert page.count('class="board-card"') == 3


@pytest.mark.parametrize("view", ["xep-hang", "bang"])
def test_an_office_that_reports_does_not_see_how_others_do(later, view, signed_in_client):
    with access.system("test"):
        office = Report.objects.filter(campaign=later).first().organisation
        writer = make_person(office=office, roles=["drafter"])
    assert signed_in_client(writer).get(f"/dot-bao-cao/{later.pk}/{view}/").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_league_and_board_ask_as_often_for_three_rows(number, signed_in_client, django_assert_num_queries):
    with access.system("test"):
        above = make_office()
        before = make_campaign(above, offices=[make_office() for _ in range(number)])
        offices = list(before.offices.values_list("organisation", flat=True))
        assert len(offices) == number
        campaign = make_campaign(
            above, offices=[row.organisation for row in before.offices.all()], compared_with=before
        )
        coordinator = make_person(office=above, roles=["coordinator"])
    client = signed_in_client(coordinator)
    for view, queries in (("xep-hang", 24), ("bang", 13)):
        url = f"/dot-bao-cao/{campaign.pk}/{view}/"
        client.get(url)
        with django_assert_num_queries(queries):
            assert client.get(url).status_code == 200
