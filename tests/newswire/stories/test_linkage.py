import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.stories.linkage import groups


def _symmetric(pairs, count):
    table = np.zeros((count, count))
    for (one, other), value in pairs.items():
        table[one, other] = table[other, one] = value
    return table


def test_most_alike_join_first_and_the_average_decides():
    likeness = _symmetric({(0, 1): 0.9, (1, 2): 0.6, (0, 2): 0.1, (2, 3): 0.5}, 4)
    assert groups(likeness, np.ones((4, 4)), 0.3) == [[0, 1], [2, 3]]
    assert groups(likeness, np.ones((4, 4)), 0.2) == [[0, 1], [2, 3]]
    assert groups(likeness, np.ones((4, 4)), 0.15) == [[0, 1, 2, 3]]


def test_a_pair_that_counts_half_adds_half():
    products = _symmetric({(0, 1): 0.4, (1, 2): 0.2, (0, 2): 0.2}, 3)
    halved = np.where(products == 0.2, 0.5, 1.0)
    assert groups(products, halved, 0.35) == [[0, 1, 2]]
    assert groups(products, np.ones((3, 3)), 0.35) == [[0, 1], [2]]


def test_two_groups_that_each_hold_together_more_closely_stay_two():
    """Two events of one kind: all reports are alike, those of one event much more so."""
    likeness = np.full((6, 6), 0.15)
    likeness[:3, :3] = likeness[3:, 3:] = 0.4
    pairs = np.ones((6, 6))
    assert groups(likeness, pairs, 0.1) == [[0, 1, 2, 3, 4, 5]]
    assert groups(likeness, pairs, 0.1, cohesion=0.5) == [[0, 1, 2], [3, 4, 5]]
    assert groups(likeness, pairs, 0.1, cohesion=0.3) == [[0, 1, 2, 3, 4, 5]]


def test_copies_do_not_keep_two_halves_of_one_event_apart():
    """Two agencies' reports of one event, each printed by three papers nearly as it came."""
    likeness = np.full((6, 6), 0.3)
    likeness[:3, :3] = likeness[3:, 3:] = 0.9
    assert groups(likeness, np.ones((6, 6)), 0.1, cohesion=0.6) == [[0, 1, 2, 3, 4, 5]]


def test_what_is_said_of_a_member_and_itself_is_not_read():
    likeness = np.full((6, 6), 0.3)
    np.fill_diagonal(likeness, 9.0)
    assert groups(likeness, np.ones((6, 6)), 0.1, cohesion=0.9) == [[0, 1, 2, 3, 4, 5]]


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.lists(st.lists(st.floats(0, 1), min_size=n, max_size=n), min_size=n, max_size=n)
    )
)
def test_groups_hold_every_member_once_and_none_left_are_alike(rows):
    likeness = (np.array(rows) + np.array(rows).T) / 2
    found = groups(likeness, np.ones_like(likeness), 0.5)
    assert sorted(index for group in found for index in group) == list(range(len(rows)))
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            assert likeness[np.ix_(one, other)].mean() < 0.5 + 1e-5
