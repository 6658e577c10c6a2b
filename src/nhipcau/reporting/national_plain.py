"""A national report as the plain values that :mod:`nhipcau.documents.report` draws, in Vietnamese."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation

from nhipcau import __version__
from nhipcau.documents.forms import TableItem, TextItem
from nhipcau.reporting.consolidated_annexes import activities_of, annexes_of
from nhipcau.reporting.national_figures import Total, figures_of_standing
from nhipcau.reporting.national_method import lists_of, method_of
from nhipcau.reporting.plain_words import change_words, period_words, text_of
from nhipcau.reporting.queries.national import inputs_of, offices_named, recipients_of, sentences_of
from nhipcau.workspace.queries.letters import parent_at_issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nhipcau.documents.forms import Form, Section
    from nhipcau.reporting.models import Campaign, NationalReport, NationalSentence
    from nhipcau.reporting.queries.consolidated import Standing

KIND = "Báo cáo"


def plain_of(national: NationalReport) -> dict[str, Any]:
    """What is printed of a national report now: as it was at issue once it is issued."""
    content = national.printed if national.printed is not None else printed_of(national)
    return {**content, "edition": edition_of(national)}


def printed_of(national: NationalReport) -> dict[str, Any]:
    """Everything that is printed but number, signer and what became of it; in Vietnamese whoever asks."""
    with translation.override("vi"):
        standing = inputs_of(national)
        sections = figures_of_standing(national.campaign, standing)
        plain = figures_plain(national.campaign, standing, sections)
        texts = _texts(national.campaign.form_version.plain, sentences_of(national))
        for section in plain["sections"]:
            section["texts"] = texts.get(section.pop("key"), [])
        return {
            **plain,
            "sample": national.sample,
            "title": national.title,
            "day": timezone.localdate(national.moment).isoformat(),
            "lead": [line for line in national.lead.split("\n") if line.strip()],
            "cited": True,
            "method": method_of(national, standing, sections),
            "lists": lists_of(national, standing, sections),
            "edition": None,
        }


def figures_plain(
    campaign: Campaign, standing: Sequence[Standing], sections: Iterable[tuple[Section, Sequence[Total]]]
) -> dict[str, Any]:
    """The figures of some submissions with their annexes; sections carry their ``key`` and no texts yet."""
    form = campaign.form_version.plain
    offices = offices_named({row.organisation_id for row in standing})
    told = {section.key: list(totals) for section, totals in sections}
    annexes, where = annexes_of(form, standing, offices, told)
    return {
        "lang": "vi",
        "sample": campaign.sample,
        "kind": KIND,
        "title": campaign.title,
        "period": period_words(campaign),
        "day": None,
        "made_by": f"Nhịp Cầu {__version__}",
        "edition": None,
        "lead": [],
        "sections": [
            {
                "key": section.key,
                "number": section.number,
                "title": section.title,
                "texts": [],
                "figures": [_figure(total, where) for total in told.get(section.key, [])],
                "tables": [],
            }
            for section in form.sections
            if section.key in told or any(isinstance(item, TextItem | TableItem) for item in section.items)
        ],
        "compared": str(campaign.compared_with.title) if campaign.compared_with is not None else "",
        "cited": False,
        "method": [],
        "lists": [],
        "annexes": annexes,
        "activities": activities_of(form, standing, offices),
    }


def edition_of(national: NationalReport) -> dict[str, Any]:
    """What makes it an administrative document."""
    above = parent_at_issue(national)
    recalled = national.recalled_at
    return {
        "mark": "" if national.issued_on and not recalled else ("ĐÃ THU HỒI" if recalled else "DỰ THẢO"),
        "organisation": national.issuer_name or national.organisation.name_vi,
        "superior": above.name_vi if above else "",
        "number_and_symbol": national.number_and_symbol or (f"     /{national.symbol}" if national.symbol else ""),
        "place": national.place,
        "issued_on": national.issued_on.isoformat() if national.issued_on else None,
        "signer_name": national.signer_name,
        "signer_post": national.signer_post,
        "recipients": [row.organisation.name_vi for row in recipients_of(national)],
        "archive_line": national.archive_line,
        "notices": [{"at": timezone.localtime(recalled).isoformat(), "text": national.recall_reason}]
        if recalled
        else [],
    }


def _texts(form: Form, sentences: Iterable[NationalSentence]) -> dict[str, list[dict[str, Any]]]:
    """Section -> its texts: sentences of one paragraph together, those of one source in one piece."""
    by_item: dict[str, list[NationalSentence]] = defaultdict(list)
    for sentence in sentences:
        by_item[sentence.item].append(sentence)
    found: dict[str, list[dict[str, Any]]] = {}
    for section in form.sections:
        texts = [
            {"title": item.label, "paragraphs": _paragraphs(by_item[item.key])}
            for item in section.items
            if isinstance(item, TextItem) and by_item.get(item.key)
        ]
        found[section.key] = texts
    return found


def _paragraphs(sentences: Sequence[NationalSentence]) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = []
    block = None
    for sentence in sentences:
        offices = list(dict.fromkeys(source.organisation.name_vi for source in sentence.sources.all()))
        if sentence.block != block:
            found.append([])
            block = sentence.block
        said = found[-1]
        if said and said[-1]["offices"] == offices:
            said[-1]["text"] += f" {sentence.text}"
        else:
            said.append({"text": sentence.text, "offices": offices})
    return found


def _figure(total: Total, where: Mapping[tuple[str, str, str], Any]) -> dict[str, Any]:
    key, summed, compared = total.item.key, total.summed, total.compared
    return {
        "total": {
            "label": total.item.label,
            "axis": "",
            "unit": total.item.unit,
            "value": text_of(summed.value) if summed else None,
            "estimated": text_of(summed.estimated) if summed and summed.estimated else None,
            "before": text_of(compared.before) if compared and compared.before is not None else None,
            "change": change_words(compared) if compared else "",
            "offices": summed.offices if summed else 0,
            "comment": "",
            "cells": where.get((key, "", "")),
        },
        "parts": [
            {
                "label": part.label,
                "axis": part.axis.label,
                "unit": total.item.unit,
                "value": text_of(part.summed.value),
                "estimated": None,
                "before": None,
                "change": "",
                "offices": part.summed.offices,
                "comment": "",
                "cells": where.get((key, part.axis.key, part.choice)),
            }
            for part in total.parts
        ],
    }
