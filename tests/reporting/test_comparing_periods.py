from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from nhipcau.network.rebase import Life, Passing, flow_between
from nhipcau.reporting.comparing_periods import compare

EVE, DAY = date(2024, 12, 1), date(2025, 12, 1)
MERGED = date(2025, 7, 1)


def flow(passings=(), begun=()):
    lives = {key: Life(date(2020, 1, 1)) for key in range(1, 7)}
    for passing in passings:
        lives[passing.before] = Life(date(2020, 1, 1), date(2025, 6, 30))
        if passing.after > 6:
            lives[passing.after] = Life(MERGED)
    for key in begun:
        lives[key] = Life(MERGED)
    return flow_between(lives, passings, from_day=EVE, to_day=DAY).groups()


def merged(before, after):
    return Passing(before, after, "merge", MERGED)


def numbers(**values):
    return {int(key[1:]): Decimal(value) for key, value in values.items()}


def test_what_merged_is_compared_with_the_sum_of_what_it_was_made_of():
    found = compare(numbers(o1=12, o7=50), numbers(o1=10, o2=20, o3=25), flow([merged(2, 7), merged(3, 7)]))
    assert (found.now, found.before) == (62, 55)
    assert found.pair_of(7).before == 45
    assert (found.without, found.gone) == ({}, {})


def test_group_with_a_missing_member_is_left_out_and_named():
    found = compare(numbers(o1=12, o7=50), numbers(o1=10, o2=20), flow([merged(2, 7), merged(3, 7)]))
    assert (found.now, found.before) == (12, 10)
    assert (found.without, found.gone) == ({7: frozenset({3})}, {2: Decimal(20)})


def test_what_was_divided_is_compared_with_all_its_parts_together():
    split = [Passing(2, 7, "split", MERGED), Passing(2, 8, "split", MERGED)]
    found = compare(numbers(o7=5, o8=6), numbers(o2=9), flow(split))
    assert (found.now, found.before) == (11, 9)
    assert found.pair_of(7).offices == {7, 8}


def test_office_that_is_new_is_compared_with_nothing():
    found = compare(numbers(o1=1, o9=5), numbers(o1=2), flow(begun=[9]))
    assert (found.now, found.before, found.without) == (1, 2, {9: frozenset()})


def test_body_that_is_on_neither_map_is_named():
    found = compare(numbers(o99=5), numbers(o98=4), flow())
    assert (found.now, found.without, found.gone) == (None, {99: frozenset()}, {98: Decimal(4)})


@given(
    now=st.dictionaries(st.integers(1, 9), st.integers(0, 99), max_size=9),
    before=st.dictionaries(st.integers(1, 6), st.integers(0, 99), max_size=6),
)
def test_nothing_is_lost_and_nothing_counted_twice(now, before):
    now = {key: Decimal(value) for key, value in now.items()}
    before = {key: Decimal(value) for key, value in before.items()}
    found = compare(now, before, flow([merged(2, 7), merged(3, 7), merged(4, 8)], begun=[9]))
    compared = [key for pair in found.pairs for key in pair.offices]
    assert sorted([*compared, *found.without]) == sorted(now)
    assert (found.now or 0) + sum(now[key] for key in found.without) == sum(now.values())
    assert (found.before or 0) + sum(found.gone.values()) == sum(before.values())
