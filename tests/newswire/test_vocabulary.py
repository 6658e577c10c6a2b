from nhipcau.newswire.gazetteer import vocabulary
from nhipcau.newswire.gazetteer.spans import Words
from nhipcau.newswire.gazetteer.vocabulary import Vocabulary, vocabulary_of


class Listed:
    """A list of whole words that counts how often it is asked."""

    def __init__(self, *words):
        self.words = set(words)
        self.asked = []

    def among(self, words):
        self.asked += sorted(words)
        return words & self.words

    def begins(self, word):
        return word if word in self.words else None


def test_a_text_is_told_where_names_of_each_list_may_begin():
    towns, rivers = Listed("hue", "hanoi"), Listed("mekong", "hue")
    known, words = Vocabulary(), Words("Huế, the Mekong and Hanoi")

    assert known.starts(words, towns) == [(0, "hue"), (4, "hanoi")]
    assert known.starts(words, rivers) == [(0, "hue"), (2, "mekong")]
    assert known.starts(words, towns) == [(0, "hue"), (4, "hanoi")]


def test_a_word_is_asked_about_once():
    towns, known = Listed("hue"), Vocabulary()
    known.starts(Words("Hue and me"), towns)
    known.starts(Words("me and Hue"), towns)

    assert towns.asked == ["and", "hue", "me"]


def test_what_is_remembered_has_an_end(monkeypatch):
    monkeypatch.setattr(vocabulary, "_REMEMBERED", 3)
    towns, known = Listed("hue"), Vocabulary()

    for number in range(20):
        assert known.starts(Words(f"Hue {number} {number + 1}"), towns) == [(0, "hue")]

    assert len(known._begun) <= 6


def test_what_no_name_is_as_long_as_begins_nothing_and_is_not_kept():
    towns, known = Listed("hue"), Vocabulary()

    for number in range(5):
        assert known.starts(Words(f"Hue {'x' * 1_000}{number}"), towns) == [(0, "hue")]

    assert list(known._begun) == ["Hue"]


def test_words_met_before_a_list_is_asked_are_looked_up_in_it_alone():
    towns, rivers, known = Listed("hue"), Listed("mekong"), Vocabulary()
    known.starts(Words("Hue on the Mekong"), towns)

    assert known.starts(Words("the Mekong"), rivers) == [(1, "mekong")]
    assert known.starts(Words("Hue"), towns) == [(0, "hue")]
    assert towns.asked == ["hue", "mekong", "on", "the"]


def test_lists_asked_once_do_not_stay_for_ever():
    known, words = Vocabulary(), Words("Hue")

    for _ in range(50):
        assert known.starts(words, Listed("hue")) == [(0, "hue")]

    assert len(known._lists) <= 16


def test_languages_that_pages_invent_are_not_all_kept():
    kept = [vocabulary_of(f"x{number}") for number in range(40)]
    assert vocabulary_of("x39") is kept[39]
    assert vocabulary_of("x0") is not kept[0]
