"""What a field of a form is."""

from nhipcau.documents.forms.paths import alike, asked, shown_of, words_of
from tests.support.outline import outline


def test_numbers_are_alike_by_value_and_texts_apart_from_blanks():
    form = outline()

    assert alike(form, "figures.visits", "12.50", "12.5")
    assert alike(form, "figures.items.language.en", "1", "1.0")
    assert alike(form, "tables.events.a.cost", "1", "1.0")
    assert not alike(form, "texts.direction", "1", "1.0")
    assert not alike(form, "figures.visits.comment", "1", "1.0")
    assert alike(form, "texts.direction", " a", "a\n")
    assert not alike(form, "figures.visits", "", "0")
    assert not alike(form, "figures.visits", "a", "0")


def test_fields_are_called_as_people_call_them():
    form = outline()
    paths = {
        "texts.direction": "Công tác chỉ đạo, điều hành",
        "nones.direction": "Công tác chỉ đạo, điều hành – None to report",
        "figures.items.language.en": "Tin, bài, chương trình – Ngôn ngữ: Tiếng Anh",
        "figures.items.estimate": "Tin, bài, chương trình – Of which estimated",
        "tables.events.a.held_on": "Phụ lục 1. Hoạt động ở nước ngoài – Ngày",
        "texts.gone": "gone",
    }

    assert {path: words_of(form, path, str) for path in paths} == paths
    assert shown_of(form, "tables.events.a.country", "n07") == "Nước Mẫu 7"
    assert shown_of(form, "tables.events.a.country", "?") == "?"


def test_only_what_the_form_asks_is_a_field():
    form = outline()
    fields = {
        "figures.items": True,
        "figures.items.none": True,
        "figures.items.language.en": True,
        "figures.documents.language.en": False,
        "figures.items.language.xx": False,
        "figures.items.pulled": False,
        "texts.items": False,
        "nones.evidence": True,
        "tables.events.none": True,
        "tables.events.a.name": True,
        "tables.events.a.nothing": False,
        "else": False,
    }

    assert {path: asked(form, path) for path in fields} == fields
