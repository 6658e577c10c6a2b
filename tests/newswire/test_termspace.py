import numpy as np
import pytest

from nhipcau.newswire.features import Features
from nhipcau.newswire.termspace import Counts, TermSpace, total


def _features(words, names=(), language="en"):
    return Features(language, {f"{language} {word}": 1 for word in words.split()}, dict.fromkeys(names, 1))


def _vectors(*features):
    space = TermSpace()
    counts = [space.learn(one) for one in features]
    return space, [space.vector(one) for one in counts]


NAMES = ["@siemens", "@hitachi", "@vinh", "@busan", "@lyon", "#1541", "#2027"]


def test_vectors_are_of_unit_length_and_rare_terms_weigh_more():
    space, vectors = _vectors(*(_features(f"common word{number}") for number in range(50)))
    assert [vector.length for vector in vectors] == pytest.approx([1.0] * 50)
    assert space.products(vectors[0], [vectors[0], vectors[1]]) == pytest.approx([1.0, 0.05], abs=0.05)


def test_texts_in_two_languages_share_names_only():
    words = "railway station minister"
    space, (one, same, other) = _vectors(
        _features(words, NAMES), _features(words, NAMES), _features(words, NAMES, "de")
    )
    in_one_language, in_two = space.products(one, [same, other])
    assert in_one_language - in_two == pytest.approx(0.5)
    assert in_two > 0.4


def test_one_shared_name_is_less_proof_than_several():
    words = "railway station minister"
    space, (one, other) = _vectors(_features(words, NAMES[:1]), _features(words, NAMES[:1], "de"))
    assert space.products(one, [other])[0] < 0.25


def test_rarity_of_a_word_is_that_in_its_language():
    """A word that every article of a small language has is common, however many others do without it."""
    space, vectors = _vectors(
        *(_features(f"habari tofauti{number}", language="sw") for number in range(30)),
        *(_features(f"zeitung anders{number}", language="de") for number in range(300)),
    )
    assert space.products(vectors[0], vectors[1:2])[0] < 0.2


def test_short_words_are_taken_for_common_before_much_was_read():
    space, (one, short, long) = _vectors(
        _features("the of railway minister"),
        _features("the of harbour festival"),
        _features("one two railway minister"),
    )
    few, many = space.products(one, [short, long])
    assert few < 0.1
    assert many > 0.8


def test_kept_terms_are_bounded_and_the_most_telling():
    space = TermSpace()
    for number in range(20):
        space.learn(_features(" ".join(f"frequent{place}" for place in range(50)) + f" only{number}"))
    counts = space.learn(
        _features(
            " ".join(f"frequent{place}" for place in range(50)) + " " + " ".join(f"rare{place}" for place in range(200))
        )
    )
    kept = space.most_telling(counts)
    assert (len(counts.terms), len(kept.terms)) == (250, 96)
    assert not np.isin(
        kept.terms, space.learn(_features(" ".join(f"frequent{place}" for place in range(50)))).terms
    ).any()


def test_sum_of_vectors_keeps_the_heaviest_terms():
    _, vectors = _vectors(
        *(_features(" ".join(f"w{number}x{place}" for place in range(200)) + " shared") for number in range(5))
    )
    summed = total(vectors)
    assert len(summed.terms) == 384
    assert summed.heaviest(1)[0] in set.intersection(*(set(vector.terms.tolist()) for vector in vectors))


def test_what_was_learned_is_restored():
    space, _ = _vectors(_features("one two three", ["@hue"]), _features("eins zwei", language="de"))
    copy = TermSpace()
    copy.restore(iter(list(space.lines())))
    assert list(copy.lines()) == list(space.lines())


def test_counts_that_no_article_has_are_refused():
    fine = np.array([3, 5], np.uint32), np.array([1, 2], np.uint16), np.array([True, False])
    assert len(Counts("en", *fine).terms) == 2
    for place, wrong in (
        (0, np.array([5, 3], np.uint32)),
        (0, np.array([3, 1 << 21], np.uint32)),
        (1, np.array([0, 1], np.uint16)),
        (2, np.array([True])),
    ):
        with pytest.raises(ValueError, match="no terms of an article"):
            Counts("en", *(wrong if at == place else given for at, given in enumerate(fine)))
