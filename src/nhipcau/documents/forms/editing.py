"""Changing a form piece by piece: what its editor does, as functions from form to form.

Lists of small things are edited as lines of text, one thing a line, parts between ``|``:

- choices of an axis: ``en | Tiếng Anh``
- columns of a table: ``begin | Từ ngày | date | bắt buộc`` and, for choices, ``lang | Ngôn ngữ | choice:language``
- rules: ``answered + refused <= received | Trả lời nhiều hơn số đã nhận. | chỉ nhắc``
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast, get_args

from nhipcau.documents.forms.form import Axis, Choice, Column, FormError, Relation, Rule, Section
from nhipcau.documents.sentences import Sentence
from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.documents.forms.form import ColumnKind, Form, Item

#: The last part of a line of a column that must be filled, and of a rule that only asks for a comment.
REQUIRED, LOOSE = "bắt buộc", "chỉ nhắc"
_MOST_PARTS = 4


def put_item(form: Form, section: str, item: Item, *, instead_of: str = "") -> Form:
    """The form with an item in place of another one, or at the end of a part.

    Raises:
        KeyError: it has no such part, or no such item there.
    """

    def put(items: list[Item]) -> list[Item]:
        if not instead_of:
            return [*items, item]
        place = _place(items, instead_of)
        return [*items[:place], item, *items[place + 1 :]]

    return _with_items(form, section, put)


def drop_item(form: Form, section: str, key: str) -> Form:
    """The form without an item.

    Raises:
        KeyError: it has no such part, or no such item there.
    """

    def drop(items: list[Item]) -> list[Item]:
        items.pop(_place(items, key))
        return items

    return _with_items(form, section, drop)


def move_item(form: Form, section: str, key: str, by: int) -> Form:
    """The form with an item so many places further down its part, up where negative, as far as it goes.

    Raises:
        KeyError: it has no such part, or no such item there.
    """

    def move(items: list[Item]) -> list[Item]:
        place = _place(items, key)
        item = items.pop(place)
        items.insert(max(0, min(len(items), place + by)), item)
        return items

    return _with_items(form, section, move)


def put_section(form: Form, section: Section, *, instead_of: str = "") -> Form:
    """The form with a part in place of another one, whose items it keeps, or at the end.

    Raises:
        KeyError: it has no such part.
    """
    if not instead_of:
        return replace(form, sections=(*form.sections, section))
    if all(each.key != instead_of for each in form.sections):
        raise KeyError(instead_of)
    sections = [replace(section, items=each.items) if each.key == instead_of else each for each in form.sections]
    return replace(form, sections=tuple(sections))


def drop_section(form: Form, key: str) -> Form:
    """The form without a part and its items.

    Raises:
        KeyError: it has no such part.
    """
    kept = tuple(each for each in form.sections if each.key != key)
    if len(kept) == len(form.sections):
        raise KeyError(key)
    return replace(form, sections=kept)


def read_choices(text: str) -> tuple[Choice, ...]:
    """The choices of an axis, one a line.

    Raises:
        FormError: a line is none; the sentence names it.
    """
    found = []
    for line in _lines(text):
        key, dot, label = line.partition("|")
        if not dot or not key.strip() or not label.strip():
            raise FormError(Sentence("“{line}”: write key | label.", line=line))
        found.append(Choice(key=key.strip(), label=label.strip()))
    return tuple(found)


def write_choices(axis: Axis) -> str:
    """The lines that :func:`read_choices` reads."""
    return "\n".join(f"{choice.key} | {choice.label}" for choice in axis.choices)


def read_columns(text: str) -> tuple[Column, ...]:
    """The columns of a table, one a line.

    Raises:
        FormError: a line is none; the sentence names it.
    """
    found = []
    for line in _lines(text):
        parts = [part.strip() for part in line.split("|")]
        if not 2 <= len(parts) <= _MOST_PARTS or not all(parts[:2]):  # noqa: PLR2004 - a key and a label
            raise FormError(Sentence("“{line}”: write key | label | kind.", line=line))
        holds, _colon, axis = (parts[2] if len(parts) > 2 and parts[2] else "text").partition(":")  # noqa: PLR2004
        required = len(parts) == _MOST_PARTS and fold(parts[3]) == fold(REQUIRED)
        kind = cast("ColumnKind", holds.strip())
        found.append(Column(key=parts[0], label=parts[1], holds=kind, axis=axis.strip(), required=required))
    return tuple(found)


def write_columns(columns: tuple[Column, ...]) -> str:
    """The lines that :func:`read_columns` reads."""
    return "\n".join(
        " | ".join(
            [
                column.key,
                column.label,
                f"{column.holds}:{column.axis}" if column.axis else column.holds,
                *([REQUIRED] if column.required else []),
            ]
        )
        for column in columns
    )


def read_rules(text: str) -> tuple[Rule, ...]:
    """The rules of a form, one a line.

    Raises:
        FormError: a line is none; the sentence names it.
    """
    found = []
    for line in _lines(text):
        terms, _bar, said = line.partition("|")
        message, _bar, how = said.partition("|")
        relation = next((each for each in get_args(Relation) if each in terms), None)
        if relation is None or not message.strip():
            raise FormError(Sentence("“{line}”: write figure <= figure | message.", line=line))
        left, _mark, right = terms.partition(relation)
        found.append(
            Rule(
                left=_keys(left),
                relation=relation,
                right=_keys(right),
                message=message.strip(),
                strict=fold(how) != fold(LOOSE),
            )
        )
    return tuple(found)


def write_rules(rules: tuple[Rule, ...]) -> str:
    """The lines that :func:`read_rules` reads."""
    return "\n".join(
        f"{' + '.join(rule.left)} {rule.relation} {' + '.join(rule.right)} | {rule.message}"
        f"{'' if rule.strict else f' | {LOOSE}'}"
        for rule in rules
    )


def _with_items(form: Form, section: str, change: Callable[[list[Item]], list[Item]]) -> Form:
    if all(each.key != section for each in form.sections):
        raise KeyError(section)
    sections = [
        replace(each, items=tuple(change(list(each.items)))) if each.key == section else each for each in form.sections
    ]
    return replace(form, sections=tuple(sections))


def _place(items: list[Item], key: str) -> int:
    for place, item in enumerate(items):
        if item.key == key:
            return place
    raise KeyError(key)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _keys(terms: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in terms.split("+") if term.strip())
