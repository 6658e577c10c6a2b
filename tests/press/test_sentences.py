import json

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.sentences import Sentence
from nhipcau.press.sentences import kept, told


def test_a_sentence_is_kept_with_its_values_and_told_again():
    sentence = Sentence("The {what} ends at {line}.", what=Sentence("feed {n}", n=3), line=8)

    stored = json.loads(json.dumps(kept(sentence)))

    assert told(stored) == "The feed 3 ends at 8." == sentence


def test_a_sentence_is_told_in_the_language_of_the_desk(monkeypatch):
    monkeypatch.setattr("nhipcau.press.sentences.gettext", {"Line {n} is bad.": "Dòng {n} hỏng."}.get)

    with translation.override("vi"):
        assert told(kept(Sentence("Line {n} is bad.", n=3))) == "Dòng 3 hỏng."


@pytest.mark.parametrize("message", ["", "plain {text} with {braces", "100 %"])
def test_a_plain_text_stays_as_it_is(message):
    assert told(kept(message)) == message


@given(st.text())
def test_whatever_is_quoted_can_be_stored(text):
    stored = kept(Sentence("It says: {what}", what=text))

    json.dumps(stored).encode()
    assert "\0" not in told(stored)
    told(stored).encode()
