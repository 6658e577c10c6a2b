from decimal import Decimal

import pytest

from nhipcau import access
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.accounts.queries import access_for
from nhipcau.documents.forms import FigureItem, Section
from nhipcau.documents.forms.flat import Clash, flatten
from nhipcau.programme import figures
from nhipcau.programme.figures import Figure, Offer, Source
from nhipcau.reporting.domain.pulling import pull_figures
from nhipcau.reporting.domain.writing import DRAFT, write_fields
from nhipcau.reporting.models import Report
from nhipcau.reporting.queries.reports import form_of
from nhipcau.workspace.domain.errors import WrongStateError
from nhipcau.workspace.domain.writing import unsaved
from tests.support.people import make_office, make_person
from tests.support.reporting import make_answers, make_campaign, make_form, make_plain_form, make_report

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]


@pytest.fixture
def desk(as_system):
    """A report that was saved once, and two people who write for its office."""
    office = make_office()
    report = make_report(office, state="draft")
    return report, [make_person(office=office, roles=["drafter"]) for _ in range(2)]


def write(person, report, fields, version):
    with access.opened(access_for(person)):
        return write_fields(actor=person, report=Report.objects.get(pk=report.pk), fields=fields, version=version)


def test_what_two_people_write_at_once_is_joined(desk):
    report, (first, second) = desk
    write(first, report, {"texts.direction": "Của người thứ nhất", "figures.items": "12"}, 1)
    written = write(second, report, {"texts.direction": make_answers().texts["direction"], "figures.items": "20"}, 1)
    assert (written.draft.version, written.clashes) == (3, [])
    assert written.fields["texts.direction"] == "Của người thứ nhất"
    assert written.fields["figures.items"] == "20"


def test_where_both_changed_a_field_theirs_stands_and_mine_is_kept_for_me(desk):
    report, (first, second) = desk
    write(first, report, {"figures.items": "13"}, 1)
    written = write(second, report, {"figures.items": "14"}, 1)
    assert written.clashes == [Clash("figures.items", "13", "14")]
    assert (written.fields["figures.items"], written.draft.version) == ("13", 2)
    with access.opened(access_for(second)):
        kept = unsaved(second, object_type=DRAFT, target=Report.objects.get(pk=report.pk).draft)
        assert kept.values == {"figures.items": ["14"]}


def test_the_same_again_makes_no_version(desk):
    report, (first, _second) = desk
    assert write(first, report, flatten(make_answers()), 1).draft.version == 1


def test_only_the_office_writes_and_only_while_it_is_written(desk):
    report, (first, _second) = desk
    with access.system("test"):
        above = make_person(office=report.campaign.organisation, roles=["coordinator", "drafter"])
        submitted = make_report(report.organisation, state="submitted")
    with pytest.raises(PermissionDeniedError):
        write(above, report, {"figures.items": "1"}, 1)
    with pytest.raises(WrongStateError):
        write(first, submitted, {"figures.items": "1"}, 1)


@pytest.fixture
def offered(monkeypatch):
    """A room that has counted something."""
    counted = {"value": Decimal(5), "by": {"language": {"en": Decimal(3), "sw": Decimal(2)}}}

    def count(asked):
        return Figure(**counted, sources=[Source(label=f"{asked.begin} – {asked.end}", url="/x/")])

    monkeypatch.setitem(figures._OFFERS, "test.items", Offer(key="test.items", title="Thử", count=count))
    return counted


def pull(person, report):
    with access.opened(access_for(person)):
        row = Report.objects.get(pk=report.pk)
        return pull_figures(actor=person, report=row, form=form_of(row), version=row.draft.version).fields


@pytest.fixture
def pulling(as_system, offered):
    office = make_office()
    plain = make_plain_form()
    axis = plain.axes[0]
    axes = (
        type(axis)(
            key="language", label="Ngôn ngữ", choices=(*axis.choices, type(axis.choices[0])(key="other", label="Khác"))
        ),
    )
    item = FigureItem(key="items", label="Tin", axes=("language",), source="test.items")
    form = make_plain_form(axes=axes, rules=(), sections=(Section(key="one", number="I", title="", items=(item,)),))
    above = make_office()
    campaign = make_campaign(above, offices=[office], form=make_form(above, form=form))
    return make_report(office, campaign=campaign), make_person(office=office, roles=["drafter"])


def test_figures_of_the_desk_come_with_their_sources(pulling, offered):
    report, person = pulling
    fields = pull(person, report)
    assert fields["figures.items"] == "5"
    assert {path: text for path, text in fields.items() if ".language." in path} == {
        "figures.items.language.en": "3",
        "figures.items.language.other": "2",
    }
    assert '"/x/"' in fields["figures.items.pulled"]
    offered["value"], offered["by"] = Decimal(6), {}
    assert pull(person, report)["figures.items"] == "6"


def test_figure_that_was_typed_stays_beside_what_the_desk_counted(pulling):
    report, person = pulling
    write(person, report, {"figures.items": "9"}, 0)
    fields = pull(person, report)
    assert fields["figures.items"] == "9"
    assert '"value": "5"' in fields["figures.items.pulled"]
