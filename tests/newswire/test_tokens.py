import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.tokens import RARE, commonness, shingles, words
from nhipcau.text import fold

TEN = "one two three four five six seven eight nine ten"


def test_words_of_a_script_with_spaces_stand_as_they_are():
    assert words(fold("Thủ tướng thăm Huế, 22/11.")) == ["thu", "tuong", "tham", "hue", "22", "11"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("越南总理", ["越南", "南总", "总理"]),
        ("ベトナム", ["ベト", "トナ", "ナム"]),
        ("越", ["越"]),
        ("ไปเที่ยวไทย", ["ไปเ", "ปเที่", "เที่ย", "ที่ยว", "ยวไ", "วไท", "ไทย"]),
        ("Siemens向越南供货", ["siemens", "向越", "越南", "南供", "供货"]),
    ],
)
def test_words_of_a_script_without_spaces_are_overlapping_pieces(text, expected):
    assert words(fold(text)) == expected


def test_shingles_are_runs_of_five_words():
    assert len(shingles(TEN)) == 6
    assert len(np.intersect1d(shingles(TEN), shingles(f"zero {TEN} eleven"))) == 6
    assert len(np.intersect1d(shingles(TEN), shingles(TEN.replace("five", "other")))) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [("越南总理访问日本东京并会见天皇", 6), ("กขคงจฉชซฌญฎฏฐฑฒณดตถท", 6), ("", 0), ("two words", 1), ("越南", 1)],
)
def test_shingles_of_other_scripts_are_as_long_in_meaning(text, expected):
    assert len(shingles(fold(text))) == expected


def test_shingles_count_a_repeated_run_once():
    assert len(shingles(" ".join(["all the same words again"] * 40))) == 5


def test_shingles_are_the_same_in_every_process():
    code = "from nhipcau.newswire.tokens import shingles; print(shingles({!r}).tolist())"
    command = [sys.executable, "-c", code.format(TEN)]
    seen = {
        subprocess.run(
            command, env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert seen == {f"{shingles(TEN).tolist()}\n".encode()}


@given(st.text(max_size=300))
def test_shingles_of_any_text_are_sorted_and_distinct(text):
    found = shingles(fold(text))
    assert found.tolist() == sorted(set(found.tolist()))
    assert (len(found) == 0) == (fold(text) == "")


@given(st.lists(st.sampled_from(["viet", "nam", "越", "南", "ที่", "ไ"]), min_size=1, max_size=60), st.integers(0, 10))
def test_shingles_of_a_piece_are_all_in_the_whole(tokens, start):
    whole = " ".join(tokens)
    piece = shingles(" ".join(tokens[start : start + 40]))
    if len(tokens[start : start + 40]) >= 15:
        assert np.isin(piece, shingles(whole)).all()


def test_commonness_falls_with_length_and_is_low_without_spaces():
    assert commonness("a") > commonness("the") > commonness("rice") > commonness("railway") == RARE
    assert commonness("越南") == RARE
