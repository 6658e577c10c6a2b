"""Every way that Django has to read rows: without an access, and under one's own."""

import pytest
from asgiref.sync import async_to_sync
from django.db.models import Case, Count, Exists, Max, OuterRef, Prefetch, Q, Subquery, When

from nhipcau.access import NoAccessOpenError, opened, system
from tests.support.shelf.models import Book, Label, Page, Shelf
from tests.support.shelf.rows import OURS, THEIRS, of, titles

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def fresh_labels():
    """Without what a row remembers of its target."""
    return Label.objects.order_by("pk")


async def asynchronous():
    return [
        await Book.objects.acount(),
        await Book.objects.filter(title="theirs").aexists(),
        sorted([book.title async for book in Book.objects.all()]),
    ]


READS = {
    "iterate": lambda rows: titles(Book.objects.all()),
    "iterator": lambda rows: titles(Book.objects.iterator()),
    "len": lambda rows: len(Book.objects.all()),
    "bool": lambda rows: bool(Book.objects.filter(title="theirs")),
    "repr": lambda rows: repr(Book.objects.values_list("title", flat=True)),
    "slice": lambda rows: titles(Book.objects.order_by("title")[:5]),
    "index": lambda rows: Book.objects.order_by("-title")[0].title,
    "first": lambda rows: Book.objects.order_by("-title").first().title,
    "last": lambda rows: Book.objects.order_by("title").last().title,
    "latest": lambda rows: Book.objects.latest().title,
    "earliest": lambda rows: Book.objects.earliest("-title").title,
    "exists": lambda rows: Book.objects.filter(title="theirs").exists(),
    "contains": lambda rows: Book.objects.contains(rows["theirs"]),
    "count": lambda rows: Book.objects.count(),
    "aggregate": lambda rows: Book.objects.aggregate(Max("title"), n=Count("pk")),
    "aggregate over a slice": lambda rows: Book.objects.order_by("title")[:5].aggregate(n=Count("pk")),
    "annotate": lambda rows: list(Book.objects.values("shelf").annotate(n=Count("pk")).values_list("n", flat=True)),
    "in_bulk": lambda rows: sorted(Book.objects.in_bulk([rows["ours"].pk, rows["theirs"].pk])),
    "values": lambda rows: list(Book.objects.values("title")),
    "values_list": lambda rows: list(Book.objects.values_list("title", flat=True)),
    "distinct": lambda rows: list(Book.objects.values_list("title", flat=True).distinct()),
    "union": lambda rows: titles(Book.objects.filter(office=OURS).union(Book.objects.filter(office=THEIRS))),
    "or": lambda rows: titles(Book.objects.filter(office=OURS) | Book.objects.filter(office=THEIRS)),
    "and": lambda rows: titles(Book.objects.filter(office__gt=0) & Book.objects.filter(office__lt=9)),
    "exclude": lambda rows: titles(Book.objects.exclude(title="none")),
    "explain": lambda rows: bool(Book.objects.explain()),
    "sql": lambda rows: bool(str(Book.objects.all().query)),
    "subquery in filter": lambda rows: Page.objects.filter(book__in=Book.objects.filter(title="theirs")).count(),
    "subquery in annotation": lambda rows: list(
        Shelf.objects.annotate(t=Subquery(Book.objects.filter(title="theirs").values("title")[:1])).values_list("t")
    ),
    "exists in filter": lambda rows: Shelf.objects.filter(
        Exists(Book.objects.filter(shelf=OuterRef("pk"), title="theirs"))
    ).count(),
    "reverse manager": lambda rows: titles(rows["shelf"].books.all()),
    "reverse manager count": lambda rows: rows["shelf"].books.count(),
    "many-to-many manager": lambda rows: titles(rows["shelf"].lent.all()),
    "prefetch reverse": lambda rows: titles(Shelf.objects.prefetch_related("books").get().books.all()),
    "prefetch many-to-many": lambda rows: titles(Shelf.objects.prefetch_related("lent").get().lent.all()),
    "prefetch with queryset": lambda rows: titles(
        Shelf.objects.prefetch_related(Prefetch("books", Book.objects.all(), to_attr="found")).get().found
    ),
    "base manager": lambda rows: titles(Book._base_manager.all()),
    "default manager": lambda rows: titles(Book._default_manager.all()),
    "another database by name": lambda rows: titles(Book.objects.using("default")),
    "manager of a database": lambda rows: titles(Book.objects.db_manager("default").all()),
    "page through the rule's join": lambda rows: list(
        Page.objects.filter(book__title__gt="").values_list("book__title")
    ),
    "deferred": lambda rows: titles(Book.objects.only("office")),
    "dates": lambda rows: list(Book.objects.filter(title="theirs").dates("printed", "year")),
    "next by date": lambda rows: rows["first"].get_next_by_printed().title,
    "in_bulk by a field": lambda rows: sorted(Book.objects.in_bulk(["ours", "theirs"], field_name="title")),
    "count distinct": lambda rows: Book.objects.values("title").distinct().count(),
    "case": lambda rows: sorted(
        Book.objects.annotate(n=Case(When(title="theirs", then=2), default=1)).values_list("n", flat=True)
    ),
    "aggregate with a condition": lambda rows: Book.objects.aggregate(n=Count("pk", filter=Q(title="theirs"))),
    "subquery in an aggregate": lambda rows: Shelf.objects.aggregate(
        n=Max(Subquery(Book.objects.order_by("-title").values("title")[:1]))
    ),
    "array of exists": lambda rows: list(
        Shelf.objects.values_list(Exists(Book.objects.filter(title="theirs")), flat=True)
    ),
    "generic foreign key": lambda rows: [label.target and label.target.title for label in fresh_labels()],
    "generic foreign key prefetched": lambda rows: [
        label.target and label.target.title for label in fresh_labels().prefetch_related("target")
    ],
    "many-to-many from the other side": lambda rows: titles(rows["shelf"].lent.filter(title="theirs")),
    "async": lambda rows: async_to_sync(asynchronous)(),
    "select_for_update": lambda rows: titles(Book.objects.select_for_update()),
}


