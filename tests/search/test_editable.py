"""An index whose rows change: the names of offices, the texts of letters."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau import search
from nhipcau.search.index import NotInTransactionError, empty_index
from nhipcau.search.operations import CreateIndex
from tests.support.shelf.models import Shelf

pytestmark = pytest.mark.both_databases


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def indexed(as_system):
    """The shelves have an editable index for the length of the test."""
    operation = CreateIndex("Shelf", editable=True)
    state = SimpleNamespace(apps=apps)
    editor = SimpleNamespace(connection=connection, execute=run)
    operation.database_forwards("shelf", editor, state, state)
    yield
    operation.database_backwards("shelf", editor, state, state)


def put(shelf, name):
    shelf.name = name
    shelf.save()
    search.update_index(Shelf, [(shelf.pk, (name,))])


def found(text, **options):
    return [shelf.name for shelf in search.matching(Shelf.objects.order_by("pk"), text, **options)]


def test_row_is_found_by_its_new_text_and_no_longer_by_its_old_one(indexed):
    other, shelf = Shelf.objects.create(), Shelf.objects.create()
    put(other, "Sở Văn hóa")
    put(shelf, "Sở Thông tin và Truyền thông")
    put(shelf, "Sở Văn hóa, Thể thao và Du lịch")

    assert found("truyen thong") == []
    assert found("van hoa") == ["Sở Văn hóa", "Sở Văn hóa, Thể thao và Du lịch"]
    assert found("du lịch", exact=True) == ["Sở Văn hóa, Thể thao và Du lịch"]
    assert found("du lich", exact=True) == []


def test_row_taken_out_is_not_found_and_may_come_back(indexed):
    shelf = Shelf.objects.create()
    put(shelf, "Hội hữu nghị")
    search.remove_from_index(Shelf, [shelf.pk])
    assert found("huu nghi") == found("hữu nghị", exact=True) == []

    put(shelf, "Hội hữu nghị")
    assert found("huu nghi") == found("hữu nghị", exact=True) == ["Hội hữu nghị"]


def test_emptied_index_that_keeps_its_words_takes_them_again(indexed):
    shelf = Shelf.objects.create()
    put(shelf, "Hội hữu nghị")
    empty_index(Shelf)
    assert found("huu nghi") == []

    put(shelf, "Hội hữu nghị")
    assert found("huu nghi") == ["Hội hữu nghị"]


def test_index_agrees_with_the_rows_after_any_changes(indexed):
    shelves = [Shelf.objects.create(name="") for _ in range(3)]
    names = ("Bộ Công Thương", "bo cong", "công bố", "越南", "")

    @settings(max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.sampled_from(shelves), st.sampled_from(names)), min_size=1, max_size=6))
    def agrees(changes):
        for shelf, name in changes:
            put(shelf, name)
        for text in ("bo", "cong", "cong bo", "越南"):
            assert found(text) == [s.name for s in Shelf.objects.order_by("pk") if says(s.name, text, "folded")]
            kept = [s.name for s in Shelf.objects.order_by("pk") if says(s.name, text, "exact")]
            assert found(text, exact=True) == kept

    agrees()


def says(name, text, form):
    words = search.words.words(name, form)
    return all(
        phrase in zip(*(words[n:] for n in range(len(phrase))), strict=False)
        for phrase in search.parse(text, form).phrases
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [search.update_index, search.remove_from_index])
def test_change_is_refused_outside_a_transaction(change):
    assert not connection.in_atomic_block
    with pytest.raises(NotInTransactionError):
        change(Shelf, [(1, ("a",))] if change is search.update_index else [1])
