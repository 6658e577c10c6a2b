"""Numbers of a book: unique and without a gap, however many issue at the same moment and whatever fails."""

import threading

import pytest
from django.db import connection, transaction

from nhipcau import access
from nhipcau.workspace.domain.numbering import NotInTransactionError, take_number
from nhipcau.workspace.models import NumberRegister
from tests.support.people import make_office

pytestmark = pytest.mark.both_databases


@pytest.mark.django_db(transaction=True)
def test_numbers_taken_at_the_same_moment_are_unique_and_without_a_gap():
    with access.system("test"):
        office = make_office()
    taken, failed, start = [], [], threading.Barrier(8)

    def issue(place):
        start.wait()
        for turn in range(5):
            try:
                with transaction.atomic():
                    number = take_number(organisation=office, register="outgoing", year=2026)
                    divmod(1, (place + turn) % 4)
                taken.append(number)
            except ZeroDivisionError:
                failed.append(number)
        connection.close()

    threads = [threading.Thread(target=issue, args=[place]) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(failed) == 10
    assert sorted(taken) == list(range(1, 31))
    with access.system("test"):
        assert NumberRegister.objects.get(organisation=office).last == 30


@pytest.mark.django_db(transaction=True)
def test_number_is_not_taken_outside_a_transaction():
    with access.system("test"):
        office = make_office()
    with pytest.raises(NotInTransactionError):
        take_number(organisation=office, register="outgoing", year=2026)


@pytest.mark.django_db
def test_offices_books_and_years_count_apart():
    with access.system("test"):
        office, other = make_office(), make_office()
    given = [
        (office, "outgoing", 2026),
        (office, "outgoing", 2026),
        (office, "incoming", 2026),
        (office, "outgoing", 2027),
    ]
    given += [(other, "outgoing", 2026)]
    with transaction.atomic():
        numbers = [take_number(organisation=place, register=book, year=year) for place, book, year in given]
    assert numbers == [1, 2, 1, 1, 1]
