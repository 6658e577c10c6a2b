from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.documents.forms import Answers, FigureAnswer, PulledFigure, Row, TableAnswer
from nhipcau.documents.forms.flat import Clash, flatten, join_fields, join_rows, unflatten

_KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)
_TEXTS = st.text(min_size=1, max_size=6)
_PULLED = st.builds(PulledFigure, value=_TEXTS, as_of=_TEXTS, sources=st.tuples(st.tuples(_TEXTS, _TEXTS)))
_FIGURES = st.builds(
    FigureAnswer,
    value=_TEXTS,
    none=st.booleans(),
    estimate=st.text(max_size=3),
    comment=st.text(max_size=3),
    by=st.dictionaries(_KEYS, st.dictionaries(_KEYS, _TEXTS, min_size=1, max_size=2), max_size=2),
    pulled=st.none() | _PULLED,
)
_ROWS = st.lists(
    st.builds(Row, id=_KEYS, cells=st.dictionaries(_KEYS, _TEXTS, max_size=2)),
    max_size=3,
    min_size=1,
    unique_by=lambda row: row.id,
)
_ANSWERS = st.builds(
    Answers,
    texts=st.dictionaries(_KEYS, _TEXTS, max_size=2),
    nones=st.frozensets(_KEYS, max_size=2),
    figures=st.dictionaries(_KEYS, _FIGURES, max_size=2),
    tables=st.dictionaries(_KEYS, st.builds(TableAnswer, rows=_ROWS.map(tuple), none=st.booleans()), max_size=2),
    files=st.dictionaries(_KEYS, st.lists(st.integers(1, 99), min_size=1, max_size=2).map(tuple), max_size=2),
)


@given(_ANSWERS)
@settings(max_examples=80)
def test_answers_come_back_out_of_their_fields(answers):
    assert unflatten(flatten(answers)) == answers


@given(st.dictionaries(st.text(max_size=12) | st.just("figures.a.pulled"), st.text(max_size=5), max_size=4))
@settings(max_examples=80)
def test_fields_that_mean_nothing_are_left_out_without_a_traceback(fields):
    unflatten(fields)


def test_fields_of_two_people_are_joined_and_what_both_changed_is_said():
    base = {"texts.a": "1", "texts.b": "1", "texts.c": "1", "texts.d": "1"}
    theirs = {"texts.a": "2", "texts.b": "1", "texts.c": "2", "texts.d": "1"}
    mine = {"texts.a": "1", "texts.b": "3", "texts.c": "3", "texts.d": ""}
    joined, clashes = join_fields(base, theirs, mine)
    assert joined == {"texts.a": "2", "texts.b": "3", "texts.c": "2"}
    assert clashes == [Clash("texts.c", "2", "3")]


def test_rows_of_two_people_are_joined():
    assert join_rows(["a", "b", "c"], ["a", "b", "c", "d"], ["c", "a", "e"]) == ["a", "c", "d", "e"]
    assert join_rows(["a", "b"], ["a", "b"], ["b", "a", "c"]) == ["b", "a", "c"]


def test_cells_of_a_row_that_was_taken_out_go_with_it():
    base = {"tables.t.rows": "a b", "tables.t.a.x": "1", "tables.t.b.x": "2"}
    joined, clashes = join_fields(base, base, {"tables.t.rows": "b"})
    assert (joined, clashes) == ({"tables.t.rows": "b", "tables.t.b.x": "2"}, [])


_FIELDS = st.dictionaries(st.sampled_from(["texts.a", "texts.b", "figures.c"]), st.sampled_from("xyz"))


@given(_FIELDS, _FIELDS, _FIELDS)
def test_nothing_that_anybody_wrote_is_lost(base, theirs, mine):
    sent = dict.fromkeys(("texts.a", "texts.b", "figures.c"), "") | mine
    joined, clashes = join_fields(base, theirs, sent)
    told = {clash.path: clash.mine for clash in clashes}
    for path, text in sent.items():
        if text != base.get(path, ""):
            assert joined.get(path, "") == text or told[path] == text
        else:
            assert joined.get(path, "") == theirs.get(path, "")
