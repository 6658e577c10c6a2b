"""The cells of a list, written as HTML without a template: this is what makes a long list as quick as a bare one.

Measured in bench/lists.py. Whatever is not marked as safe is escaped here, in one place.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import TYPE_CHECKING, Any

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from nhipcau.ui.templatetags.ui import appearance, day, direction, icon, moment, vi_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nhipcau.ui.listing.declared import Column, Listing


def _moment(value: datetime) -> str:
    return f'<time datetime="{value.isoformat()}">{moment(value)}</time>'


def _day(value: date) -> str:
    return f'<time datetime="{value.isoformat()}">{day(value)}</time>'


def _yes_or_no(value: bool) -> str:  # noqa: FBT001 - it is the value that is written
    return gettext("Yes") if value else gettext("No")


_WRITERS: dict[type, Any] = {
    str: escape,
    NoneType: lambda _value: "",
    bool: _yes_or_no,
    int: vi_number,
    float: vi_number,
    Decimal: vi_number,
    datetime: _moment,
    date: _day,
}


def plain(value: Any) -> str:
    """A value as the reader's language writes it; escaped unless it is safe already."""
    return _WRITERS.get(type(value), _other)(value)


def _other(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


def state(word: Any, code: str) -> SafeString:
    """A state as every screen shows it: the word, then icon and colour."""
    look = appearance(code)
    return format_html('<span class="state state-{}">{}{}</span>', look.tone, word, icon(look.icon))


def _class(column: Column) -> str:
    parts = [
        "title" if column.card == "title" else "",
        "num" if column.numeric else "",
        "desk-only" if column.card == "none" else "",
        column.css,
    ]
    return " ".join(filter(None, parts))


def _cell(column: Column) -> Callable[[Any], str]:
    """The function that writes this column's cell of a row."""
    css = _class(column)
    opening = "<td" + (f' class="{css}"' if css else "")
    opening += f' data-label="{escape(column.label)}">' if column.card == "labelled" else ">"
    value, show, link, language, note = column.value, column.show, column.link, column.language, column.note
    kind = ' class="clamp"' if column.card == "title" else ""

    def written(row: Any) -> str:
        words = conditional_escape(show(row)) if show else plain(value(row))  # type: ignore[operator]
        tag = language(row) if language else ""
        said = f' lang="{escape(tag)}" dir="{direction(tag)}"' if tag else ""
        if link and (address := link(row)):
            words = f'<a{kind} href="{escape(address)}"{said}>{words}</a>'
        elif said:
            words = f"<span{said}>{words}</span>"
        if note and (quiet := note(row)):
            words += f' <span class="quiet">{conditional_escape(quiet)}</span>'
        return f"{opening}{words}</td>"

    return written


def _act(act: Callable[[Any], tuple[str, str] | None]) -> Callable[[Any], str]:
    def written(row: Any) -> str:
        does = act(row)
        if does is None:
            return '<td class="act"></td>'
        return f'<td class="act"><a class="btn" href="{escape(does[1])}">{escape(does[0])}</a></td>'

    return written


def _tick(column: Column) -> Callable[[Any], str]:
    says = gettext("Choose this row")

    def written(row: Any) -> str:
        named = escape(f"{says}: {column.value(row)}")  # type: ignore[operator]
        box = f'<input type="checkbox" name="row" form="bulk" value="{row.pk}" aria-label="{named}">'
        return f'<td class="tick-cell">{box}</td>'

    return written


def rows_as_html(listing: Listing, columns: Sequence[Column], rows: Sequence[Any], *, ticks: bool) -> SafeString:
    """The rows of the table's body."""
    cells = [_cell(column) for column in columns]
    if ticks:
        cells.insert(0, _tick(columns[0]))
    if listing.act:
        cells.append(_act(listing.act))
    anchor = listing.anchor
    names = (f' id="{anchor}-{row.pk}"' if anchor else "" for row in rows)
    written = ("".join(cell(row) for cell in cells) for row in rows)
    lines = (f"<tr{name} data-item>{cells_of}</tr>\n" for name, cells_of in zip(names, written, strict=True))
    return mark_safe("".join(lines))  # noqa: S308 - every cell is escaped
