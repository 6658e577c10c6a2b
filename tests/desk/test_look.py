import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.desk.look import CHOICES, Look


def test_look_is_vietnamese_unless_chosen_otherwise():
    assert Look() == Look("vi", "normal", "system")


@pytest.mark.parametrize("cookie", [None, "", "..", "fr.huge.pink", "<script>"])
def test_look_of_a_senseless_cookie_is_the_default(cookie):
    assert Look.read(cookie) == Look()


def test_look_keeps_the_parts_of_a_cookie_that_make_sense():
    assert Look.read("en.huge.dark.more") == Look("en", "normal", "dark")


def test_changed_takes_only_what_is_on_offer():
    wishes = {"theme": "contrast", "language": "xx", "cookie": "x", "next": "/"}
    assert Look().changed(wishes) == Look("vi", "normal", "contrast")


@given(
    st.sampled_from(sorted(CHOICES["language"])),
    st.sampled_from(sorted(CHOICES["text_size"])),
    st.sampled_from(sorted(CHOICES["theme"])),
)
def test_cookie_brings_the_same_look_back(language, text_size, theme):
    look = Look(language, text_size, theme)
    assert Look.read(look.cookie()) == look


@given(st.text(max_size=40))
def test_any_cookie_is_read(cookie):
    assert Look.read(Look.read(cookie).cookie()) == Look.read(cookie)
