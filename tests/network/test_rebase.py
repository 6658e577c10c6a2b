"""Figures put from one map onto another: what is summed, what is left whole, and that nothing is lost or invented."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.network.rebase import Flow, Life, NotOnTheMapError, Passing, Unsplit, flow_between, rebase

FIRST = date(2025, 1, 1)
EVE, DAY = date(2025, 6, 30), date(2025, 7, 1)
LONG = Life(FIRST)
OLD, NEW = Life(FIRST, EVE), Life(DAY)


def put(values, lives, passings, *, back=False, duty=""):
    days = (DAY, EVE) if back else (EVE, DAY)
    return rebase(values, flow_between(lives, passings, from_day=days[0], to_day=days[1], duty=duty))


def merged(*old, into):
    return [Passing(one, into, "merge", DAY) for one in old]


def test_members_of_a_merged_unit_are_summed_and_others_stay():
    lives = {"a": OLD, "b": OLD, "ab": NEW, "c": LONG}

    done = put({"a": 3, "b": 4, "c": 5}, lives, merged("a", "b", into="ab"))

    assert (done.values, done.missing, done.unsplit, done.unplaced) == ({"ab": 7, "c": 5}, {}, (), {})


def test_one_that_absorbs_another_is_summed_with_it():
    done = put({"a": 3, "b": 4}, {"a": OLD, "b": LONG}, merged("a", into="b"))
    assert done.values == {"b": 7}


def test_missing_value_is_not_zero_and_the_sum_says_who_is_missing():
    lives = {"a": OLD, "b": OLD, "ab": NEW, "c": LONG}

    done = put({"a": 3, "b": None}, lives, merged("a", "b", into="ab"))

    assert done.values == {"ab": 3}
    assert done.missing == {"ab": {"b"}, "c": {"c"}}


def test_split_unit_is_left_whole_beside_the_result():
    lives = {"a": OLD, "x": NEW, "y": LONG}
    passings = [Passing("a", "x", "split", DAY), Passing("a", "y", "split", DAY)]

    done = put({"a": 10, "y": 1}, lives, passings)

    assert done.values == {"y": 1}
    assert done.unsplit == (Unsplit("a", 10, frozenset("xy")),)
    assert done.undivided("x") == done.undivided("y") == done.unsplit
    assert done.total == 11


def test_unit_that_goes_on_after_a_part_was_split_off_is_not_divided_either():
    lives = {"a": LONG, "x": NEW}
    done = put({"a": 10}, lives, [Passing("a", "x", "split", DAY)])
    assert (done.values, done.unsplit) == ({}, (Unsplit("a", 10, frozenset("ax")),))


def test_unit_that_gives_a_duty_away_and_goes_on_keeps_its_figures():
    lives = {"a": LONG, "x": LONG}
    passings = [Passing("a", "x", "transfer", DAY, "external_information")]

    assert put({"a": 10, "x": 1}, lives, passings).values == {"a": 10, "x": 1}
    assert put({"a": 10, "x": 1}, lives, passings, duty="external_information").values == {"x": 11}


def test_figures_counted_under_a_duty_go_where_it_went_and_others_are_left_whole():
    lives = {"mic": OLD, "mcst": LONG, "most": LONG}
    passings = [
        Passing("mic", "mcst", "transfer", DAY, "external_information"),
        Passing("mic", "most", "transfer", DAY),
    ]

    assert put({"mic": 9, "mcst": 1}, lives, passings, duty="external_information").values == {"mcst": 10}
    assert put({"mic": 9}, lives, passings).unsplit == (Unsplit("mic", 9, frozenset(["mcst", "most"])),)


def test_new_unit_is_not_put_back_onto_the_old_map_by_guessing():
    lives = {"a": OLD, "b": OLD, "ab": NEW, "c": LONG, "new": NEW}

    done = put({"ab": 7, "c": 5, "new": 2}, lives, merged("a", "b", into="ab"), back=True)

    assert (done.values, done.unsplit) == ({"c": 5}, (Unsplit("ab", 7, frozenset("ab")),))
    assert (done.unplaced, done.total) == ({"new": 2}, 14)


def test_parts_of_a_split_unit_are_put_together_again_on_the_old_map():
    lives = {"a": OLD, "x": NEW, "y": NEW}
    passings = [Passing("a", "x", "split", DAY), Passing("a", "y", "split", DAY)]
    assert put({"x": 3, "y": 4}, lives, passings, back=True).values == {"a": 7}


def test_unit_that_ended_without_a_successor_is_reported_apart():
    done = put({"a": 3}, {"a": OLD}, [])
    assert (done.values, done.unplaced, done.total) == ({}, {"a": 3}, 3)


def test_chain_of_changes_is_followed_to_its_end():
    later = DAY + timedelta(days=30)
    lives = {"a": OLD, "b": Life(DAY, later - timedelta(days=1)), "c": Life(later)}
    passings = [Passing("a", "b", "rename", DAY), Passing("b", "c", "rename", later)]

    assert rebase({"a": 3}, flow_between(lives, passings, from_day=EVE, to_day=later)).values == {"c": 3}
    assert rebase({"a": 3}, flow_between(lives, passings, from_day=EVE, to_day=DAY)).values == {"b": 3}


def test_value_of_a_body_that_is_not_on_the_map_is_refused():
    with pytest.raises(NotOnTheMapError, match="ab"):
        put({"ab": 1}, {"a": OLD, "ab": NEW}, merged("a", into="ab"))


def test_groups_are_the_smallest_sets_whose_totals_can_be_compared():
    into = {"a": frozenset("x"), "b": frozenset("xy"), "c": frozenset("z"), "d": frozenset()}
    groups = Flow(into, frozenset("xyzw")).groups()
    assert [("".join(sorted(left)), "".join(sorted(right))) for left, right in groups] == [
        ("ab", "xy"),
        ("c", "z"),
        ("d", ""),
        ("", "w"),
    ]


# ---- any history of any network


@st.composite
def worlds(draw):
    """Lives and passings of bodies that merge, split, change into others, give duties away, end and begin."""
    lives = {number: Life(FIRST) for number in range(draw(st.integers(1, 6)))}
    passings, day = [], FIRST
    for _ in range(draw(st.integers(0, 8))):
        day += timedelta(days=draw(st.integers(1, 40)))
        alive = [key for key, life in lives.items() if life.valid_to is None and life.valid_from < day]
        if not alive:
            break
        kind = draw(st.sampled_from(["merge", "absorb", "split", "carve", "rename", "transfer", "close", "begin"]))
        chosen = draw(st.lists(st.sampled_from(alive), min_size=1, max_size=3, unique=True))
        _happen(kind, chosen, lives, passings, day)
    return lives, passings, day


def _happen(kind, chosen, lives, passings, day):  # noqa: C901 - one branch for each kind of event
    def end(key):
        lives[key] = Life(lives[key].valid_from, day - timedelta(days=1))

    def begin():
        lives[len(lives)] = Life(day)
        return len(lives) - 1

    first, rest = chosen[0], chosen[1:]
    if kind == "merge":
        new = begin()
        passings.extend(Passing(key, new, "merge", day) for key in chosen)
        for key in chosen:
            end(key)
    elif kind == "absorb":
        passings.extend(Passing(key, first, "merge", day) for key in rest)
        for key in rest:
            end(key)
    elif kind in ("split", "carve"):
        passings.extend(Passing(first, begin(), "split", day) for _ in range(2))
        if kind == "split":
            end(first)
    elif kind == "rename":
        passings.append(Passing(first, begin(), "rename", day))
        end(first)
    elif kind == "transfer" and rest:
        passings.append(Passing(first, rest[0], "transfer", day, "external_information"))
    elif kind == "close":
        end(first)
    elif kind == "begin":
        begin()


@st.composite
def moves(draw):
    lives, passings, last = draw(worlds())
    span = st.integers(0, (last - FIRST).days).map(lambda days: FIRST + timedelta(days=days))
    from_day, to_day = draw(span), draw(span)
    amounts = st.none() | st.fractions() | st.integers(-1000, 1000)
    values = {key: draw(amounts) for key, life in lives.items() if life.includes(from_day)}
    duty = draw(st.sampled_from(["", "external_information"]))
    return lives, passings, from_day, to_day, values, duty


@settings(max_examples=150)
@given(moves())
def test_every_rebasing_keeps_the_total_and_every_value(move):
    lives, passings, from_day, to_day, values, duty = move
    given_values = {key: Fraction(value) for key, value in values.items() if value is not None}

    flow = flow_between(lives, passings, from_day=from_day, to_day=to_day, duty=duty)
    done = rebase(values, flow)

    assert done.total == sum(given_values.values())
    whole = {one.body for one in done.unsplit} | set(done.unplaced)
    summed = set(given_values) - whole
    assert all(len(flow.into[key]) == 1 for key in summed)
    assert {target for key in summed for target in flow.into[key]} == set(done.values)
    assert all(lives[key].includes(to_day) for key in [*done.values, *done.missing])


@settings(max_examples=80)
@given(moves())
def test_nothing_that_could_be_divided_two_ways_is_divided(move):
    lives, passings, from_day, to_day, values, duty = move
    done = rebase(values, flow_between(lives, passings, from_day=from_day, to_day=to_day, duty=duty))
    assert all(len(one.among) > 1 and one.value == values[one.body] for one in done.unsplit)


@settings(max_examples=80)
@given(moves())
def test_rebasing_onto_the_same_day_changes_nothing(move):
    lives, passings, from_day, _to_day, values, duty = move
    done = rebase(values, flow_between(lives, passings, from_day=from_day, to_day=from_day, duty=duty))
    assert done.values == {key: value for key, value in values.items() if value is not None}


@settings(max_examples=80)
@given(moves())
def test_groups_hold_every_body_of_both_maps_once_and_no_flow_leaves_one(move):
    lives, passings, from_day, to_day, _values, duty = move
    flow = flow_between(lives, passings, from_day=from_day, to_day=to_day, duty=duty)
    groups = flow.groups()

    assert sorted(key for left, _ in groups for key in left) == sorted(flow.into)
    assert sorted(key for _, right in groups for key in right) == sorted(flow.onto)
    for left, right in groups:
        assert all(flow.into[key] <= right for key in left)
