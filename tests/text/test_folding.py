import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.text import exact, fold, nfc


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đà Nẵng", "da nang"),
        ("da nang", "da nang"),
        (unicodedata.normalize("NFD", "Đà Nẵng"), "da nang"),
        ("hòa", "hoa"),
        ("hoà", "hoa"),
        ("47/NQ-CP", "47 nq cp"),
        ("  Hà\u00a0Nội,\n 2026 ", "ha noi 2026"),
        ("ＶＩＥＴ　ＮＡＭ", "viet nam"),
        ("ΟΔΟΣ, Οδός", "οδοσ οδοσ"),
        ("Вьетнамский", "вьетнамскии"),
        ("越南河内", "越 南 河 内"),
        ("ベトナム・ハノイ市", "ベ ト ナ ム ハ ノ イ 市"),
        ("ﾍﾞﾄﾅﾑ", "ベ ト ナ ム"),
        ("베트남의", "베트남의"),
        ("เวียดนาม", "เ วี ย ด น า ม"),
        ("ຫວຽດນາມ", "ຫ ວ ຽ ດ ນ າ ມ"),
        ("ខ្មែរ វៀតណាម", "ខ្មែ រ វៀ ត ណា ម"),
        ("ဗီယက်နမ်", "ဗီ ယ က် န မ်"),
        ("Hà Nội越南", "ha noi 越 南"),
        ("", ""),
        ("…!?", ""),
    ],
)
def test_fold_gives_the_form_that_is_indexed(written, folded):
    assert fold(written) == folded


@given(st.text())
def test_fold_of_what_is_folded_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="hoàòáóăâđĐêôơưẾỆ .,-/\u0301\u0323\u17d2\u1780\u1798\u0e14\u0e35\u0e48越ベ\u3099ΣςÅ"))
def test_fold_of_mixed_scripts_is_stable_and_the_same_for_every_normal_form(text):
    folded = fold(text)

    assert fold(folded) == folded
    assert {fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")} == {folded}


@given(st.text())
def test_fold_leaves_only_letters_numbers_marks_and_single_spaces(text):
    folded = fold(text)

    assert folded == " ".join(folded.split(" ")).strip()
    assert "  " not in folded
    assert {unicodedata.category(character) for character in folded if character != " "} <= {
        "Ll", "Lu", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Mn", "Mc",
    }  # fmt: skip
    assert not any("\u0300" <= character <= "\u036f" for character in folded)


def test_fold_holds_for_every_character():
    unstable = [
        code
        for code in range(0x30000)
        if not 0xD800 <= code < 0xE000 and fold(fold("a" + chr(code) + "b")) != fold("a" + chr(code) + "b")
    ]

    assert unstable == []


@given(st.text())
def test_nfc_composes(text):
    assert nfc(unicodedata.normalize("NFD", text)) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Đà Nẵng", "đà nẵng"),
        (unicodedata.normalize("NFD", "Đà Nẵng"), "đà nẵng"),
        ("hoà, hòa", "hòa hòa"),
        ("HOÀ BÌNH", "hòa bình"),
        ("thuỷ loè", "thủy lòe"),
        ("hoàខ", "hòa ខ"),
        ("hoàn toàn", "hoàn toàn"),
        ("quý quỳ", "quý quỳ"),
        ("47/NQ-CP", "47 nq cp"),
        ("Οδός", "οδόσ"),
        ("越南河内", "越 南 河 内"),
        ("ﾍﾞﾄﾅﾑ", "ベ ト ナ ム"),
        ("…!?", ""),
    ],
)
def test_exact_keeps_marks_and_prints_tones_where_they_stand_today(written, kept):
    assert exact(written) == kept


@given(st.text() | st.text(alphabet="hoàòáóquýùyỳ ăâđĐêôơưẾỆ .,-/\u0301\u0323\u17d2\u1780ベ\u3099ΣςÅ"))
def test_exact_of_what_is_exact_changes_nothing_and_folds_to_the_folded(text):
    kept = exact(text)

    assert exact(kept) == kept
    assert fold(kept) == fold(text)
