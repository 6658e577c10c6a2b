import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.search import parse
from nhipcau.search.words import GAP, MAX_BYTES, MAX_QUERY_WORDS, MAX_TIMES, MAX_WORDS, document


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("đà nẵng", (("da",), ("nang",))),
        ('"Đà Nẵng" cầu', (("da", "nang"), ("cau",))),
        ("47/NQ-CP", (("47", "nq", "cp"),)),
        ("越南", (("越", "南"),)),
        ("„Hạ Long“ bay", (("ha", "long"), ("bay",))),
        ('vịnh "hạ long', (("vinh",), ("ha", "long"))),
        ("cầu cầu", (("cau",),)),
        ("NOT a OR b*", (("not",), ("a",), ("or",), ("b",))),
        ('?! "" ()', ()),
        ("", ()),
    ],
)
def test_parse_takes_quoted_phrases_and_every_other_word(typed, phrases):
    assert parse(typed).phrases == phrases


@given(st.text(max_size=2000))
def test_parse_never_raises_and_keeps_within_its_limit(typed):
    phrases = parse(typed).phrases

    assert sum(map(len, phrases)) <= MAX_QUERY_WORDS
    assert all(word and not word.isspace() for phrase in phrases for word in phrase)


def test_document_parts_its_fields_by_a_gap():
    assert document(["Cầu mới", "Đà Nẵng"]) == ["cau", "moi", GAP, "da", "nang"]


def test_document_leaves_gaps_for_what_a_tsvector_cannot_hold():
    found = document(["a " * (MAX_TIMES + 3)])

    assert found == ["a"] * MAX_TIMES + [GAP] * 3


def test_document_stops_at_the_limit_of_words():
    found = document([" ".join(str(number) for number in range(MAX_WORDS + 5))])

    assert len(found) == MAX_WORDS
    assert found[-1] == str(MAX_WORDS - 1)


def test_document_stops_at_the_limit_of_bytes():
    found = document([" ".join(f"{number:060d}" for number in range(MAX_WORDS))])

    assert len(found) == MAX_BYTES // 60
