"""Workbooks for tests: good ones by openpyxl, hostile ones byte by byte."""

import io
import re
import zipfile

import openpyxl


def workbook(rows, *, title="Sheet1", change=None):
    """A workbook with these rows as Excel would save it; ``change(book, sheet)`` before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if change:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data, *, replace=None, add=None, drop=()):
    """The package with members rewritten: ``replace`` is member -> function of its bytes, ``add`` member -> bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member not in drop:
                content = old.read(member)
                new.writestr(member, replace[member](content) if replace and member in replace else content)
        for member, content in (add or {}).items():
            new.writestr(member, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def in_sheet(data, pattern, by):
    """The workbook with its first sheet's XML rewritten."""
    return repacked(data, replace={SHEET: lambda xml: re.sub(pattern, by, xml, count=1, flags=re.DOTALL)})
