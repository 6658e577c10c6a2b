from hypothesis import given
from hypothesis import strategies as st

from nhipcau.text import Change, compare_rows, compare_words, moved


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


def test_of_rows_it_is_said_what_came_went_moved_and_changed():
    before = [{"key": key, "said": key} for key in "abcd"]
    after = [{"key": "d", "said": "d"}, {"key": "a", "said": "A"}, {"key": "e", "said": "e"}, {"key": "c", "said": "c"}]

    found = compare_rows(
        before,
        after,
        key="key",
        title=lambda row: row["key"].upper(),
        fields=lambda was, row: [("said", compare_words(was.get("said", ""), row["said"]))] if was != row else [],
    )

    said = [("said", [("gone", "a"), ("new", "A")])]
    assert found == [
        Change("moved", "D", (4, 1), []),
        Change("changed", "A", (1, 2), said),
        Change("new", "E", (None, 3), [("said", [("new", "e")])]),
        Change("gone", "B", (2, None)),
    ]
