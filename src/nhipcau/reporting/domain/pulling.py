"""Taking the figures that the rooms of the desk offer into a report, each with its sources."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from nhipcau.access.rights import require
from nhipcau.documents.forms import PulledFigure
from nhipcau.documents.forms.flat import flatten
from nhipcau.programme import figures
from nhipcau.programme.figures import Asked
from nhipcau.reporting.domain.writing import Written, write_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhipcau.access import Actor
    from nhipcau.documents.forms import FigureItem, Form
    from nhipcau.programme.figures import Figure
    from nhipcau.reporting.models import Report

#: So many sources are kept beside a figure; the rest is a click away in its room.
MOST_SOURCES = 60
#: The choice of an axis that takes what has no choice of its own.
OTHER = "other"


def pull_figures(*, actor: Actor, report: Report, form: Form, version: int) -> Written:
    """Take in every figure of the form that a room offers, counted until the figures-as-of date of the campaign.

    A figure that nobody has typed gets the value; one that was typed stays, and the offer stands beside it, so that
    a difference asks for a comment.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is not being written now.
    """
    require("reporting.edit_report", actor, report)
    now = timezone.now()
    until = min(report.campaign.figures_as_of, timezone.localdate(now))
    asked = Asked(organisation=report.organisation, begin=report.campaign.begin, end=until, as_of=now)
    stored = flatten(report.draft.plain)
    fields: dict[str, str] = {}
    for item in form.figures.values():
        offered = figures.count(item.source, asked) if item.source else None
        if offered is not None:
            fields.update(_fields_of(form, item, offered, stored, now.isoformat(timespec="minutes")))
    return write_fields(actor=actor, report=report, fields=fields, version=version)


def _fields_of(
    form: Form, item: FigureItem, offered: Figure, stored: Mapping[str, str], at: str
) -> Iterator[tuple[str, str]]:
    path = f"figures.{item.key}"
    before = json.loads(stored[f"{path}.pulled"])["value"] if f"{path}.pulled" in stored else None
    pulled = PulledFigure(
        value=_text(offered.value),
        as_of=at,
        sources=tuple((source.label, source.url) for source in list(offered.sources)[:MOST_SOURCES]),
    )
    yield f"{path}.pulled", json.dumps(asdict(pulled), ensure_ascii=False)
    untouched = f"{path}.none" not in stored and stored.get(path) in (None, before)
    if not untouched:
        return
    yield path, pulled.value
    for axis in item.axes:
        counted = offered.by.get(axis)
        if counted is not None:
            yield from _breakdown(f"{path}.{axis}", [choice.key for choice in form.axis[axis].choices], counted)


def _breakdown(path: str, choices: list[str], counted: Mapping[str, Decimal]) -> Iterator[tuple[str, str]]:
    """The counts under the choices of the form; what has no choice goes to "other", or leaves the breakdown open."""
    strange = sum((value for key, value in counted.items() if key not in choices), Decimal(0))
    if strange and OTHER not in choices:
        return
    for choice in choices:
        value = counted.get(choice, Decimal(0)) + (strange if choice == OTHER else Decimal(0))
        yield f"{path}.{choice}", _text(value) if value else ""


def _text(value: Decimal) -> str:
    """Decimal text in the notation of the program."""
    return format(value, "f")