# What these tell is of the query, not of the rows.
SAME_FOR_ALL = [READS["explain"], READS["sql"]]


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_read_fails_without_an_access(rows, read):
    with pytest.raises(NoAccessOpenError):
        read(rows)


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_read_tells_a_person_what_it_tells_when_nothing_else_is_there(rows, read):
    with opened(of(OURS)):
        seen = read(rows)

    with system("test"):
        both = read(rows)
        Book.objects.filter(title="theirs").delete()
        rows["theirs"].pk = 0
        alone = read(rows)
    assert seen == alone
    assert (seen == both) == (read in SAME_FOR_ALL)


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_read_of_a_person_never_names_what_is_not_theirs(rows, read):
    with opened(of(OURS)):
        assert "theirs" not in repr(read(rows))


def test_foreign_key_leads_to_no_hidden_row(rows):
    with system("test"):
        page = Page.objects.get(text="page of theirs")
    with opened(of(OURS)), pytest.raises(Book.DoesNotExist):
        _ = page.book
    with pytest.raises(NoAccessOpenError):
        _ = page.book
    with opened(of(THEIRS)):
        assert page.book.title == "theirs"


def test_reverse_one_to_one_leads_to_no_hidden_row(rows):
    with system("test"):
        rows["ours"].sequel_to = rows["theirs"]
        rows["ours"].save()
        first = Book.objects.get(title="theirs")
    with pytest.raises(NoAccessOpenError):
        _ = first.sequel
    with opened(of(THEIRS)), pytest.raises(Book.DoesNotExist):
        _ = first.sequel


def test_prefetch_of_a_foreign_key_brings_no_hidden_row(rows):
    with system("test"):
        rows["ours"].sequel_to = rows["theirs"]
        rows["ours"].save()

    with opened(of(OURS)):
        assert Book.objects.prefetch_related("sequel_to").get().sequel_to is None
