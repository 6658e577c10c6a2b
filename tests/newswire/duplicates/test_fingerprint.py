import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.duplicates import fingerprint as module
from nhipcau.newswire.duplicates.fingerprint import fingerprint, fingerprints
from nhipcau.newswire.tokens import shingles
from nhipcau.text import fold

TEXTS = (
    "Thủ tướng tiếp Đại sứ, trao đổi về thương mại và đầu tư giữa hai nước trong năm tới.",
    "The minister met the ambassador on Monday; trade, investment and fisheries were on the agenda.",
    "越南总理访问日本东京并会见天皇，双方签署了多项合作协议。",
    "ベトナム首相が東京を訪問し、天皇陛下と会見した。両国は協力文書に署名した。",
    "ประธานาธิบดีต้อนรับคณะผู้แทนที่กรุงฮานอยเมื่อวันจันทร์และหารือเรื่องการค้า",
    "राष्ट्रपति ने सोमवार को हनोई में प्रतिनिधिमंडल से मुलाकात की और व्यापार पर चर्चा की",
    "Siemens向越南供货 100 MW turbines für 2027, 双方签署了协议 in Hà Nội",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_as_many_shingles_as_its_folded_words_have(text):
    assert len(fingerprint(text).shingles) == len(shingles(fold(text)))


def test_case_accents_and_punctuation_do_not_count():
    one, other = fingerprint("Hòa bình, hợp tác và phát triển!"), fingerprint("HOA BINH — hop tac va phat trien")
    assert one.text == other.text
    assert one.shingles.tolist() == other.shingles.tolist()


def test_the_order_of_words_and_their_bounds_do():
    texts = [
        "một hai ba bốn năm sáu",
        "hai một ba bốn năm sáu",
        "mộthai ba bốn năm sáu",
        "一二三四五六",
        "二一三四五六",
    ]
    assert len({fingerprint(text).text for text in texts}) == len(texts)


def test_texts_without_words_are_told_apart_by_their_signs():
    assert fingerprint("?!").text != fingerprint("--").text
    assert len(fingerprint("?!").shingles) == 0
    assert len(fingerprint("").shingles) == 0


def test_ideographs_of_the_supplementary_planes_count_and_pictures_do_not():
    assert fingerprint("\U00020000\U00020001").text != fingerprint("\U00020001\U00020000").text
    assert fingerprint("ba 😀 bốn").text == fingerprint("ba bốn").text


def test_a_text_longer_than_the_tables_made_for_the_first():
    words = [f"w{number}" for number in range(20_000)]
    assert len(fingerprint(" ".join(words)).shingles) > 19_950
    assert np.isin(fingerprint(" ".join(words[19_000:])).shingles, fingerprint(" ".join(words)).shingles).all()


def test_numbers_are_the_same_in_every_process():
    code = f"from nhipcau.newswire.duplicates.fingerprint import fingerprint; print(fingerprint({TEXTS[0]!r}).text)"
    env = {"PYTHONHASHSEED": "7", "PYTHONPATH": ":".join(sys.path)}
    seen = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True).stdout
    assert int(seen) == fingerprint(TEXTS[0]).text


@pytest.mark.parametrize("added", ["北京", "ไทย", "e\u0301", "हिन्दी"])
def test_another_script_in_a_text_changes_no_run_beside_it(added):
    alone, beside = fingerprint(TEXTS[1]).shingles, fingerprint(f"{TEXTS[1]}\n{added}").shingles
    assert np.isin(alone, beside).all()


@given(st.text(max_size=300))
def test_shingles_of_any_text_are_sorted_and_distinct(text):
    found = fingerprint(text).shingles.tolist()
    assert found == sorted(set(found))


@given(st.lists(st.sampled_from(["viet", "năm", "越", "南", "ที่", "ไ"]), min_size=1, max_size=60), st.integers(0, 10))
def test_shingles_of_a_piece_are_all_in_the_whole(tokens, start):
    piece = tokens[start : start + 40]
    if len(piece) >= 15:
        whole = fingerprint(" ".join(tokens)).shingles
        assert np.isin(fingerprint(" ".join(piece)).shingles, whole).all()


@given(
    st.lists(st.one_of(st.text(max_size=60), st.sampled_from([*TEXTS, "", "?!", "một hai", "e\u0301"])), max_size=12),
    st.integers(1, 200),
)
def test_texts_read_together_have_the_numbers_that_each_has_by_itself(texts, together):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_TOGETHER", together)
        found = fingerprints(texts)
    alone = [fingerprint(text) for text in texts]
    assert [(one.text, one.shingles.tolist()) for one in found] == [(one.text, one.shingles.tolist()) for one in alone]


@pytest.mark.parametrize(
    ("text", "number", "first"),
    [
        (TEXTS[0], 4212116860095705681, 371718906),
        (TEXTS[2], 6994037348245836042, 15707157),
        ("một hai", -2222656792450329786, 588213507),
    ],
)
def test_what_an_earlier_version_saved_is_compared_by_the_same_numbers(text, number, first):
    found = fingerprint(text)
    assert (found.text, int(found.shingles[0])) == (number, first)
