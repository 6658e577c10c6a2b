"""What a field of a form is: asked or not, a number or words, and what people call it (:mod:`.flat` says its path)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from nhipcau.documents.forms.form import FigureItem, FileItem, Form, TableItem, TextItem
from nhipcau.documents.sentences import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.documents.forms.form import Column

NONE = gettext_noop("None to report")
#: What stands beside a figure.
BESIDE = {"none": NONE, "estimate": gettext_noop("Of which estimated"), "comment": gettext_noop("Comment")}
#: How many parts a path of a breakdown has, and one of a cell of a table.
_DEEP = 4


def asked(form: Form, path: str) -> bool:
    """Whether the form asks for this field."""
    match path.split("."):
        case ["texts", key]:
            found = isinstance(form.items.get(key), TextItem)
        case ["nones", key]:
            found = isinstance(form.items.get(key), TextItem | FileItem)
        case ["figures", key, *rest]:
            item = form.items.get(key)
            found = isinstance(item, FigureItem) and _asked_of(form, item, rest)
        case ["tables", key, "none"]:
            found = isinstance(form.items.get(key), TableItem)
        case ["tables", _, _, _]:
            found = column_of(form, path) is not None
        case _:
            found = False
    return found


def _asked_of(form: Form, item: FigureItem, rest: list[str]) -> bool:
    match rest:
        case []:
            return True
        case [name]:
            return name in BESIDE
        case [axis, choice]:
            return axis in item.axes and any(each.key == choice for each in form.axis[axis].choices)
    return False


def column_of(form: Form, path: str) -> Column | None:
    """The column of a cell of a table; None for any other field."""
    parts = path.split(".")
    item = form.items.get(parts[1]) if parts[0] == "tables" and len(parts) == _DEEP else None
    return item.by_key.get(parts[3]) if isinstance(item, TableItem) else None


def figure_of(form: Form, path: str) -> FigureItem | None:
    """The figure that a field belongs to; None where it is no number of one."""
    parts = path.split(".")
    item = form.items.get(parts[1]) if parts[0] == "figures" else None
    return item if isinstance(item, FigureItem) and parts[2:] not in (["none"], ["comment"]) else None


def alike(form: Form, path: str, one: str, other: str) -> bool:
    """Whether two texts of a field say the same: numbers by their value, words apart from blanks around them."""
    if one.strip() == other.strip():
        return True
    column = column_of(form, path)
    counts = figure_of(form, path) is not None or (column is not None and column.numeric)
    if not (counts and one and other):
        return False
    try:
        return Decimal(one) == Decimal(other)
    except ArithmeticError:
        return False


def words_of(form: Form, path: str, translate: Callable[[str], str]) -> str:
    """A field as people call it: ``Tin, bài phát – Ngôn ngữ: Tiếng Anh``."""
    kind, key, *rest = path.split(".")
    item = form.items.get(key)
    words = [item.label if item else key]
    match kind, rest:
        case "figures", [axis, choice]:
            known = form.axis.get(axis)
            labels = {each.key: each.label for each in known.choices} if known else {}
            words.append(f"{known.label if known else axis}: {labels.get(choice, choice)}")
        case "figures", [name]:
            beside = BESIDE[name]
            words.append(translate(beside))
        case ("tables", ["none"]) | ("nones", _):
            words.append(translate(NONE))
        case "tables", [_, column]:
            found = column_of(form, path)
            words.append(found.label if found else column)
    return " – ".join(words)


def shown_of(form: Form, path: str, text: str) -> str:
    """The text of a field as it is picked from a list: a choice by its label; anything else stays as it is kept."""
    column = column_of(form, path)
    axis = form.axis.get(column.axis) if column is not None and column.holds == "choice" else None
    return next((choice.label for choice in axis.choices if choice.key == text), text) if axis else text
