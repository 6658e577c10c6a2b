"""The report of one office, as it was submitted, as the plain values that :mod:`nhipcau.documents.report` draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext

from nhipcau import __version__
from nhipcau.documents.forms import FigureItem, TableItem, TextItem
from nhipcau.reporting.consolidated_annexes import cell_words, columns_of
from nhipcau.reporting.national_method import counted_words
from nhipcau.reporting.national_plain import KIND
from nhipcau.reporting.plain_words import period_words
from nhipcau.reporting.queries.reports import form_of
from nhipcau.workspace.queries.letters import parent_at_issue

if TYPE_CHECKING:
    from nhipcau.documents.forms import Answers, Form, Section
    from nhipcau.reporting.models import Submission

NONE = "Không có."


def plain_of_submission(submission: Submission) -> dict[str, Any]:
    """A submission with its letterhead; what was not answered is not there, "none" is said."""
    report, answers = submission.report, submission.plain
    form = form_of(report)
    above = parent_at_issue(submission)
    return {
        "lang": "vi",
        "sample": submission.sample,
        "kind": KIND,
        "title": report.campaign.title,
        "period": period_words(report.campaign),
        "day": submission.issued_on.isoformat(),
        "made_by": f"Nhịp Cầu {__version__}",
        "edition": {
            "mark": "",
            "organisation": submission.issuer_name,
            "superior": above.name_vi if above else "",
            "number_and_symbol": submission.number_and_symbol,
            "place": submission.place,
            "issued_on": submission.issued_on.isoformat(),
            "signer_name": submission.signer_name,
            "signer_post": submission.signer_post,
            "recipients": [submission.receiver.name_vi],
            "archive_line": "",
            "notices": [],
        },
        "lead": [],
        "sections": [_section(form, section, answers) for section in form.sections],
        "compared": "",
        "cited": False,
        "method": [*counted_words(report.campaign), _received(submission)],
        "lists": [],
        "annexes": [],
        "activities": [],
    }


def _received(submission: Submission) -> str:
    at = timezone.localtime(submission.received_at)
    said = gettext("Received %(at)s under number %(number)s of the incoming book; hash of the answers %(hash)s.")
    return said % {"at": f"{at:%H:%M %d/%m/%Y}", "number": submission.arrival_number, "hash": submission.answers_hash}


def _section(form: Form, section: Section, answers: Answers) -> dict[str, Any]:
    return {
        "number": section.number,
        "title": section.title,
        "texts": [
            {"title": item.label, "paragraphs": _paragraphs(item.key, answers)}
            for item in section.items
            if isinstance(item, TextItem) and (answers.texts.get(item.key) or item.key in answers.nones)
        ],
        "figures": [_figure(form, item, answers) for item in section.items if isinstance(item, FigureItem)],
        "tables": [
            {
                "title": item.label,
                "columns": columns_of(item),
                "rows": [
                    [cell_words(form, column, row.cells.get(column.key, "")) for column in item.columns]
                    for row in answers.table(item.key).rows
                ],
            }
            for item in section.items
            if isinstance(item, TableItem) and answers.table(item.key).rows
        ],
    }


def _paragraphs(key: str, answers: Answers) -> list[list[dict[str, Any]]]:
    text = NONE if key in answers.nones else answers.texts[key]
    return [[{"text": line.strip(), "offices": []}] for line in text.split("\n") if line.strip()]


def _figure(form: Form, item: FigureItem, answers: Answers) -> dict[str, Any]:
    answer = answers.figure(item.key)
    empty = {"estimated": None, "before": None, "change": "", "offices": 0, "comment": "", "cells": None}
    parts = [
        {**empty, "label": choice.label, "axis": form.axis[axis].label, "unit": item.unit, "value": given}
        for axis in item.axes
        for choice in form.axis[axis].choices
        if (given := answer.by.get(axis, {}).get(choice.key, ""))
    ]
    total = {
        **empty,
        "label": item.label,
        "axis": "",
        "unit": item.unit,
        "value": "0" if answer.none else answer.value or None,
        "estimated": answer.estimate or None,
        "comment": answer.comment,
    }
    return {"total": total, "parts": parts}
