"""The first sheet of a report's workbook: whose it is, by when, and how it is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nhipcau.documents.forms.form import FileItem
from nhipcau.documents.sentences import gettext_noop
from nhipcau.documents.tables import SAMPLE, cell_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.documents.forms.form import Form
    from nhipcau.documents.forms.workbook.looks import Looks

STEPS = (
    gettext_noop("Fill in the white cells with a frame. The grey ones are fixed; hidden rows and columns stay hidden."),
    gettext_noop("Where there is nothing to report, put x under “None to report”. An empty cell is no answer."),
    gettext_noop("Write numbers as numbers, without the unit. Excel itself shows the groups of three."),
    gettext_noop("Write days like 30/11/2026."),
    gettext_noop("In a table each activity has its row. Rows may be added below, inserted, deleted and sorted."),
    gettext_noop("Do not merge cells: what stands in merged cells is not taken over."),
    gettext_noop("Save the file as .xlsx. It may be renamed, and saved by Excel or by LibreOffice."),
    gettext_noop("Give it back on the page of the report. You see what would change before anything is changed."),
)
MAILED = gettext_noop("Or send it as an attachment, from the address with which you sign in, to {address}")
ATTACH = gettext_noop("Attach these files on the page of the report: {files}")
OFFICE, REPORT, FORM, VERSION, BASIS = (
    gettext_noop("Office"),
    gettext_noop("Report"),
    gettext_noop("Form"),
    gettext_noop("Version {number}"),
    gettext_noop("Basis"),
)
SHEETS = gettext_noop("Sheets")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What the first sheet says.

    Attributes:
        office: who reports.
        report: the campaign, as people call it.
        facts: more lines, name and words: period, due day, figures as of.
        sample: invented data.
        mail_to: where the filled file may be sent; empty where nowhere.
    """

    office: str
    report: str
    facts: tuple[tuple[str, str], ...] = ()
    sample: bool = False
    mail_to: str = ""


def write_guide(
    sheet: Any, form: Form, cover: Cover, *, names: list[str], looks: Looks, translate: Callable[[str], str]
) -> None:
    """Write the first sheet, in two columns behind the hidden one."""
    row = 1
    sheet.write_string(row, 1, cell_text(form.title), looks.title)
    if cover.sample:
        row += 1
        sheet.write_string(row, 1, SAMPLE, looks.sample)
    facts = [
        (translate(OFFICE), cover.office),
        (translate(REPORT), cover.report),
        *cover.facts,
        (translate(FORM), translate(VERSION).format(number=form.version)),
        (translate(BASIS), form.basis),
        (translate(SHEETS), ", ".join(names)),
    ]
    row += 1
    for name, words in facts:
        if words:
            row += 1
            sheet.write_string(row, 1, cell_text(name), looks.bold)
            sheet.write_string(row, 2, cell_text(words), looks.plain)
    steps = [translate(step) for step in STEPS]
    if cover.mail_to:
        steps.append(translate(MAILED).format(address=cover.mail_to))
    files = [item.label for item in form.items.values() if isinstance(item, FileItem)]
    if files:
        steps.append(translate(ATTACH).format(files="; ".join(files)))
    row += 1
    for number, step in enumerate(steps, start=1):
        row += 1
        sheet.write_string(row, 1, f"{number}.", looks.bold)
        sheet.write_string(row, 2, cell_text(step), looks.plain)
    sheet.set_column(1, 1, 22)
    sheet.set_column(2, 2, 80)
