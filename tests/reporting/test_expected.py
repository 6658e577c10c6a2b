"""Who owes a report: the map of the due day, and what becomes of units that end on the way."""

from datetime import date, timedelta

import pytest

from nhipcau.documents.forms import FigureAnswer
from nhipcau.network.domain.changes import close_organisation
from nhipcau.network.domain.successions import merge_organisations
from nhipcau.network.models import Organisation, OrganisationClass
from nhipcau.network.rows import NameRow, OrganisationRow
from nhipcau.reporting.domain.expected import renew_expected
from nhipcau.reporting.models import Report, ReportDraft, ReportPart, Value
from nhipcau.reporting.queries.owing import Addressees, owing
from nhipcau.reporting.queries.reports import form_of
from tests.support.people import ACTOR, make_office
from tests.support.reporting import bring, make_answers, make_campaign

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

KIND = "border_command"
MERGED = date(2025, 7, 1)
BEGIN, DUE = date(2024, 12, 15), date(2025, 11, 30)


def make_command(**fields):
    return make_office(kind=KIND, **fields)


def merge(members, into=None, *, day=MERGED):
    """A new command out of old ones, or one that takes in others."""
    names = (NameRow(name_vi="Bộ chỉ huy Mẫu mới", name_en="New Sample Command", valid_from=day),)
    row = into or OrganisationRow(slug="new-command", kind=KIND, names=names, valid_from=day, sample=True)
    return merge_organisations(actor=ACTOR, members=members, into=row, day=day, source="test")


def asked(**fields):
    return Addressees(**{"begin": BEGIN, "due_on": DUE, "sample": True, "classes": {KIND: None}} | fields)


def by_name(found):
    names = dict(Organisation.objects.values_list("pk", "slug"))
    return {names[pk]: [names[unit] for unit in row.parts] for pk, row in found.reports.items()}


def test_whoever_exists_on_the_due_day_owes_and_speaks_for_the_units_it_came_from(as_system):
    north, south, stays = make_command(), make_command(), make_command()
    new = merge([north, south])
    found = owing(asked())
    assert by_name(found) == {stays.slug: [], new.slug: [north.slug, south.slug]}
    assert found.heirs == {north.pk: new.pk, south.pk: new.pk}


def test_units_that_ended_before_the_period_are_no_part_of_it(as_system):
    north, south = make_command(), make_command()
    new = merge([north, south])
    assert by_name(owing(asked(begin=MERGED))) == {new.slug: []}


def test_before_the_merger_the_old_units_owe(as_system):
    north, south = make_command(), make_command()
    merge([north, south])
    assert by_name(owing(asked(due_on=date(2025, 6, 30)))) == {north.slug: [], south.slug: []}


def test_whoever_takes_in_another_speaks_for_both(as_system):
    north, south = make_command(), make_command()
    merge([north, south], north)
    assert by_name(owing(asked())) == {north.slug: [south.slug]}


def test_a_merger_of_mergers_keeps_every_unit_of_the_period(as_system):
    one, two, three = make_command(), make_command(), make_command()
    merge([one, two], one, day=date(2025, 3, 1))
    new = merge([one, three])
    assert by_name(owing(asked())) == {new.slug: [one.slug, two.slug, three.slug]}


def test_classes_have_days_of_their_own_and_offices_come_and_go_by_name(as_system):
    command, other, ministry, left = make_command(), make_office(), make_office(), make_command()
    day = date(2025, 12, 10)
    found = owing(asked(classes={KIND: day}, named={ministry.pk: None}, left_out=frozenset({left.pk})))
    assert {pk: row.due_on for pk, row in found.reports.items()} == {command.pk: day, ministry.pk: DUE}
    assert other.pk not in found.reports


def test_an_office_of_two_classes_is_asked_by_its_main_one(as_system):
    office = make_command()
    OrganisationClass.objects.create(
        organisation=office, kind="external_press", main=False, valid_from=date(2020, 1, 1), confidence="high"
    )
    both = owing(asked(classes={"external_press": None, KIND: None}))
    assert [row.kind for row in both.reports.values()] == [KIND]
    assert [row.kind for row in owing(asked(classes={"external_press": None})).reports.values()] == ["external_press"]


