"""Every way that Django has to write rows: what an access does not see, it does not change."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from nhipcau.access import AccessError, NoAccessOpenError, opened, system
from nhipcau.access.errors import NotYoursError
from tests.support.shelf.models import Book, Page, Shelf
from tests.support.shelf.rows import OURS, THEIRS, of, titles

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

SAVES = {"save": {}, "forced": {"force_update": True}, "some fields": {"update_fields": ["office"]}}


@pytest.mark.parametrize("how", SAVES.values(), ids=SAVES)
def test_save_changes_no_hidden_row(rows, how):
    theirs = Book(pk=rows["theirs"].pk, office=OURS, title="taken")
    with opened(of(OURS)), pytest.raises(DatabaseError), transaction.atomic():
        theirs.save(**how)
    with opened(of(THEIRS)):
        assert Book.objects.get().title == "theirs"


@pytest.mark.parametrize("how", SAVES.values(), ids=SAVES)
def test_save_needs_an_access(rows, how):
    with pytest.raises(NoAccessOpenError), transaction.atomic():
        rows["ours"].save(**how)


def test_update_reaches_visible_rows_only(rows):
    with opened(of(OURS)):
        assert Book.objects.update(office=OURS) == 1
        assert rows["shelf"].books.update(office=OURS) == 1
        assert Book.objects.bulk_update([Book(pk=rows["theirs"].pk, title="taken")], ["title"]) == 0
    with pytest.raises(NoAccessOpenError):
        Book.objects.update(office=OURS)


def test_delete_reaches_visible_rows_only(rows):
    with pytest.raises(NoAccessOpenError):
        Book.objects.all().delete()
    with pytest.raises(NoAccessOpenError):
        rows["ours"].delete()
    with opened(of(OURS)):
        with pytest.raises(NotYoursError):
            rows["theirs"].delete()
        with pytest.raises(NotYoursError):
            Book(pk=rows["theirs"].pk).delete()
        assert Book.objects.all().delete() == (3, {"shelf.Book": 1, "shelf.Page": 1, "shelf.Loan": 1})
    with opened(of(THEIRS)):
        assert titles(Book.objects.all()) == ["theirs"]


@pytest.mark.django_db(transaction=True)
def test_cascade_takes_no_hidden_rows_along(rows):
    with opened(of(OURS)), pytest.raises(IntegrityError):
        rows["shelf"].delete()
    with system("test"):
        assert Book.objects.count() == 2


def test_raw_delete_reaches_visible_rows_only(rows):
    with opened(of(OURS)):
        Page.objects.all()._raw_delete("default")
    with system("test"):
        assert [page.text for page in Page.objects.all()] == ["page of theirs"]


INSERTS = {
    "create": lambda: Book.objects.create(office=OURS, title="new"),
    "bulk_create": lambda: Book.objects.bulk_create([Book(office=OURS, title="new")]),
    "get_or_create": lambda: Book.objects.get_or_create(title="new", defaults={"office": OURS}),
    "update_or_create": lambda: Book.objects.update_or_create(title="new", defaults={"office": OURS}),
    "save": lambda: Book(office=OURS, title="new").save(),
    "related create": lambda: Shelf(pk=1).books.create(office=OURS, title="new"),
}


@pytest.mark.parametrize("insert", INSERTS.values(), ids=INSERTS)
def test_insert_needs_an_access(rows, insert):
    with pytest.raises(NoAccessOpenError), transaction.atomic():
        insert()


def test_get_or_create_finds_no_hidden_row(rows):
    with opened(of(OURS)), pytest.raises(IntegrityError), transaction.atomic():
        Book.objects.get_or_create(title="theirs", defaults={"office": OURS})
    with opened(of(OURS)), pytest.raises(IntegrityError), transaction.atomic():
        Book.objects.update_or_create(title="theirs", defaults={"office": OURS})
    with opened(of(THEIRS)):
        assert Book.objects.get().office == THEIRS


def test_upsert_is_for_the_system_only(rows):
    def upsert():
        Book.objects.bulk_create(
            [Book(office=OURS, title="theirs")],
            update_conflicts=True,
            unique_fields=["title"],
            update_fields=["office"],
        )

    with opened(of(OURS)), pytest.raises(AccessError, match="overwrites"):
        upsert()
    with system("test"):
        upsert()
        assert Book.objects.filter(office=OURS).count() == 2


def test_related_managers_move_no_hidden_row(rows):
    with opened(of(OURS)):
        other = Shelf.objects.create(name="other")
        other.books.set([rows["theirs"]])
        other.books.add(rows["theirs"])
        rows["shelf"].books.clear()
    with system("test"):
        assert Book.objects.get(title="theirs").shelf_id == rows["shelf"].pk
