"""A row that was read under the access now open is known to be seen: what hangs on it need not ask once more."""

import pytest
from django.db.models import Q

from nhipcau.access import AccessError, opened, system
from nhipcau.access.models import for_a_rule, read_now
from tests.support.shelf.models import Book, Page
from tests.support.shelf.rows import OURS, THEIRS, of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_row_is_known_under_the_access_that_read_it_and_no_other(rows):
    access = of(OURS)
    with opened(access):
        book = Book.objects.get()
        assert read_now(book)
        with system("test"):
            assert not read_now(book)
        with opened(of(OURS)):
            assert not read_now(book)
    assert not read_now(book)
    with opened(access):
        assert read_now(book)


def test_row_that_no_manager_let_pass_is_not_known(rows):
    with opened(of(OURS)):
        assert not any(read_now(book) for book in for_a_rule(Book))
        book = Book.objects.get()
        book.pk = rows["theirs"].pk
        assert not read_now(book)
        assert not read_now(Book(pk=rows["ours"].pk))


def test_rows_seen_with_another_are_asked_for_under_the_access_that_read_it(rows):
    with opened(of(OURS)):
        book = Book.objects.get()
        found = Page.objects.seen_with(book, Q(book=book))
        assert {page.book_id for page in found} <= {book.pk}
    with opened(of(THEIRS)):
        with pytest.raises(AccessError):
            Page.objects.seen_with(book, Q(book=book))
        with pytest.raises(AccessError):
            list(found.all())