def test_real_offices_are_not_asked_with_sample_ones(as_system):
    real = make_command(sample=False)
    assert by_name(owing(asked(sample=False))) == {real.slug: []}


@pytest.fixture
def campaign(as_system):
    """A campaign that asks two commands, opened before anybody knows that they will merge."""
    for _ in range(2):
        make_command()
    return make_campaign(
        classes={KIND: None}, begin=BEGIN, end=date(2025, 12, 14), figures_as_of=date(2025, 11, 15), due_on=DUE
    )


def renew(campaign, on=DUE):
    return renew_expected(actor=ACTOR, campaign=campaign, on=on)


def test_what_an_old_unit_had_begun_goes_on_in_the_report_of_its_successor(campaign):
    north, south = Report.objects.filter(campaign=campaign).order_by("pk")
    bring(north, "draft")
    new = merge([north.organisation, south.organisation])
    renewed = renew(campaign)
    heir = Report.objects.get(campaign=campaign, organisation=new)
    assert [report.pk for report in renewed.created] == [heir.pk]
    assert set(Report.objects.exclude(pk=heir.pk).values_list("state", "handed_over_to")) == {("handed_over", heir.pk)}
    draft = ReportDraft.objects.get(report=heir)
    assert draft.plain.figure("items").by == {"unit": {str(north.organisation_id): "12"}}
    assert draft.plain.figure("items").value == ""
    assert draft.drafter_ids() == frozenset()
    form = form_of(heir)
    assert form.figures["items"].axes == ("language", "channel", "unit")
    units = [north.organisation_id, south.organisation_id, new.pk]
    assert [choice.key for choice in form.axis["unit"].choices] == [str(pk) for pk in units]
    assert not any(renew(campaign))


def test_numbers_of_an_old_unit_stay_its_own(campaign):
    north, south = Report.objects.filter(campaign=campaign).order_by("pk")
    merge([north.organisation, south.organisation])
    renew(campaign)
    heir = Report.objects.get(campaign=campaign, state="open")
    units = {str(north.organisation_id): "5", str(south.organisation_id): "4", str(heir.organisation_id): "3"}
    bring(heir, "submitted", answers=make_answers(figures={"items": FigureAnswer(value="12", by={"unit": units})}))
    stored = Value.objects.filter(axis="unit").order_by("value").values_list("organisation", "value")
    assert list(stored) == [(heir.organisation_id, 3), (south.organisation_id, 4), (north.organisation_id, 5)]


def test_a_report_of_an_office_that_closed_is_not_owed_any_more(campaign):
    report = Report.objects.filter(campaign=campaign).first()
    close_organisation(actor=ACTOR, organisation=report.organisation, last_day=MERGED, reason="test")
    renewed = renew(campaign)
    assert [one.pk for one in renewed.released] == [report.pk]
    report.refresh_from_db()
    assert report.state == "released"


def test_an_office_that_came_up_owes_from_then_on(campaign):
    created = make_command(valid_from=date(2025, 10, 1))
    assert [report.organisation_id for report in renew(campaign).created] == [created.pk]


def test_what_came_in_stays_where_the_office_ends_after_the_due_day(campaign):
    came, late = Report.objects.filter(campaign=campaign).order_by("pk")
    bring(came, "submitted")
    day = DUE + timedelta(days=10)
    new = merge([came.organisation, late.organisation], day=day)
    renew(campaign, on=day + timedelta(days=1))
    came.refresh_from_db()
    late.refresh_from_db()
    heir = Report.objects.get(organisation=new)
    assert (came.state, late.state, late.handed_over_to) == ("submitted", "handed_over", heir)
    assert list(ReportPart.objects.filter(report=heir).values_list("organisation", flat=True)) == [late.organisation_id]
