"""Two offices that know nothing of each other, and what lies on their common shelf."""

from datetime import date

from nhipcau.access import Access, SystemActor, system
from tests.support.shelf.models import Book, Label, Loan, Page, Shelf

OURS, THEIRS = 1, 2


def of(office):
    """The access of a drafter of that office."""
    return Access(actor=SystemActor("test"), memberships=frozenset({("drafter", office)}))


def make_rows():
    """One shelf; on it a book of ours and one of theirs, with a page each, both lent to the shelf."""
    with system("test"):
        shelf = Shelf.objects.create(name="shelf")
        for office, title in ((OURS, "ours"), (THEIRS, "theirs")):
            # Theirs is the older one.
            printed = date(2020 + (office == OURS), 1, 1)
            book = Book.objects.create(office=office, title=title, shelf=shelf, printed=printed)
            Page.objects.create(book=book, text=f"page of {title}")
            Loan.objects.create(book=book, shelf=shelf)
            Label.objects.create(target=book)
        books = {book.title: book for book in Book.objects.all()}
        return books | {"shelf": shelf, "first": Book(pk=0, printed=date(2019, 1, 1))}


def titles(books):
    return sorted(book.title for book in books)
