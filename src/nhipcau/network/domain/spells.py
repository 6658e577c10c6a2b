"""A body's row with something ended or changed from a day on. Nothing is stored here."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext

from nhipcau.network.domain.checking import ONE_DAY
from nhipcau.network.domain.errors import OrganisationError
from nhipcau.network.rows import ClassRow, NameRow, ParentRow
from nhipcau.text import format_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.network.rows import OrganisationRow


def ended(row: OrganisationRow, last: date) -> OrganisationRow:
    """The body ends with this day, and all that it bore with it."""
    require_alive(row, last)
    parts: dict[str, Any] = {name: until(getattr(row, name), last) for name in _PARTS}
    kinds = parts["kinds"]
    return dataclasses.replace(row, **parts, kind=kinds[-1].kind if kinds else row.kind, valid_to=last)


_PARTS = ("names", "parents", "kinds", "also", "codes", "jurisdictions")


def renamed(row: OrganisationRow, name_vi: str, name_en: str, day: date, **where: str) -> OrganisationRow:
    """From the day on it bears these names."""
    name = NameRow(name_vi=name_vi, name_en=name_en, valid_from=day, valid_to=row.valid_to, **where)
    return dataclasses.replace(row, names=_changed(row, row.names, name, day))


def moved(row: OrganisationRow, parent: str | None, day: date, **where: str) -> OrganisationRow:
    """From the day on it belongs to another body, by key, or to none."""
    link = ParentRow(parent=parent, valid_from=day, valid_to=row.valid_to, **where) if parent else None
    return dataclasses.replace(row, parents=_changed(row, row.parents, link, day))


def reclassed(row: OrganisationRow, kind: str, day: date, **where: str) -> OrganisationRow:
    """From the day on it is of another class."""
    part = ClassRow(kind=kind, valid_from=day, valid_to=row.valid_to, **where)
    return dataclasses.replace(row, kind=kind, kinds=_changed(row, row.kinds, part, day))


def handed_over(row: OrganisationRow, parent: str, heir: str, day: date) -> OrganisationRow:
    """What belonged to a body belongs from the day on to another, as long as it would have belonged to the first.

    An heir that itself belonged to it belongs to none from then on.
    """
    links: list[ParentRow] = []
    for link in row.parents:
        if link.parent != parent or (link.valid_to or date.max) < day:
            links.append(link)
        elif link.valid_from >= day:
            links.append(dataclasses.replace(link, parent=heir))
        else:
            links.append(dataclasses.replace(link, valid_to=day - ONE_DAY))
            links.append(dataclasses.replace(link, parent=heir, valid_from=day))
    return dataclasses.replace(row, parents=tuple(link for link in links if link.parent != row.slug))


def until(parts: Sequence[Any], last: date) -> tuple[Any, ...]:
    """What began by the day, ended with it at the latest."""
    return tuple(
        dataclasses.replace(part, valid_to=min(part.valid_to or date.max, last))
        for part in parts
        if part.valid_from <= last
    )


def require_alive(row: OrganisationRow, day: date) -> None:
    """Refuse a day on which the body does not exist.

    Raises:
        OrganisationError: naming the body and the day.
    """
    if not row.valid_from <= day <= (row.valid_to or date.max):
        words = {"name": shown_name(row), "day": format_date(day, get_language() or "vi")}
        raise OrganisationError(gettext("%(name)s does not exist on %(day)s.") % words)


def shown_name(row: OrganisationRow) -> str:
    """Its last name in the reader's language."""
    last = row.names[-1]
    return last.name_en if get_language() == "en" else last.name_vi


def _changed(row: OrganisationRow, parts: Sequence[Any], new: Any, day: date) -> tuple[Any, ...]:
    """The parts up to the eve, then the new one; what began on the very day is corrected by it.

    Raises:
        OrganisationError: the body does not exist then, or something later is entered already.
    """
    require_alive(row, day)
    if any(part.valid_from > day for part in parts):
        words = {"name": shown_name(row), "day": format_date(day, get_language() or "vi")}
        raise OrganisationError(gettext("%(name)s: a change after %(day)s is entered already.") % words)
    return (*until(parts, day - ONE_DAY), *([new] if new else []))
