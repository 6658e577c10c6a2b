import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.newswire.duplicates import postings
from nhipcau.newswire.duplicates.postings import Postings, pairs_of

ROWS = st.lists(st.lists(st.integers(0, 30), unique=True, max_size=6), max_size=40)


@pytest.fixture
def small(monkeypatch):
    """Postings whose dictionary and whose small array are poured out often."""
    monkeypatch.setattr(postings, "_NEWEST", 5)
    return Postings


def found(held, numbers):
    settled = held.settled([np.array(numbers, np.uint32)])[0]
    return sorted((place, entry) for place, entries in [*settled, *held.newest(numbers)] for entry in entries)


@settings(max_examples=60)
@given(ROWS, st.lists(st.integers(0, 30), unique=True, max_size=8))
def test_whatever_was_added_is_found_wherever_it_lies(rows, asked):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_NEWEST", 5)
        held = Postings()
        for entry, numbers in enumerate(rows, start=1):
            held.add(entry, numbers)
            if entry % 3 == 0:
                held.pour()
        expected = sorted(
            (place, entry)
            for entry, numbers in enumerate(rows, start=1)
            for place, number in enumerate(asked)
            if number in numbers
        )
        assert found(held, asked) == expected


def test_filling_replaces_everything(small):
    held = small()
    held.add(1, [7])
    held.fill(pairs_of(np.array([9, 8], np.uint32), np.array([4, 5], np.uint32)))
    assert found(held, [7, 8, 9]) == [(1, 5), (2, 4)]


def test_of_a_number_that_very_many_have_the_latest_are_found():
    held = Postings()
    held.fill(pairs_of(np.full(1000, 3, np.uint32), np.arange(1000, dtype=np.uint32)))
    assert found(held, [3]) == [(0, entry) for entry in range(936, 1000)]
