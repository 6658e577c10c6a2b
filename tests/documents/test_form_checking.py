from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.documents.forms import (
    Answers,
    Axis,
    Choice,
    Column,
    FigureAnswer,
    FigureItem,
    FileItem,
    Form,
    FormError,
    PulledFigure,
    Row,
    Rule,
    Section,
    TableAnswer,
    TableItem,
    TextItem,
)
from nhipcau.documents.forms.checking import counted, is_complete, problems

LANGUAGE = Axis(
    key="language", label="ngôn ngữ", choices=(Choice(key="vi", label="Việt"), Choice(key="en", label="Anh"))
)


def make_form(*items, rules=()):
    return Form(
        key="f",
        version=1,
        title="Biểu",
        axes=(LANGUAGE,),
        sections=(Section(key="part", number="I", title="Phần", items=items),),
        rules=rules,
    )


ITEMS = FigureItem(key="items", label="Tin, bài", axes=("language",))


def said(form, answers):
    return [(problem.place, str(problem.sentence)) for problem in problems(form, answers)]


def figure(**answer):
    return Answers(figures={"items": FigureAnswer(**answer)})


def test_missing_figure_needs_a_comment_and_none_is_an_answer():
    form = make_form(ITEMS)
    missing = "“Tin, bài” is missing: give it, say that there is none, or say why."
    assert said(form, Answers()) == [("figures.items", missing)]
    assert said(form, figure(comment="Chưa thống kê được")) == []
    assert said(form, figure(none=True)) == []
    assert said(form, figure(value="0")) == []


def test_breakdown_adds_up_to_the_total():
    form = make_form(ITEMS)
    assert said(form, figure(value="3", by={"language": {"vi": "1", "en": "2"}})) == []
    assert said(form, figure(value="1234", by={"language": {"vi": "1", "en": ""}})) == [
        ("figures.items.language", "“Tin, bài” by ngôn ngữ adds up to 1, and the total is 1.234.")
    ]
    assert said(form, figure(by={"language": {"vi": "1"}}, comment="?")) == [
        ("figures.items", "“Tin, bài” is broken down, and its total is missing.")
    ]
    assert said(form, figure(value="1", by={"language": {"xx": "1"}})) == [
        ("figures.items.language.xx", "“Tin, bài” is broken down by something that the form has not.")
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("abc", "“Tin, bài”: “abc” is no number."),
        ("NaN", "“Tin, bài”: “NaN” is no number."),
        ("1" * 30, f"“Tin, bài”: “{'1' * 30}” is no number."),
        ("-1", "“Tin, bài” cannot be below zero."),
        ("1.5", "“Tin, bài” is a count: whole numbers only."),
    ],
)
def test_number_that_cannot_be_is_named(text, sentence):
    assert said(make_form(ITEMS), figure(value=text)) == [("figures.items", sentence)]


def test_none_and_a_number_contradict_each_other():
    assert said(make_form(ITEMS), figure(none=True, value="4")) == [
        ("figures.items", "“Tin, bài” says both a number and that there is none.")
    ]


def test_total_counted_from_a_table_is_the_tables_or_says_why_not():
    table = TableItem(key="events", label="Hoạt động", columns=(Column(key="cost", label="Kinh phí", holds="money"),))
    rows = TableAnswer(rows=(Row(id="a", cells={"cost": "1.5"}), Row(id="b", cells={"cost": "2"})))
    number = FigureItem(key="items", label="Sự kiện", counted="events")
    money = FigureItem(key="spent", label="Kinh phí", number="money", counted="events.cost")
    form = make_form(number, money, table)
    right = Answers(
        figures={"items": FigureAnswer(value="2"), "spent": FigureAnswer(value="3.5")}, tables={"events": rows}
    )
    assert said(form, right) == []
    wrong = Answers(figures={"items": FigureAnswer(value="3"), "spent": FigureAnswer(value="3.5")}, tables=right.tables)
    assert said(form, wrong) == [
        ("figures.items", "“Sự kiện” is 3, and its table gives 2: mend one of them, or say why.")
    ]
    assert counted(money, right) == Decimal("3.5")
    assert counted(money, Answers()) is None


def test_pulled_figure_that_was_overridden_needs_a_comment():
    pulled = PulledFigure(value="12", as_of="2026-11-30")
    assert said(make_form(ITEMS), figure(value="13", pulled=pulled)) == [
        ("figures.items", "“Tin, bài” is 13, and the desk counted 12: say why it differs.")
    ]
    assert said(make_form(ITEMS), figure(value="13", pulled=pulled, comment="Thêm một tin ngoài hệ thống")) == []


