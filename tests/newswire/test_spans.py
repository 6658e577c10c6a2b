import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.gazetteer import spans
from nhipcau.newswire.gazetteer.spans import Words


def slowly(text, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(spans, "_pieces_of", lambda _: None)
        return Words(text)


def shown(words):
    return (
        words.words,
        [words.span(index) for index in range(len(words))],
        [words.written(i) for i in range(len(words))],
    )


@given(
    st.text(st.one_of(st.sampled_from(" \n.,½²™£°→’-ĐđßİΣσςй\u200b\ufe0f\u0301"), st.characters(max_codepoint=0x2FFF)))
)
def test_both_ways_of_taking_a_text_apart_agree(text):
    with pytest.MonkeyPatch.context() as patch:
        assert shown(Words(text)) == shown(slowly(text, patch))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hà Nội, 25°C – £40", ["ha", "noi", "25", "c", "40"]),
        ("¿Qué?\n½ l\tÅrø", ["que", "l", "arø"]),
        ("ΒΙΕΤΝΆΜ, Αθήνας", ["βιετναμ", "αθηνασ"]),
        ("서울 시", ["서울", "시"]),
        ("", []),
        (" . ", []),
    ],
)
def test_words_are_folded_one_by_one(text, words):
    assert Words(text).words == words


def test_most_texts_take_the_quicker_way():
    for text in ("Việt Nam – 5 °C, ½ l, 3 m²", "Grüße ✓ 😉 №", "В’єтнам · 10 €"):
        assert spans._pieces_of(text) is not None or "№" in text
    assert spans._pieces_of("ﬁne") is None


def test_spans_are_where_the_words_stand():
    text = "Die  Bürger, in “Köln”: 1.000 €"
    words = Words(text)

    assert [text[slice(*words.span(index))] for index in range(len(words))] == re.findall(r"\w+", text)
