from hypothesis import given
from hypothesis import strategies as st

from nhipcau.text import compare_words, moved


def test_words_are_compared_one_by_one():
    assert compare_words("Hội An thắp đèn", "Hội An đã thắp đèn") == [
        ("same", "Hội An "),
        ("new", "đã "),
        ("same", "thắp đèn"),
    ]


@given(st.text(), st.text())
def test_pieces_hold_both_texts(before, after):
    pieces = compare_words(before, after)

    assert "".join(text for kind, text in pieces if kind != "new") == before
    assert "".join(text for kind, text in pieces if kind != "gone") == after


def test_as_few_as_explain_it_have_moved():
    assert moved([1, 2, 3, 4], [2, 3, 4, 1]) == {1}