def test_estimate_lies_within_the_total():
    assert said(make_form(ITEMS), figure(value="3", estimate="4")) == [
        ("figures.items.estimate", "“Tin, bài”: the estimated part is more than the total.")
    ]


def test_cells_are_named_by_row_and_column():
    columns = (
        Column(key="name", label="Tên", required=True),
        Column(key="day", label="Ngày", holds="date"),
        Column(key="language", label="Ngôn ngữ", holds="choice", axis="language"),
    )
    form = make_form(TableItem(key="events", label="Hoạt động", columns=columns))
    rows = (Row(id="r1", cells={"name": "Hội thảo", "day": "2026-02-30", "language": "xx"}), Row(id="r2", cells={}))
    assert said(form, Answers(tables={"events": TableAnswer(rows=rows)})) == [
        ("tables.events.r1.day", "“Hoạt động, 1, Ngày”: “2026-02-30” is no date."),
        ("tables.events.r1.language", "“Hoạt động, 1, Ngôn ngữ”: “xx” is none of the choices."),
        ("tables.events.r2.name", "“Hoạt động, 2, Tên” is empty."),
    ]


def test_texts_and_files_are_given_or_said_to_be_none():
    form = make_form(TextItem(key="text", label="Lời", most=5), FileItem(key="file", label="Tệp", required=True))
    assert [place for place, _ in said(form, Answers())] == ["texts.text", "files.file"]
    assert said(form, Answers(nones=frozenset({"text", "file"}))) == []
    assert said(form, Answers(texts={"text": "quá dài"}, files={"file": (1,)})) == [
        ("texts.text", "“Lời” is longer than 5 characters.")
    ]


def test_rule_speaks_in_the_words_of_the_form():
    other = FigureItem(key="other", label="Khác")
    strict = Rule(left=("items",), relation="<=", right=("other",), message="Nhiều hơn {tổng}.")
    loose = Rule(left=("items",), relation="==", right=("other",), message="Khác nhau.", strict=False)
    form = make_form(ITEMS, other, rules=(strict, loose))
    answers = Answers(figures={"items": FigureAnswer(value="3"), "other": FigureAnswer(value="2")})
    assert said(form, answers) == [("figures.items", "Nhiều hơn {tổng}."), ("figures.items", "Khác nhau.")]
    assert not is_complete(form, answers)
    explained = Answers(figures={**answers.figures, "other": FigureAnswer(value="3", comment="Đã đối chiếu")})
    assert said(form, explained) == []


@pytest.mark.parametrize(
    ("items", "rules", "sentence"),
    [
        ((), (), "The form asks nothing."),
        ((FigureItem(key="A", label=""),), (), "“A” is no key: small letters, digits and _ only."),
        ((ITEMS, ITEMS), (), "“items” stands in the form twice."),
        (
            (FigureItem(key="a", label="", axes=("no",)),),
            (),
            "“a” is broken down by “no”, which the form has not.",
        ),
        (
            (FigureItem(key="a", label="", counted="t.c"),),
            (),
            "“a” is counted from “t.c”, which the form has not.",
        ),
        ((TableItem(key="t", label="", columns=()),), (), "The table “t” has no column."),
        (
            (ITEMS,),
            (Rule(left=("gone",), relation="==", right=("items",), message=""),),
            "A rule speaks of “gone”, which is no figure of the form.",
        ),
    ],
)
def test_form_that_cannot_be_says_why(items, rules, sentence):
    with pytest.raises(FormError) as refused:
        Form.from_plain(make_form(*items, rules=rules).to_plain())
    assert str(refused.value) == sentence


@pytest.mark.parametrize("plain", [{}, {"key": "f"}, {"key": "f", "version": 1, "title": "", "sections": [{"x": 1}]}])
def test_what_is_no_form_is_refused_with_a_sentence(plain):
    with pytest.raises(FormError, match="This is no form"):
        Form.from_plain(plain)


_TEXTS = st.text(max_size=8)
_FIGURES = st.builds(
    FigureAnswer,
    value=_TEXTS,
    none=st.booleans(),
    estimate=_TEXTS,
    comment=_TEXTS,
    by=st.dictionaries(st.sampled_from(["language", "no"]), st.dictionaries(_TEXTS, _TEXTS, max_size=2), max_size=2),
)


@given(st.dictionaries(st.sampled_from(["items", "gone"]), _FIGURES))
@settings(max_examples=60)
def test_whatever_is_answered_is_kept_and_judged_without_a_traceback(figures):
    answers = Answers(figures=figures)
    assert Answers.from_plain(answers.to_plain()) == answers
    problems(make_form(ITEMS), answers)
