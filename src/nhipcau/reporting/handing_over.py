"""What an old unit had begun goes on in the report of its successor: its figures, kept apart. No database here."""

from __future__ import annotations

from dataclasses import replace

from nhipcau.documents.forms import Answers, Axis, Choice

#: The axis that the report of a successor has beside those of the form: whose figure it is.
UNIT = "unit"


def unit_axis(label: str, units: list[tuple[int, str]]) -> Axis:
    """The axis of the old units and of the office itself, each under its key as text."""
    return Axis(key=UNIT, label=label, choices=tuple(Choice(key=str(pk), label=name) for pk, name in units))


def taken_over(into: Answers, begun: Answers, unit: int) -> Answers:
    """The answers of a successor, with the figures that an old unit had; what the successor wrote itself stays.

    Args:
        into: what the successor has answered so far.
        begun: what the old unit had answered.
        unit: key of the old unit. Where its own report spoke for older units, theirs are taken and not its total.
    """
    figures = dict(into.figures)
    for key, answer in begun.figures.items():
        total = answer.number
        given = answer.by.get(UNIT) or ({} if total is None else {str(unit): str(total)})
        mine = into.figure(key)
        units = {**given, **mine.by.get(UNIT, {})}
        if units != mine.by.get(UNIT, {}):
            figures[key] = replace(mine, by={**mine.by, UNIT: units})
    return replace(into, figures=figures)
