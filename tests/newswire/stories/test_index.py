"""The index finds who shares terms, whatever segments its articles lie in."""

import numpy as np
import pytest

from nhipcau.newswire.stories.features import NAME, WORD, Counts
from nhipcau.newswire.stories.index import Index
from nhipcau.newswire.stories.likeness import Voice
from nhipcau.newswire.stories.termspace import Vector


def _voice(generator):
    terms = np.sort(generator.choice(500, 20, replace=False) + 1).astype(np.uint32)
    kinds = generator.choice([WORD, NAME], 20).astype(np.uint8)
    counts = Counts("en", terms, np.ones(20, np.uint16), kinds, np.zeros(20, np.bool_))
    return Voice(counts, Vector(terms, generator.random(20).astype(np.float32)))


def _product(one, other):
    mine = dict(zip(one.vector.terms.tolist(), one.vector.weights.tolist(), strict=True))
    return sum(
        mine.get(term, 0) * weight
        for term, weight in zip(other.vector.terms.tolist(), other.vector.weights.tolist(), strict=True)
    )


@pytest.mark.parametrize("batches", [[90], [1] * 90, [50, 1, 3, 20, 2, 2, 9, 3], [1, 2, 4, 8, 16, 32, 27]])
def test_likeness_to_a_home_is_the_mean_of_products_in_whatever_batches_its_articles_came(batches):
    generator = np.random.default_rng(5)
    voices = [_voice(generator) for _ in range(90)]
    index, coming = Index(), iter(voices)
    for size in batches:
        index.add([next(coming) for _ in range(size)])
    homes = {home: [slot for slot in range(90) if slot % 7 == home] for home in range(7)}
    for home, slots in homes.items():
        index.settle(slots, home, len(slots))
    asked = _voice(generator)
    (found,) = index.near([asked], 7)
    expected = {
        home: sum(_product(asked, voices[slot]) for slot in slots) / len(slots) for home, slots in homes.items()
    }
    assert dict(found) == pytest.approx({home: like for home, like in expected.items() if like >= 0.02}, rel=1e-5)
    assert [like for _, like in found] == sorted(dict(found).values(), reverse=True)


def test_homes_far_less_alike_than_the_first_are_left_out_and_dropped_articles_speak_no_more():
    generator = np.random.default_rng(6)
    voices = [_voice(generator) for _ in range(10)]
    index = Index()
    for slot in index.add(voices):
        index.settle([slot], 100 + slot, 1)
    (found,) = index.near([voices[3]], 10)
    assert found[0][0] == 103
    (near,) = index.near([voices[3]], 10, part=0.9)
    assert [home for home, _ in near] == [103]
    index.drop([3])
    (left,) = index.near([voices[3]], 10)
    assert 103 not in dict(left)


def test_what_is_near_follows_the_homes_that_those_asked_for_together_get():
    generator = np.random.default_rng(7)
    voices = [_voice(generator) for _ in range(70)]
    index = Index()
    for voice, slot in zip(voices, index.add(voices), strict=True):
        voice.slot = slot
    homes = {home: list(range(home, 40, 8)) for home in range(8)}
    for home, slots in homes.items():
        index.settle(slots, home, len(slots))
    asked = index.ask(voices[40:60])
    asked.near(5, part=0.5)
    changed = 0
    for place in range(20):
        (expected,) = index.near([voices[40 + place]], 5, part=0.5)
        assert [home for home, _ in asked.near_now(place)] == [home for home, _ in expected]
        assert dict(asked.near_now(place)) == pytest.approx(dict(expected))
        changed += any(home >= 100 for home, _ in expected)
        home = 100 + place if place % 3 else place % 8
        spoke = homes.setdefault(home, [])
        spoke.append(40 + place)
        if len(spoke) > 6:
            index.drop([spoke.pop(0)])
        index.settle([40 + place], home, len(spoke))
        asked.settled(place, home)
    assert changed > 3


def test_lists_keep_what_they_hold_when_they_move_and_the_column_is_closed_up(monkeypatch):
    closed = []
    monkeypatch.setattr(Index, "_close_up", lambda self, close=Index._close_up: (closed.append(self), close(self)))
    generator = np.random.default_rng(8)
    voices = [_voice(generator) for _ in range(300)]
    index = Index()
    for start in range(0, 300, 4):
        index.add(voices[start : start + 4])
    for slot in range(300):
        index.settle([slot], slot, 1)
    (found,) = index.near([voices[17]], 300)
    expected = {slot: _product(voices[17], other) for slot, other in enumerate(voices)}
    assert dict(found) == pytest.approx({slot: like for slot, like in expected.items() if like >= 0.02}, rel=1e-5)
    assert closed
