"""A report's workbook there and back: what was filled in arrives, what cannot be read is named at its cell."""

import io
import zipfile

import openpyxl
import pytest

from nhipcau.documents.forms.flat import flatten
from nhipcau.documents.forms.workbook import Identity, read_workbook, write_workbook
from nhipcau.documents.forms.workbook.identity import identity_in
from nhipcau.documents.sentences import FileRefusedError
from tests.documents.files import repacked
from tests.support.damage import KINDS, Workbook, read
from tests.support.outline import COVER, IDENTITY, filled, outline

#: Those that are tried every time; the others, and all of them as LibreOffice saves them, in the long tests.
QUICK = {
    "days_in_many_forms",
    "figure_copied",
    "hidden_sheet_gone",
    "row_of_table_copied",
    "rows_of_table_merged",
    "sorted_without_marks",
    "text_of_tcvn3",
}


def written(answers=None, form=None, identity=IDENTITY):
    out = io.BytesIO()
    write_workbook(form or outline(), answers or filled(), identity, out, cover=COVER, translate=str)
    return out.getvalue()


def read_back(data, form=None, identity=IDENTITY):
    return read_workbook(data, identity, form or outline(), languages=[str], before=lambda _identity: filled())


def test_workbook_comes_back_as_it_was_handed_out():
    reading = read_back(written())

    told = {path: text for path, text in reading.given.items() if text}
    told |= {f"tables.{table}.rows": " ".join(rows) for table, rows in reading.rows.items() if rows}
    assert told == {path: text for path, text in flatten(filled()).items() if not path.startswith("files.")}
    assert reading.identity == IDENTITY
    assert (reading.problems, reading.questions, reading.conversions) == ([], [], [])
    assert (reading.unplaced, reading.missing) == ([], [])


@pytest.mark.parametrize(
    "kind", [pytest.param(name, marks=() if name in QUICK else pytest.mark.long) for name in sorted(KINDS)]
)
def test_whatever_was_done_to_it_is_read_or_named(kind):
    book = Workbook(7, calculated=False)
    book.fill()
    KINDS[kind](book)

    assert read(book, book.save()) == []


def test_nothing_in_it_is_run_and_every_sheet_says_that_it_is_a_sample():
    book = openpyxl.load_workbook(io.BytesIO(written()))

    cells = [cell for line in book["Phụ lục 1. Hoạt động ở nước…"].iter_rows() for cell in line]
    cell = next(cell for cell in cells if cell.value == "=Hội thảo mẫu")
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert all(any(c.value == "DỮ LIỆU MẪU" for line in sheet.iter_rows(max_row=8) for c in line) for sheet in shown)
    assert all(sheet.protection.sheet for sheet in shown)


def test_answers_of_an_older_form_are_found_by_their_keys_and_the_others_named():
    old = outline()
    plain = old.to_plain()
    plain["version"] = 2
    for section in plain["sections"]:
        section["items"] = [item for item in section["items"] if item["key"] != "documents"]
        for item in section["items"]:
            if item["key"] == "courses":
                item["label"] = "Văn bản đã ban hành"
    reading = read_back(written(form=old), form=type(old).from_plain(plain))

    assert reading.identity.version == 1
    assert reading.given["figures.courses"] == "3"
    assert "figures.documents" not in reading.given
    assert [(each.found, each.place) for each in reading.unplaced] == [("12", "Figures!E5")]


def test_workbook_of_another_office_is_refused():
    other = Identity(report=12, campaign=3, organisation="so-khac", form="annual", version=1, draft=4, book="ff")

    with pytest.raises(FileRefusedError, match="another report or another office"):
        read_back(written(), identity=other)


def test_macros_are_refused_with_the_sentence_that_mends_it():
    data = repacked(written(), add={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})

    with pytest.raises(FileRefusedError, match="holds macros"):
        read_back(data)


def test_mark_that_was_altered_says_nothing():
    assert identity_in(IDENTITY.mark) == IDENTITY
    assert identity_in(IDENTITY.mark.replace(":12:", ":13:")) is None


@pytest.mark.parametrize("text", ["", "nhipcau:1:1", "nhipcau:1:" + "9" * 5000, 7, None])
def test_other_words_are_no_mark(text):
    assert identity_in(text) is None


def test_damaged_sheet_is_refused_as_damaged():
    data = written()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        name = next(name for name in package.namelist() if name.endswith("sheet2.xml"))

    with pytest.raises(FileRefusedError, match="damaged"):
        read_back(repacked(data, replace={name: lambda xml: xml[: len(xml) // 2]}))
