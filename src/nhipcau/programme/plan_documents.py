"""A plan as Word and PDF in the layout of Decree 30/2020: plain data, drawn as reports are, in Vietnamese."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext

from nhipcau.documents import report as printed
from nhipcau.programme.models import PlanState
from nhipcau.programme.plan_parts import parts_of
from nhipcau.programme.queries import plans as queries
from nhipcau.programme.queries.plan_totals import totals_of
from nhipcau.ui.templatetags.ui import country_name, day, language_name
from nhipcau.workspace.queries.letters import parent_at_issue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.programme.models import Plan, PlanActivity
    from nhipcau.programme.plan_parts import Part

#: What a plan can be taken along as; its activities leave as Excel from their list.
PLAN_FILES = ("docx", "pdf")


def draw_plan(plan: Plan, form: str) -> IO[bytes]:
    """The plan as a temporary file, which stands at its beginning and is gone when closed."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        with translation.override("vi"):
            printed.write(form, plain_plan(plan), out, gettext)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out


def plain_plan(plan: Plan) -> dict[str, Any]:
    """What ``documents.report`` describes, under the language now active."""
    activities = queries.activities_of(plan)
    written = queries.parts_of_plan(plan)
    parts = parts_of(plan.template.parts)
    known = {f"{part.key}.{group.key}" for part in parts for group in part.groups}
    sections = [
        _section(plan, number, part, written[part.key].text if part.key in written else "", activities)
        for number, part in enumerate(parts, 1)
    ]
    loose = [row for row in activities if row.group not in known]
    if loose:
        table = _activities("", loose)
        title = gettext("Activities that belong to no part yet")
        sections.append({"number": str(len(sections) + 1), "title": title, **_bare(), "tables": [table]})
    return {
        "lang": "vi",
        "sample": plan.sample,
        "kind": gettext("Plan"),
        "title": plan.title,
        "period": gettext("Amendment: edition %(number)s") % {"number": plan.edition} if plan.edition > 1 else "",
        "day": (plan.issued_on or plan.changed_at.date()).isoformat(),
        "made_by": "Nhịp Cầu",
        "edition": _edition(plan),
        "lead": [plan.amend_reason] if plan.amend_reason else [],
        "sections": sections,
        "compared": "",
        "cited": False,
        "method": [],
        "lists": [],
        "annexes": [],
        "activities": [],
    }


def _bare() -> dict[str, Any]:
    return {"texts": [], "figures": [], "tables": []}


def _section(plan: Plan, number: int, part: Part, text: str, activities: list[PlanActivity]) -> dict[str, Any]:
    said = [[{"text": line, "offices": []}] for line in text.splitlines() if line.strip()]
    tables = []
    for group in part.groups:
        rows = [row for row in activities if row.group == f"{part.key}.{group.key}"]
        if rows:
            tables.append(_activities(group.title, rows))
    if part.totals and activities:
        tables.append(_totals(plan, activities))
    texts = [{"title": "", "paragraphs": said}] if said else []
    return {"number": str(number), "title": part.title, "texts": texts, "figures": [], "tables": tables}


def _activities(title: str, rows: Iterable[PlanActivity]) -> dict[str, Any]:
    heads = (
        (gettext("Activity"), False),
        (gettext("Time and place"), False),
        (gettext("For whom, how"), False),
        (gettext("Responsible, output"), False),
        (gettext("Million đồng"), True),
    )
    cells = [
        [
            _joined(row.title, row.get_category_display()),
            _joined(_days(row), row.place, country_name(row.country)),
            _joined(row.get_audience_display(), row.get_channel_display(), _languages(row)),
            _joined(row.responsible, row.output),
            "" if row.budget is None else f"{row.budget.normalize() + 0:f}",
        ]
        for row in rows
    ]
    return {"title": title, "columns": [{"label": name, "numeric": number} for name, number in heads], "rows": cells}


def _totals(plan: Plan, activities: list[PlanActivity]) -> dict[str, Any]:
    totals = totals_of(plan, activities)
    heads = ((gettext("Source of the budget"), False), (gettext("Activities"), True), (gettext("Million đồng"), True))
    rows = [
        [str(each.name or gettext("Source not said")), str(each.number), f"{each.budget:f}"]
        for each in totals.by_source
    ]
    rows.append([gettext("Together"), str(totals.number), f"{totals.budget:f}"])
    columns = [{"label": name, "numeric": number} for name, number in heads]
    return {"title": gettext("Budget by source"), "columns": columns, "rows": rows}


def _joined(*parts: str) -> str:
    return "; ".join(str(part) for part in parts if part)


def _days(row: PlanActivity) -> str:
    return "–".join(dict.fromkeys(day(each) for each in (row.begins_on, row.ends_on) if each))


def _languages(row: PlanActivity) -> str:
    return ", ".join(language_name(tag) for tag in row.languages)


def _edition(plan: Plan) -> dict[str, Any]:
    above = parent_at_issue(plan)
    recalled = plan.state == PlanState.RECALLED and plan.recalled_at is not None
    return {
        "mark": "" if plan.state == PlanState.ISSUED else str(plan.get_state_display()),
        "organisation": plan.issuer_name or plan.organisation.name_vi,
        "superior": above.name_vi if above else "",
        "number_and_symbol": plan.number_and_symbol or (f"     /{plan.symbol}" if plan.symbol else ""),
        "place": plan.place,
        "issued_on": plan.issued_on.isoformat() if plan.issued_on else None,
        "signer_name": plan.signer_name,
        "signer_post": plan.signer_post,
        "recipients": [row.organisation.name_vi for row in queries.recipients_of_plan(plan)],
        "archive_line": plan.archive_line,
        "notices": [{"at": plan.recalled_at.isoformat(), "text": plan.recall_reason}] if recalled else [],
    }
