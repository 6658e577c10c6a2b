from decimal import Decimal

import pytest

from nhipcau.reporting.usual import unusual


def numbers(*values):
    return [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("value", "before", "flagged"),
    [
        (100, [], False),
        (100, [30], True),
        (90, [30], False),
        (9, [30], True),
        (4, [0], False),
        (5, [0], True),
        (100, [50, 48, 52, 51], True),
        (60, [50, 48, 52, 51], False),
        (20, [50, 48, 52, 51], True),
        (200, [50, 150, 20, 300], False),
    ],
)
def test_figure_far_from_the_offices_own_is_flagged(value, before, flagged):
    found = unusual(Decimal(value), numbers(*before))
    assert (found is not None) == flagged


def test_flag_says_what_is_usual_and_in_which_direction():
    found = unusual(Decimal(100), numbers(50, 48, 52))
    assert (found.usual, found.higher, found.before) == (Decimal(50), True, tuple(numbers(50, 48, 52)))
