import pytest

from nhipcau.newswire.language.scripts import script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Hanoi à Noël", "Latin"),
        ("Hà Nội", "Vietnamese"),
        ("Москва", "Cyrillic"),
        ("東京都は", "Kana"),
        ("東京都", "Han"),
        ("\U00020000\U00020001", "Han"),
        ("서울", "Hangul"),
        ("ວຽງຈັນ", "Lao"),
    ],
)
def test_script_of_plain_texts(text, script):
    assert script_of(text) == (script, 1.0)


@pytest.mark.parametrize("text", ["", "12 %", "😀🎉", "𝟙"])
def test_script_of_texts_without_letters(text):
    assert script_of(text) == (None, 0.0)


def test_script_of_a_mixed_text_is_that_of_most_with_its_share():
    assert script_of("abc где ё") == ("Cyrillic", 4 / 7)


def test_an_ornamental_kana_makes_no_japanese():
    assert script_of("新华社北京电优の品店今日开业欢迎光临")[0] == "Han"
