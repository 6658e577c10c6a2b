import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.stories.numbers import numbers_in


def _numbers(text, language):
    return [written for written, _, _ in numbers_in(text, language)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1,541 and 1.5 million", "en"),
        ("1.541 und 1,5 Mio.", "de"),
        ("1541、150万", "ja"),
        ("1,541，150萬", "zh"),
        ("1 541 и 1,5 млн", "ru"),
        ("1.541 và 1,5 triệu", "vi"),
        ("1 541 et 1,5 million", "fr"),
        ("१५४१ 1.5 million", "hi"),
        ("1541 and 15 lakh", "en"),
    ],
)
def test_one_number_however_it_is_written(text, language):
    assert _numbers(text.replace("1 541", "1\u00a0541"), language) == ["#1541e0", "#15e5"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("3 billion", "en"),
        ("3 Milliarden", "de"),
        ("3 tỷ", "vi"),
        ("30億", "ja"),
        ("30亿", "zh"),
        ("3 миллиарда", "ru"),
        ("3 mrd", "cs"),
    ],
)
def test_one_magnitude_in_every_language(text, language):
    assert _numbers(text, language) == ["#3e9"]


def test_billion_of_the_long_scale_is_a_million_millions():
    assert _numbers("3 Billionen", "de") == ["#3e12"]


def test_number_in_two_pieces_is_one():
    assert _numbers("20万6737人", "ja") == ["#206737e0"]
    assert _numbers("1兆5000億円", "ja") == ["#15e11"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("on Aug. 5", "en"),
        ("on August 5", "en"),
        ("on 5 August", "en"),
        ("am 5. August", "de"),
        ("5 августа", "ru"),
        ("8月5日", "zh"),
        ("ngày 5 tháng 8", "vi"),
        ("ngày 5/8", "vi"),
        ("5. srpna", "cs"),
        ("le 5 août", "fr"),
    ],
)
def test_one_day_in_every_language(text, language):
    assert _numbers(text, language)[0] == "%8-5"


@given(
    st.text(max_size=80) | st.text(alphabet="0123456789.,万億 mio/", max_size=40), st.sampled_from(["en", "de", "ja"])
)
def test_numbers_of_any_text_stand_where_they_are_said_to(text, language):
    for written, start, end in numbers_in(text, language):
        assert written[0] in "#%"
        assert text[start].isdecimal()
        assert text[end - 1].isdecimal()


def test_a_number_without_end_is_cut_into_pieces_and_breaks_nothing():
    found = list(numbers_in("9" * 5_000 + "万5", "zh"))
    assert len(found) > 1
    assert found[-1][2] == 5_002
