"""A query belongs to the access under which it was built."""

import copy
import pickle

import pytest
from django.db import models
from django.db.models import Count, Prefetch, Subquery, sql

from nhipcau.access import AccessError, AccessMismatchError, NoAccessOpenError, opened, system
from nhipcau.access.models import ScopedQuerySet
from tests.support.shelf.models import Book, Page, Shelf
from tests.support.shelf.rows import OURS, THEIRS, of, titles

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LATE = {
    "iterate": list,
    "iterator": lambda books: list(books.iterator()),
    "count": lambda books: books.count(),
    "exists": lambda books: books.exists(),
    "aggregate": lambda books: books.aggregate(Count("pk")),
    "narrowed": lambda books: books.filter(title="theirs").first(),
    "copied": lambda books: list(copy.deepcopy(books)),
    "update": lambda books: books.update(title="x"),
    "delete": lambda books: books.delete(),
    "raw delete": lambda books: books._raw_delete("default"),
    "in a union": lambda books: list(Book.objects.union(books)),
    "in an or": lambda books: list(Book.objects.all() | books),
    "in an and": lambda books: list(books & Book.objects.all()),
    "in a subquery": lambda books: list(Page.objects.filter(book__in=books)),
    "in an annotation": lambda books: list(Shelf.objects.annotate(n=Subquery(books.values("title")[:1]))),
    "in a prefetch": lambda books: list(Shelf.objects.prefetch_related(Prefetch("books", books))),
}


@pytest.mark.parametrize("use", LATE.values(), ids=LATE)
def test_query_built_earlier_runs_under_no_other_access(rows, use):
    with system("test"):
        books = Book.objects.all()
    with opened(of(OURS)), pytest.raises(AccessMismatchError):
        use(books)
    with pytest.raises(NoAccessOpenError):
        use(books)
    with system("test"):
        assert titles(Book.objects.all()) == ["ours", "theirs"]


def test_query_that_was_run_is_not_read_again_under_another_access(rows):
    with system("test"):
        books = Book.objects.all()
        assert len(books) == 2
    with opened(of(OURS)), pytest.raises(AccessMismatchError):
        list(books)


@pytest.mark.parametrize("stored", [lambda books: books, lambda books: books.query])
def test_query_is_not_stored(rows, stored):
    with system("test"):
        with pytest.raises(TypeError):
            pickle.dumps(stored(Book.objects.all()))
        with pytest.raises(TypeError):
            copy.copy(stored(Book.objects.all()))


def test_raw_sql_is_for_the_system_only(rows):
    statement = f"SELECT * FROM {Book._meta.db_table}"
    with system("test"):
        assert titles(Book.objects.raw(statement)) == ["ours", "theirs"]
    with opened(of(OURS)), pytest.raises(AccessError):
        Book.objects.raw(statement)
    with pytest.raises(NoAccessOpenError):
        Book.objects.raw(statement)


@pytest.mark.parametrize("refresh", [lambda book: book.refresh_from_db(), lambda book: book.title])
def test_row_is_not_read_again_under_another_access(rows, refresh):
    with system("test"):
        book = Book.objects.defer("title").get(office=THEIRS)
    with opened(of(OURS)), pytest.raises(Book.DoesNotExist):
        refresh(book)
    with pytest.raises(NoAccessOpenError):
        refresh(book)


def test_sql_by_hand_in_a_query_is_for_the_system_only(rows):
    def titles_by_hand():
        return list(Shelf.objects.extra(select={"t": f"(SELECT max(title) FROM {Book._meta.db_table})"}).values("t"))

    with system("test"):
        assert titles_by_hand() == [{"t": "theirs"}]
    with opened(of(OURS)), pytest.raises(AccessError):
        titles_by_hand()
    with opened(of(OURS)), pytest.raises(AccessError):
        Shelf.objects.extra(tables=[Book._meta.db_table])


@pytest.mark.parametrize("everything", [True, False])
def test_scoped_queryset_is_made_by_its_manager_only(rows, everything):
    by_hand = [
        lambda: ScopedQuerySet(Book),
        lambda: ScopedQuerySet(Book, query=sql.Query(Book)),
        lambda: attached(ScopedQuerySet.as_manager()).all(),
        lambda: attached(models.Manager.from_queryset(ScopedQuerySet)()).count(),
    ]
    for make in by_hand:
        with system("test") if everything else opened(of(OURS)), pytest.raises(AccessError, match="by the manager"):
            make()


def attached(manager):
    manager.model = Book
    return manager
