from datetime import date

import pytest

from nhipcau.documents.importing import ImportRow, importer
from nhipcau.law.models import WorkingDayOverride
from tests.support.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def owner(as_system):
    return make_person(is_system_owner=True)


def row(number, day, **changes):
    given = {"day": day, "working": "off", "name": "Nghỉ Tết", "basis": "Thông báo mẫu", "source": None}
    return ImportRow(number=number, values=given | changes)


def take(actor, *rows):
    return importer("law.working_days").take(actor=actor, rows=rows)


def test_import_enters_changes_and_leaves_as_it_was(owner):
    first, second = date(2027, 2, 4), date(2027, 2, 13)
    done = take(owner, row(2, first), row(3, second, working="worked", name="Làm bù"))
    assert [(one.row, one.action) for one in done.outcomes] == [(2, "create"), (3, "create")]
    assert list(WorkingDayOverride.objects.values_list("day", "working")) == [(first, False), (second, True)]

    done = take(owner, row(2, first), row(3, second, working="worked", name="Đi làm bù"))
    assert [(one.action, list(one.changes.values())) for one in done.outcomes] == [
        ("same", []),
        ("change", [("Làm bù", "Đi làm bù")]),
    ]


def test_import_names_every_row_that_cannot_be(owner):
    done = take(owner, row(2, date(2100, 1, 1)), row(3, date(2027, 2, 4)), row(4, date(2027, 2, 5), name=" "))
    assert [(problem.row, bool(problem.sentence)) for problem in done.problems] == [(2, True), (4, True)]
    assert [one.row for one in done.outcomes] == [3]


def test_import_is_offered_to_whoever_may(owner):
    assert importer("law.working_days").may(owner)
    assert not importer("law.working_days").may(make_person())
