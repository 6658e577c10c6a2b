"""What happened to an object, for whoever may see the object."""

from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from nhipcau.access import NoAccessOpenError, SystemActor, opened, system
from nhipcau.audit.domain.record import record
from nhipcau.audit.queries import history_of
from tests.support.people import make_office
from tests.support.shelf.models import Loan
from tests.support.shelf.rows import OURS, THEIRS, make_rows, of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("worker")


class Target:
    """Something with a key in some table."""

    def __init__(self, pk, label):
        self.pk = pk
        self._meta = SimpleNamespace(label_lower=label)


@pytest.fixture
def worlds(two_offices):
    """An owned row of each office, with one entry of the history more than what made it."""
    with system("test"), transaction.atomic():
        for side in (two_offices.ours, two_offices.theirs):
            side.row = side.drafter.memberships.get()
            record(
                actor=side.administrator,
                verb="accounts.end_membership",
                target=side.row,
                organisation=side.office,
                payload={"valid_to": [None, "2026-11-25"], "organisation": [None, side.office.pk]},
                reason=f"secret of {side.office}",
                deputy_of=side.drafter.actor_id,
            )
    return two_offices


def test_history_is_told_to_whoever_sees_the_object(worlds, opened_for):
    ours = worlds.ours
    with opened_for(ours.drafter), translation.override("en"):
        last, first = history_of(ours.row).lines

    assert (last.who, last.in_name_of, last.what) == (ours.administrator.name, ours.drafter.name, "ended the role")
    assert [(c.name, c.before, c.after) for c in last.changes] == [
        ("Organisation", "–", ours.office.name_en),
        ("Until, that day included", "–", "25 Nov 2026"),
    ]
    assert last.entry.reason == f"secret of {ours.office}"
    assert first.what == "gave the role"
    assert [(told.name, told.value) for told in first.told] == [
        ("Person", ours.drafter.name),
        ("Role", "Drafter"),
        ("From", "1 Jan 2020"),
        ("Until, that day included", "–"),
    ]


def test_history_is_told_in_vietnamese(worlds, opened_for):
    with opened_for(worlds.ours.drafter), translation.override("vi"):
        last, first = history_of(worlds.ours.row).lines

    assert [change.name for change in last.changes] == ["Cơ quan", "Đến hết ngày"]
    assert (last.what, last.changes[1].after) == ("cho thôi giữ vai trò", "25/11/2026")
    assert first.who == "Nhịp Cầu (test)"


def test_history_of_a_hidden_object_is_empty(worlds, opened_for):
    with opened_for(worlds.ours.administrator):
        assert history_of(worlds.theirs.row).lines == []
    with opened_for(worlds.theirs.administrator):
        assert len(history_of(worlds.theirs.row).lines) == 2


def test_part_that_the_reader_may_not_see_is_left_out(worlds, opened_for):
    with opened_for(worlds.ours.administrator):
        told = history_of(worlds.ours.row, worlds.theirs.row).lines

    assert {line.entry.object_id for line in told} == {str(worlds.ours.row.pk)}


def test_history_is_of_exactly_this_object(as_system):
    office = make_office()
    with transaction.atomic():
        # The same key in another table, and a key that begins alike.
        record(actor=ACTOR, verb="accounts.set_password", target=Target(office.pk, "accounts.person"))
        record(actor=ACTOR, verb="network.change_organisation", target=Target(f"{office.pk}0", "network.organisation"))

    assert [line.entry.verb for line in history_of(office).lines] == ["network.create_organisation"]


def test_history_needs_an_access(as_system, two_offices):
    from nhipcau.access.opened import _open

    closed = _open.set(None)
    try:
        with pytest.raises(NoAccessOpenError):
            history_of(two_offices.ours.office)
    finally:
        _open.reset(closed)


def test_object_that_the_reader_may_not_see_is_a_number_in_a_change(db):
    """A changed field of a row that all may read points to a row of another office, whose name stays hidden."""
    rows = make_rows()
    with system("test"), transaction.atomic():
        loan = Loan.objects.get(book=rows["theirs"])
        change = {"book": [rows["ours"].pk, rows["theirs"].pk]}
        record(actor=ACTOR, verb="network.change_organisation", target=loan, payload=change)

    with opened(of(OURS)):
        (change,) = history_of(loan).lines[0].changes
    assert (change.before, change.after) == (str(rows["ours"]), str(rows["theirs"].pk))
    with opened(of(THEIRS)):
        (change,) = history_of(loan).lines[0].changes
    assert (change.before, change.after) == (str(rows["ours"].pk), str(rows["theirs"]))


def test_count_of_what_hangs_on_an_object_is_no_key(as_system):
    """``memberships`` is what the other table calls its way back."""
    office = make_office()
    with transaction.atomic():
        record(actor=ACTOR, verb="network.change_organisation", target=office, payload={"memberships": [1, 2]})

    (change,) = history_of(office).lines[0].changes
    assert (change.before, change.after) == ("1", "2")


def test_history_says_when_there_is_more(as_system):
    office = make_office()
    with transaction.atomic():
        for number in range(3):
            record(actor=ACTOR, verb="network.change_organisation", target=office, payload={"n": number})

    short = history_of(office, limit=3)
    assert ([line.told[0].value for line in short.lines], short.more) == (["2", "1", "0"], True)
    assert len(history_of(office, limit=4).lines) == 4
    assert not history_of(office, limit=4).more
    assert len(history_of(office, limit=None).lines) == 4


@pytest.mark.parametrize("entries", [1, 3])
def test_history_costs_the_same_however_long_it_is(worlds, opened_for, entries):
    with system("test"), transaction.atomic():
        for _ in range(entries):
            record(
                actor=ACTOR,
                verb="accounts.end_membership",
                target=worlds.ours.row,
                payload={"organisation": [None, worlds.ours.office.pk]},
                deputy_of=worlds.ours.drafter.actor_id,
            )
    with (
        opened_for(worlds.ours.drafter),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        history_of(worlds.ours.row)
    # The object, its entries, who was deputised for, the organisations named.
    assert len(asked) == 4


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        ("", "–"),
        (True, "có"),
        (False, "không"),
        (12345, "12.345"),
        ("2026-11-25T11:30:00Z", "25/11/2026 18:30"),
        ({"h": "x", "n": 2}, "h: x; n: 2"),
        ([], "–"),
        (["a", "b", "c"], "a, b, c"),
        (list(range(20)), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 8 giá trị nữa"),
        ("x" * 700, "x" * 600 + "…"),
    ],
)
def test_value_is_told_in_words(as_system, value, said):
    office = make_office()
    with transaction.atomic():
        record(actor=ACTOR, verb="network.change_organisation", target=office, payload={"x": value})

    with translation.override("vi"):
        assert history_of(office).lines[0].told[0].value == said


def test_payload_that_is_no_table_is_told_without_it(as_system):
    office = make_office()
    with transaction.atomic():
        record(actor=ACTOR, verb="network.change_organisation", target=office, payload=["just", "a list"])

    assert (history_of(office).lines[0].told, history_of(office).lines[0].changes) == ((), ())


def test_history_stands_on_the_page_of_its_object(two_offices, signed_in_client):
    from tests.support.articles import make_article

    with system("test"):
        article = make_article("Một bài báo")
        with transaction.atomic():
            record(actor=ACTOR, verb="press.store_articles", target=article, payload={"note": "<b>"})
    page = signed_in_client(two_offices.ours.drafter).get(f"/tin-bai/{article.pk}/").content.decode()

    assert "Nhịp Cầu (tác vụ nền)" in page
    assert "&lt;b&gt;" in page
