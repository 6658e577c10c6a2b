import numpy as np
import pytest

from nhipcau.newswire.stories.features import NAME, WORD, Batch, Counts
from nhipcau.newswire.stories.lexicon import term_number
from nhipcau.newswire.stories.termspace import TermSpace, total
from nhipcau.newswire.tokens import commonness


def _features(words, names=(), language="en"):
    """An article's terms and how common they are guessed to be, each standing there once."""
    found = {term_number(name): (NAME, commonness("railway")) for name in names}
    found |= {term_number(f"{language} {word}"): (WORD, commonness(word)) for word in words.split()}
    terms = sorted(found)
    counts = Counts(
        language,
        np.array(terms, np.uint32),
        np.ones(len(terms), np.uint16),
        np.array([found[term][0] for term in terms], np.uint8),
        np.zeros(len(terms), np.bool_),
    )
    return counts, np.array([found[term][1] for term in terms], np.float32)


def _learned(space, *features):
    counts, guesses = zip(*features, strict=True)
    space.learn(Batch(list(counts), list(guesses)))
    return list(counts)


def _vectors(*features):
    space = TermSpace()
    return space, space.vectors(_learned(space, *features))


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
    frequent = " ".join(f"frequent{place}" for place in range(50))
    _learned(space, *(_features(f"{frequent} only{number}") for number in range(20)))
    (counts,) = _learned(space, _features(f"{frequent} " + " ".join(f"rare{place}" for place in range(200))))
    (kept,) = space.most_telling([counts])
    assert (len(counts.terms), len(kept.terms)) == (250, 96)
    assert not np.isin(kept.terms, _features(frequent)[0].terms).any()


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
