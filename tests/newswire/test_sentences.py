import pickle

import pytest

from nhipcau.newswire.sentences import QUOTED, Sentence, quoted, told

WORDS = {
    "It is larger than {limit} bytes.": "Tệp lớn hơn {limit} byte.",
    "Row {row}: {why}": "Dòng {row}: {why}",
}


def vietnamese(template):
    return WORDS.get(template, template)


def test_sentence_is_its_english_text():
    sentence = Sentence("It is larger than {limit} bytes.", limit=10)
    assert sentence == "It is larger than 10 bytes."
    assert sentence.told(vietnamese) == "Tệp lớn hơn 10 byte."


def test_sentence_inside_a_sentence_is_told_too():
    sentence = Sentence("Row {row}: {why}", row=3, why=Sentence("It is larger than {limit} bytes.", limit=10))
    assert sentence == "Row 3: It is larger than 10 bytes."
    assert sentence.told(vietnamese) == "Dòng 3: Tệp lớn hơn 10 byte."


def test_sentence_survives_the_way_to_another_process():
    sentence = Sentence("Row {row}: {why}", row=3, why=Sentence("It is larger than {limit} bytes.", limit=10))
    copy = pickle.loads(pickle.dumps(sentence))
    assert copy == sentence
    assert copy.told(vietnamese) == sentence.told(vietnamese)


def test_what_is_quoted_is_one_line_of_bounded_length():
    assert quoted("a\r\nb\x1b[31m\u202ec") == "a b [31m c"
    assert len(quoted("x" * 10_000)) == QUOTED


def test_braces_in_what_is_quoted_are_only_text():
    assert Sentence("Row {row}: {why}", row=1, why="{row.__class__}") == "Row 1: {row.__class__}"


@pytest.mark.parametrize("message", ["plain text", 5, None])
def test_anything_else_is_told_as_it_is(message):
    assert told(message, vietnamese) == message
