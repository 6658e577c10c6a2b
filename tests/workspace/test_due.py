from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from nhipcau.workspace import due
from nhipcau.workspace.due import DueItem, due_from

NOW = datetime(2026, 11, 25, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def providers(monkeypatch):
    monkeypatch.setattr(due, "_PROVIDERS", {})


def item(title, when):
    return DueItem(title=title, url="/", due=when)


def test_everything_due_is_merged_late_first_then_by_time():
    due.register(
        "b.things", lambda access, at: [item("tomorrow", date(2026, 11, 26)), item("late", date(2026, 11, 20))]
    )
    due.register("a.things", lambda access, at: [item("soon", datetime(2026, 11, 25, 6, tzinfo=UTC))])
    found = due_from(SimpleNamespace(), NOW)
    assert [(each.title, each.late(NOW)) for each in found] == [("late", True), ("soon", False), ("tomorrow", False)]


def test_day_is_due_until_its_end_in_hanoi():
    assert not item("x", date(2026, 11, 25)).late(datetime(2026, 11, 25, 16, 59, tzinfo=UTC))
    assert item("x", date(2026, 11, 25)).late(datetime(2026, 11, 25, 17, tzinfo=UTC))


def test_room_that_is_not_there_is_simply_absent():
    assert list(due_from(SimpleNamespace(), NOW)) == []


def test_two_providers_of_one_name_are_refused():
    due.register("a.things", lambda access, at: [])
    with pytest.raises(ValueError, match=r"a\.things"):
        due.register("a.things", lambda access, at: [])
