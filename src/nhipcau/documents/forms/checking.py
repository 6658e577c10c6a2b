"""What is wrong with the answers to a form. The browser, Excel and every submission ask here, and nowhere else.

"None" (không có) is an answer; a figure that is not given needs a comment that says why; a breakdown that is begun adds
up to its total; a total that is counted from a table is the table's. What is only remarkable stops nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from nhipcau.documents.forms.answers import FigureAnswer, TableAnswer, number
from nhipcau.documents.forms.form import FigureItem, FileItem, TableItem, TextItem
from nhipcau.documents.sentences import Sentence
from nhipcau.text import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.documents.forms.answers import Answers, Row
    from nhipcau.documents.forms.form import Column, Form, Item, Rule

#: Figures of money and other decimals are kept to so many places.
PLACES = 4
_LIMITS = {"<=": lambda left, right: left <= right, ">=": lambda left, right: left >= right}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about an answer.

    Attributes:
        place: where: ``texts.part_i``, ``figures.items``, ``figures.items.language.en``, ``tables.events.<row>.begin``.
        sentence: what is wrong, and how to mend it.
        strict: whether a report with it cannot be submitted; else it is worth a look.
    """

    place: str
    sentence: Sentence
    strict: bool = True


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Numbers inside a sentence, as a language prints them."""

    lang: str

    def __call__(self, value: Decimal | int) -> str:
        return format_number(Decimal(value), self.lang)


def problems(form: Form, answers: Answers, *, lang: str = "vi") -> list[Problem]:
    """Everything about the answers that is wrong or remarkable, in the order of the form; numbers as in ``lang``."""
    say = _Numbers(lang)
    found: list[Problem] = []
    for item in form.items.values():
        found.extend(_of_item(form, item, answers, say))
    for rule in form.rules:
        found.extend(_of_rule(rule, answers))
    return found


def is_complete(form: Form, answers: Answers) -> bool:
    """Whether a report with these answers can be submitted."""
    return not any(problem.strict for problem in problems(form, answers))


def counted(item: FigureItem, answers: Answers) -> Decimal | None:
    """What a figure is by the table that it is counted from; None where it is not counted, or the table has no answer.

    Cells that are no numbers are left out: they are named by themselves.
    """
    if not item.counted:
        return None
    table, _, column = item.counted.partition(".")
    answer = answers.table(table)
    if not answer.rows and not answer.none:
        return None
    if not column:
        return Decimal(len(answer.rows))
    return sum((_number_or_none(row.cells.get(column, "")) or Decimal(0) for row in answer.rows), Decimal(0))


def _of_item(form: Form, item: Item, answers: Answers, say: _Numbers) -> Iterator[Problem]:
    match item:
        case TextItem():
            yield from _of_text(item, answers, say)
        case FigureItem():
            yield from _of_figure(form, item, answers, say)
        case TableItem():
            yield from _of_table(form, item, answers.table(item.key), say)
        case FileItem():
            if item.required and not answers.files.get(item.key) and item.key not in answers.nones:
                yield Problem(
                    f"files.{item.key}", Sentence("Attach “{label}”, or say that there is none.", label=item.label)
                )


def _of_text(item: TextItem, answers: Answers, say: _Numbers) -> Iterator[Problem]:
    place, text = f"texts.{item.key}", answers.texts.get(item.key, "")
    if item.required and not text.strip() and item.key not in answers.nones:
        yield Problem(place, Sentence("Write “{label}”, or say that there is nothing.", label=item.label))
    if text.strip() and item.key in answers.nones:
        yield Problem(place, Sentence("“{label}” says both something and that there is nothing.", label=item.label))
    if len(text) > item.most:
        yield Problem(
            place,
            Sentence("“{label}” is longer than {most} characters.", label=item.label, most=say(item.most)),
        )


def _of_figure(form: Form, item: FigureItem, answers: Answers, say: _Numbers) -> Iterator[Problem]:
    place, answer = f"figures.{item.key}", answers.figure(item.key)
    wrong = [
        *_of_number(place, item.label, item.number, answer.value),
        *_of_number(f"{place}.estimate", item.label, item.number, answer.estimate),
        *(
            problem
            for axis, choices in answer.by.items()
            for choice, text in choices.items()
            for problem in _of_number(f"{place}.{axis}.{choice}", item.label, item.number, text)
        ),
    ]
    yield from wrong
    if wrong:
        return
    if answer.none and (number(answer.value) or any(number(text) for by in answer.by.values() for text in by.values())):
        yield Problem(place, Sentence("“{label}” says both a number and that there is none.", label=item.label))
        return
    if not answer.given:
        if item.required and not answer.comment.strip():
            yield Problem(
                place, Sentence("“{label}” is missing: give it, say that there is none, or say why.", label=item.label)
            )
        if any(text for by in answer.by.values() for text in by.values()):
            yield Problem(place, Sentence("“{label}” is broken down, and its total is missing.", label=item.label))
        return
    yield from _of_breakdowns(form, item, answer, say)
    yield from _of_total(item, answer, answers, say)


def _of_number(place: str, label: str, kind: str, text: str) -> Iterator[Problem]:
    try:
        value = number(text)
    except ValueError:
        yield Problem(place, Sentence("“{label}”: “{text}” is no number.", label=label, text=text[:40]))
        return
    if value is None:
        return
    if value < 0:
        yield Problem(place, Sentence("“{label}” cannot be below zero.", label=label))
    if kind == "whole" and value != value.to_integral_value():
        yield Problem(place, Sentence("“{label}” is a count: whole numbers only.", label=label))
    elif value != round(value, PLACES):
        yield Problem(place, Sentence("“{label}” has more than {places} decimal places.", label=label, places=PLACES))


def _of_breakdowns(form: Form, item: FigureItem, answer: FigureAnswer, say: _Numbers) -> Iterator[Problem]:
    total = answer.number or Decimal(0)
    for axis_key, choices in answer.by.items():
        axis = form.axis.get(axis_key)
        known = {choice.key for choice in axis.choices} if axis and axis_key in item.axes else set()
        for choice in choices:
            if choice not in known:
                yield Problem(
                    f"figures.{item.key}.{axis_key}.{choice}",
                    Sentence("“{label}” is broken down by something that the form has not.", label=item.label),
                )
        given = [number(text) for text in choices.values() if text]
        if axis is None or not given:
            continue
        added = sum((value for value in given if value is not None), Decimal(0))
        if added != total:
            yield Problem(
                f"figures.{item.key}.{axis_key}",
                Sentence(
                    "“{label}” by {axis} adds up to {added}, and the total is {total}.",
                    label=item.label,
                    axis=axis.label,
                    added=say(added),
                    total=say(total),
                ),
            )


def _of_total(item: FigureItem, answer: FigureAnswer, answers: Answers, say: _Numbers) -> Iterator[Problem]:
    place, total = f"figures.{item.key}", answer.number or Decimal(0)
    by_table = counted(item, answers)
    if by_table is not None and by_table != total and not answer.comment.strip():
        yield Problem(
            place,
            Sentence(
                "“{label}” is {total}, and its table gives {counted}: mend one of them, or say why.",
                label=item.label,
                total=say(total),
                counted=say(by_table),
            ),
        )
    estimate = number(answer.estimate)
    if estimate is not None and estimate > total:
        yield Problem(
            f"{place}.estimate", Sentence("“{label}”: the estimated part is more than the total.", label=item.label)
        )
    pulled = number(answer.pulled.value) if answer.pulled else None
    if pulled is not None and pulled != total and not answer.comment.strip():
        yield Problem(
            place,
            Sentence(
                "“{label}” is {total}, and the desk counted {pulled}: say why it differs.",
                label=item.label,
                total=say(total),
                pulled=say(pulled),
            ),
        )


def _of_table(form: Form, item: TableItem, answer: TableAnswer, say: _Numbers) -> Iterator[Problem]:
    place = f"tables.{item.key}"
    if item.required and not answer.rows and not answer.none:
        yield Problem(place, Sentence("“{label}” has no row: fill it, or say that there is none.", label=item.label))
    if answer.rows and answer.none:
        yield Problem(place, Sentence("“{label}” has rows and says that there is none.", label=item.label))
    if len(answer.rows) > item.most:
        yield Problem(place, Sentence("“{label}” has more than {most} rows.", label=item.label, most=say(item.most)))
    for place_in_table, row in enumerate(answer.rows, start=1):
        for column in item.columns:
            yield from _of_cell(form, item, column, row, place_in_table)


def _of_cell(form: Form, item: TableItem, column: Column, row: Row, line: int) -> Iterator[Problem]:
    place, text = f"tables.{item.key}.{row.id}.{column.key}", row.cells.get(column.key, "")
    label = f"{item.label}, {line}, {column.label}"
    if not text.strip():
        if column.required:
            yield Problem(place, Sentence("“{label}” is empty.", label=label))
        return
    if column.holds in ("whole", "decimal", "money"):
        yield from _of_number(place, label, column.holds, text)
    elif column.holds == "date":
        try:
            date.fromisoformat(text)
        except ValueError:
            yield Problem(place, Sentence("“{label}”: “{text}” is no date.", label=label, text=text[:40]))
    elif column.holds == "choice" and text not in {choice.key for choice in form.axis[column.axis].choices}:
        yield Problem(place, Sentence("“{label}”: “{text}” is none of the choices.", label=label, text=text[:40]))


def _of_rule(rule: Rule, answers: Answers) -> Iterator[Problem]:
    left, right = _sum(rule.left, answers), _sum(rule.right, answers)
    if left is None or right is None or _holds(left, rule.relation, right):
        return
    explained = any(answers.figure(key).comment.strip() for key in (*rule.left, *rule.right))
    if rule.strict or not explained:
        yield Problem(f"figures.{rule.left[0]}", _said(rule.message), strict=rule.strict)


def _holds(left: Decimal, relation: str, right: Decimal) -> bool:
    return left == right if relation == "==" else _LIMITS[relation](left, right)


def _sum(keys: tuple[str, ...], answers: Answers) -> Decimal | None:
    """The sum of some figures; None where one of them is not given, or is no number."""
    total = Decimal(0)
    for key in keys:
        answer = answers.figure(key)
        value = Decimal(0) if answer.none else _number_or_none(answer.value)
        if value is None:
            return None
        total += value
    return total


def _number_or_none(text: str) -> Decimal | None:
    try:
        return number(text)
    except ValueError:
        return None


def _said(message: str) -> Sentence:
    """The words of the form itself: they are in its language, and nothing is put into them."""
    return Sentence(message.replace("{", "{{").replace("}", "}}"))
