import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.stories.skeletons import coarse_skeleton, from_cyrillic, from_katakana, skeleton


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("kardashian", "Кардашьян"),
        ("trump", "Трампом"),
        ("johnson", "Джонсона"),
        ("west", "Уэст"),
        ("hanoi", "Ханой"),
        ("merkel", "Меркель"),
    ],
)
def test_latin_and_cyrillic_names_have_one_skeleton(latin, cyrillic):
    assert skeleton(latin) == skeleton(from_cyrillic(cyrillic)) != ""


@pytest.mark.parametrize(
    ("latin", "kana"),
    [
        ("kardashian", "カーダシアン"),
        ("trump", "トランプ"),
        ("johnson", "ジョンソン"),
        ("smith", "スミス"),
        ("clinton", "クリントン"),
        ("modi", "モディ"),
    ],
)
def test_latin_and_katakana_names_have_one_coarse_skeleton(latin, kana):
    assert coarse_skeleton(latin) == coarse_skeleton(from_katakana(kana), from_kana=True) != ""


def test_names_that_sound_otherwise_have_other_skeletons():
    assert len({skeleton(name) for name in ("trump", "biden", "obama", "merkel", "modi", "kardashian")}) == 6


def test_names_of_one_consonant_have_none():
    assert skeleton("li") == coarse_skeleton("lee") == ""


@given(st.text(max_size=20))
def test_skeletons_of_any_word_are_consonants(word):
    assert (skeleton(word) + coarse_skeleton(word)).isalpha() or not skeleton(word) + coarse_skeleton(word)
