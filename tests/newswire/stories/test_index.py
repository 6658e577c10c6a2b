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
