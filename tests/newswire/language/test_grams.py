from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.language.grams import LONGEST, MOST, grams, words_of


def test_words_stand_apart_by_one_blank_without_signs_and_digits():
    assert words_of("Thủ tướng: “Năm 2026, tăng 8 %!”") == " thủ tướng năm tăng "


def test_words_keep_the_vowel_signs_of_indic_scripts():
    assert words_of("हिन्दी में।") == " हिन्दी में "


def test_every_run_up_to_the_longest_has_a_number():
    assert len(set(grams(" abcd ").tolist())) == 6 + 5 + 4 + 3 + 2 - 1  # the blank stands there twice


@given(st.text(max_size=80))
def test_a_piece_of_a_text_has_no_run_that_the_text_has_not(text):
    words = words_of(text)
    assert set(grams(words[2:20]).tolist()) <= set(grams(words).tolist())
    assert len(grams(words)) == LONGEST * len(words)


def test_no_more_of_a_long_text_is_looked_at():
    assert grams("abc " * 1000).tolist() == grams(("abc " * 1000)[:MOST]).tolist()
