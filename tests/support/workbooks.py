"""Workbooks of reports, filled in and given back. Call these with the system's access open."""

import io
import secrets

import openpyxl

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.documents.forms.workbook.layout import path_of
from nhipcau.reporting.domain.workbooks import give_workbook, hand_out_workbook
from tests.support.people import make_person
from tests.support.reporting import make_report


def handed_out(report, person=None):
    """The workbook of a report as a writer of its office takes it along."""
    person = person or make_person(office=report.organisation, roles=["drafter"])
    with access.opened(access_for(person)):
        return hand_out_workbook(actor=person, report=report)


def typed(data, **values):
    """The workbook with cells filled in: ``figures__items=12`` for the field ``figures.items``."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    left = {name.replace("__", "."): value for name, value in values.items()}
    for sheet in book.worksheets:
        rows, columns = {}, {}
        for line in sheet.iter_rows():
            for cell in line:
                if isinstance(cell.value, str) and cell.value.startswith("nc") and ":" in cell.value:
                    says = cell.value.split(":", 1)[1]
                    (columns if says.startswith("@") else rows).setdefault(says, cell)
        for row_says, row in rows.items():
            for column_says, column in columns.items():
                path = path_of(row_says, column_says)
                if path in left:
                    sheet.cell(row.row, column.column).value = left.pop(path)
    assert not left, left
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def make_given_workbook(office=None, *, report=None, person=None, **values):
    """A workbook that a writer gave back, waiting."""
    report = report or make_report(office, state="draft")
    person = person or make_person(office=report.organisation, roles=["drafter"])
    data = typed(handed_out(report, person), **(values or {"texts__direction": secrets.token_hex(4)}))
    with access.opened(access_for(person)):
        return give_workbook(actor=person, report=report, name="bao-cao.xlsx", content=data)
