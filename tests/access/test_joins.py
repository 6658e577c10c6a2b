"""A manager filters its own table: what a join would bring along is refused where it has an owner."""

import pytest
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Prefetch,
    Q,
    When,
    Window,
)

from nhipcau.access import NoAccessOpenError, opened, system
from nhipcau.access.errors import UnscopedJoinError
from tests.support.shelf.models import Book, Loan, Note, Page, Shelf
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
    "dates": lambda: Loan.objects.dates("book__printed", "year"),
    "distinct values of children": lambda: Shelf.objects.values_list("books__title").distinct(),
    "exists over children": lambda: [Shelf.objects.filter(books__title="theirs").exists()],
    "aggregate of children": lambda: [Shelf.objects.aggregate(n=Count("books__title"))],
    "aggregate over an annotation": lambda: [Shelf.objects.annotate(n=Count("books")).aggregate(most=Max("n"))],
    "condition of an aggregate": lambda: [Shelf.objects.aggregate(n=Count("pk", filter=Q(books__title="theirs")))],
    "case": lambda: Loan.objects.annotate(x=Case(When(book__title="theirs", then=1), default=0)),
    "prefetch that orders by a join": lambda: Shelf.objects.prefetch_related(
        Prefetch("loan_set", Loan.objects.order_by("book__title"))
    ),
    "in bulk": lambda: Loan.objects.select_related("book__sequel_to").in_bulk(),
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


@pytest.fixture
def given(rows):
    """A note on a book of theirs, given to us."""
    with system("test"):
        return Note.objects.create(book=rows["theirs"], given_to=OURS, text="for you")


#: What would be read of the book, which is theirs, by the join that only decides about the note.
BY_THE_RULES_JOIN = {
    "values": lambda: list(Note.objects.values("book__title")),
    "annotation": lambda: list(Note.objects.annotate(title=F("book__title"))),
    "order": lambda: list(Note.objects.order_by("book__title")),
    "select_related": lambda: [note.book.title for note in Note.objects.select_related("book")],
    "filter": lambda: Note.objects.filter(book__title="theirs").exists(),
    "aggregate": lambda: Note.objects.aggregate(Max("book__title")),
    "of an or": lambda: list((Note.objects.filter(text="a") | Note.objects.all()).values("book__title")),
    "in a subquery": lambda: list(Shelf.objects.filter(pk__in=Note.objects.values("book__shelf"))),
}


@pytest.mark.parametrize("read", BY_THE_RULES_JOIN.values(), ids=BY_THE_RULES_JOIN)
def test_join_by_which_a_rule_has_a_choice_is_used_by_nothing_else(given, read):
    """The note is ours by its second condition; the book that the first one joins is not."""
    with opened(of(OURS)):
        with pytest.raises(UnscopedJoinError):
            read()
        assert [note.text for note in Note.objects.all()] == ["for you"]
        assert Note.objects.filter(text="for you").exists()
        assert [note.text for note in Note.objects.filter(text="a") | Note.objects.filter(text="for you")] == [
            "for you"
        ]
        assert Shelf.objects.filter(Exists(Note.objects.filter(text="for you"))).count() == 1
        with pytest.raises(Book.DoesNotExist):
            _ = Note.objects.get().book
    with opened(of(THEIRS)):
        assert Note.objects.get().book.title == "theirs"


def test_join_of_which_every_alternative_says_something_may_be_read(rows, monkeypatch):
    """Whichever holds, it is the page's own book of which it holds."""
    monkeypatch.setattr(
        Page,
        "visible_to",
        lambda access: Q(book__office__in=access.organisations()) | Q(book__title="ours", text__gt=""),
    )
    with opened(of(OURS)):
        assert list(Page.objects.order_by("book__title").values_list("book__title", flat=True)) == ["ours"]


def test_join_that_a_rule_denies_is_used_by_nothing_else(rows, monkeypatch):
    monkeypatch.setattr(Page, "visible_to", lambda access: ~Q(book__title="ours"))
    with opened(of(OURS)):
        assert Page.objects.count() == 1
        with pytest.raises(UnscopedJoinError):
            list(Page.objects.values("book__title"))
