"""Answers field by field."""

from nhipcau.documents.forms import Answers, FigureAnswer, PulledFigure, Row, TableAnswer
from nhipcau.documents.forms.fields import alike, exists, fields_of, shown_of, with_fields, words_of
from tests.support.outline import filled, outline


def test_fields_say_all_that_is_answered():
    assert with_fields(Answers(files=filled().files), fields_of(filled())) == filled()


def test_a_field_is_changed_and_the_others_stay():
    pulled = PulledFigure(value="3", as_of="2026-11-01")
    before = Answers(texts={"a": "x"}, figures={"f": FigureAnswer(value="1", pulled=pulled)}, files={"e": (1,)})

    after = with_fields(before, {("figures", "f", "value"): "2", ("texts", "a"): ""})

    assert after == Answers(figures={"f": FigureAnswer(value="2", pulled=pulled)}, files={"e": (1,)})


def test_rows_take_the_order_that_is_given_and_a_row_without_cells_goes():
    rows = tuple(Row(id=key, cells={"name": key}) for key in "abc")
    before = Answers(tables={"t": TableAnswer(rows=rows)})

    after = with_fields(before, {("tables", "t", "rows", "b", "name"): ""}, {"t": ["c", "a"]})

    assert [row.id for row in after.table("t").rows] == ["c", "a"]


def test_numbers_are_alike_by_value_and_texts_apart_from_blanks():
    form = outline()

    assert alike(form, ("figures", "visits", "value"), "12.50", "12.5")
    assert alike(form, ("tables", "events", "rows", "a", "cost"), "1", "1.0")
    assert not alike(form, ("texts", "direction"), "1", "1.0")
    assert alike(form, ("texts", "direction"), " a", "a\n")
    assert not alike(form, ("figures", "visits", "value"), "", "0")


def test_fields_are_called_as_people_call_them():
    form = outline()

    assert (
        words_of(form, ("figures", "items", "by", "language", "en"), str)
        == "Tin, bài, chương trình – Ngôn ngữ: Tiếng Anh"
    )
    paths = {
        ("figures", "items", "by", "language", "en"): "Tin, bài, chương trình – Ngôn ngữ: Tiếng Anh",
        ("figures", "items", "estimate"): "Tin, bài, chương trình – Of which estimated",
        ("tables", "events", "rows", "a", "held_on"): "Phụ lục 1. Hoạt động ở nước ngoài – Ngày",
    }

    assert {path: words_of(form, path, str) for path in paths} == paths
    assert shown_of(form, ("tables", "events", "rows", "a", "country"), "n07") == "Nước Mẫu 7"


def test_only_what_the_form_asks_is_a_field():
    form = outline()

    assert exists(form, ("figures", "items", "by", "language", "en"))
    assert not exists(form, ("figures", "documents", "by", "language", "en"))
    assert not exists(form, ("figures", "items", "by", "language", "xx"))
    assert not exists(form, ("texts", "items"))
    assert not exists(form, ("tables", "events", "rows", "a", "nothing"))
