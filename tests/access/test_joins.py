"""A manager filters its own table: what a join would bring along is refused where it has an owner."""

import pytest
from django.db.models import Count, Exists, F, FilteredRelation, Max, OuterRef, Window

from nhipcau.access import NoAccessOpenError, opened, system
from nhipcau.access.errors import UnscopedJoinError
from tests.support.shelf.models import Book, Loan, Page, Shelf
from tests.support.shelf.rows import OURS, THEIRS, of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

JOINS = {
    "select_related": lambda: Book.objects.select_related("sequel_to"),
    "select_related further on": lambda: Loan.objects.select_related("shelf", "book__sequel_to"),
    "select_related backwards": lambda: Book.objects.select_related("sequel"),
    "select_related filtered": lambda: Shelf.objects.annotate(b=FilteredRelation("books")).values("b__title"),
    "select_related all": Loan.objects.select_related,
    "order": lambda: Loan.objects.order_by("book__title"),
    "order by an expression": lambda: Loan.objects.order_by(F("book__title").desc()),
    "order in a subquery": lambda: Shelf.objects.filter(
        pk__in=Loan.objects.order_by("book__title").values("shelf")[:1]
    ),
    "only": lambda: Loan.objects.only("book__title").select_related("book"),
    "window": lambda: Loan.objects.annotate(n=Window(Count("pk"), partition_by=F("book__title"))),
    "values": lambda: Loan.objects.values("book__title"),
    "values_list": lambda: Shelf.objects.values_list("books__title"),
    "annotation": lambda: Loan.objects.annotate(title=F("book__title")),
    "count of children": lambda: Shelf.objects.annotate(n=Count("books")),
    "count through many-to-many": lambda: Shelf.objects.annotate(n=Count("lent__title")),
    "filter": lambda: Loan.objects.filter(book__title="theirs"),
    "filter on children": lambda: Shelf.objects.filter(books__title="theirs"),
    "exclude on children": lambda: Shelf.objects.exclude(books__title="theirs"),
    "filter on itself again": lambda: Book.objects.filter(sequel_to__title="theirs"),
    "inside a subquery": lambda: Shelf.objects.filter(pk__in=Loan.objects.filter(book__title="theirs").values("shelf")),
    "inside a union": lambda: Shelf.objects.values("name").union(Shelf.objects.values("books__title")),
}


@pytest.mark.parametrize("query", JOINS.values(), ids=JOINS)
def test_join_past_the_manager_of_owned_rows_is_refused(rows, query):
    with opened(of(OURS)), pytest.raises(UnscopedJoinError):
        list(query())


@pytest.mark.parametrize("query", JOINS.values(), ids=JOINS)
def test_join_is_open_to_the_system(rows, query):
    with system("test"):
        list(query())


@pytest.mark.parametrize("run", ["count", "exists", "delete"])
def test_join_is_refused_whatever_the_query_is_for(rows, run):
    with opened(of(OURS)), pytest.raises(UnscopedJoinError):
        getattr(Loan.objects.filter(book__title="theirs"), run)()


def test_join_is_refused_in_an_aggregate_and_an_update(rows):
    with opened(of(OURS)):
        with pytest.raises(UnscopedJoinError):
            Loan.objects.aggregate(Max("book__title"))
        with pytest.raises(UnscopedJoinError):
            Loan.objects.filter(book__title="theirs").update(shelf=rows["shelf"])


def test_rules_own_join_survives_use_as_a_subquery_and_an_or(rows):
    with opened(of(OURS)):
        pages = Page.objects.filter(text="a") | Page.objects.filter(text="page of ours")
        assert Shelf.objects.filter(Exists(pages.filter(book__shelf=OuterRef("pk")))).count() == 1


@pytest.mark.parametrize("run", [list, lambda loans: loans.first(), lambda loans: loans.exists()])
def test_key_of_an_owned_row_needs_no_join(rows, run):
    with opened(of(OURS)):
        for loans in (
            Loan.objects.filter(book=rows["ours"]),
            Loan.objects.filter(book__id=rows["ours"].pk),
            Loan.objects.filter(book__in=[rows["ours"]]),
            Loan.objects.filter(book__isnull=False),
            Loan.objects.order_by("book_id").values("book"),
            Loan.objects.filter(book__in=Book.objects.all()),
        ):
            assert run(loans)


def test_get_finds_no_hidden_row(rows):
    with opened(of(OURS)), pytest.raises(Book.DoesNotExist):
        Book.objects.get(title="theirs")
    with pytest.raises(NoAccessOpenError):
        Book.objects.get(title="theirs")
    with opened(of(THEIRS)):
        assert Book.objects.get(title="theirs") == rows["theirs"]


def test_join_to_reference_rows_is_free(rows):
    with opened(of(OURS)):
        assert [b.shelf.name for b in Book.objects.select_related("shelf").filter(shelf__name="shelf")] == ["shelf"]
