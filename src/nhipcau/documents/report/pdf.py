"""The report as PDF: what the template ``report.typ`` is given."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from nhipcau.documents.paper import typesetting
from nhipcau.documents.report.words import Paper
from nhipcau.documents.tables import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nhipcau.documents.report.shape import Figure, Report, Section, Table

TEMPLATE = Path(__file__).with_name("report.typ")
#: A report with more paragraphs than this is set with good line breaks instead of the best ones.
LONG = 400


def write_pdf(report: Report, out: IO[bytes], translate: Callable[[str], str]) -> None:
    """Write the paper.

    Raises:
        NoFontsError: the fonts are not where set-up puts them.
    """
    out.write(typesetting.set_in_type(TEMPLATE, laid_out(report, translate)))


def laid_out(report: Report, translate: Callable[[str], str]) -> dict[str, Any]:
    """What the template is given. ``missing`` names the characters that no font has: U+1F98B and so on."""
    return typesetting.laid_out(_values(report, translate))


def pages_of(report: Report, translate: Callable[[str], str]) -> dict[str, int]:
    """On which page each heading stands, by its bookmark."""
    return typesetting.pages_of(TEMPLATE, laid_out(report, translate))


def _values(report: Report, translate: Callable[[str], str]) -> dict[str, Any]:
    paper = Paper(report, translate)
    length = sum(len(text.paragraphs) for section in report.sections for text in section.texts)
    return {
        **typesetting.letterhead_values(paper.letterhead),
        "linebreaks": "optimized" if length <= LONG else "simple",
        "sample": SAMPLE if report.sample else "",
        "lead": report.lead,
        "contents": len(report.sections) > 1,
        "sections": [_section(paper, section) for section in report.sections],
        "method": report.method,
        "lists": [_table(paper, each) for each in report.lists if each.rows],
        "made_by": report.made_by,
        "words": {"contents": translate("Contents"), "method": translate("Method note")},
    }


def _section(paper: Paper, section: Section) -> dict[str, Any]:
    return {
        "number": section.number,
        "title": section.title,
        "texts": [
            {
                "title": text.title,
                "paragraphs": [[[piece.text, paper.offices(piece)] for piece in said] for said in text.paragraphs],
            }
            for text in section.texts
        ],
        "figures": _figures(paper, section.figures) if section.figures else None,
        "tables": [_table(paper, each) for each in section.tables if each.rows],
    }


def _figures(paper: Paper, figures: Sequence[Figure]) -> dict[str, Any]:
    return {
        "heads": paper.heads(figures),
        "rows": [{"depth": depth, "cells": cells} for depth, cells in paper.rows(figures)],
        "comments": paper.comments(figures),
    }


def _table(paper: Paper, table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "heads": [column.label for column in table.columns],
        "numeric": [column.numeric for column in table.columns],
        "rows": paper.table_rows(table),
        "further": paper.further(table),
    }
