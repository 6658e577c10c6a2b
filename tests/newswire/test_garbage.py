import gc

import pytest

from nhipcau.newswire.garbage import BETWEEN_COLLECTIONS, collected_seldom


@pytest.fixture
def usual():
    before = gc.get_threshold()
    yield lambda young: gc.set_threshold(young, *before[1:])
    gc.set_threshold(*before)


@pytest.mark.parametrize(
    ("before", "within"),
    [(700, BETWEEN_COLLECTIONS), (3 * BETWEEN_COLLECTIONS, 3 * BETWEEN_COLLECTIONS), (0, 0)],
    ids=["usual", "seldom already", "never"],
)
def test_cycles_are_looked_for_seldom_and_then_as_before(usual, before, within):
    usual(before)

    with collected_seldom():
        assert gc.get_threshold()[0] == within

    assert gc.get_threshold()[0] == before


def test_an_error_leaves_it_as_it_was(usual):
    usual(700)

    @collected_seldom()
    def failing():
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        failing()

    assert gc.get_threshold()[0] == 700


def test_the_last_of_blocks_that_overlap_leaves_it_as_the_first_one_found_it(usual):
    usual(700)
    first, second = collected_seldom(), collected_seldom()

    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold()[0] == BETWEEN_COLLECTIONS
    second.__exit__(None, None, None)

    assert gc.get_threshold()[0] == 700
