"""What must hold of every body and of the whole tree, on every day. Over rows, so that nothing is stored before."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import get_language, gettext

from nhipcau.network.domain.errors import OrganisationError
from nhipcau.network.models import Confidence, Kind, Scheme
from nhipcau.text import format_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nhipcau.network.rows import CodeRow, OrganisationRow

ONE_DAY = timedelta(days=1)
_COUNTRY = re.compile("[A-Z]{2}")


def check_body(row: OrganisationRow) -> None:
    """Names and main classes cover the life of the body without gap or overlap; the rest lies within it.

    Raises:
        OrganisationError: naming the body and what is wrong.
    """
    if not row.names:
        _refuse(row, gettext("%(key)s: it has no name."))
    if row.valid_to is not None and row.valid_to < row.valid_from:
        _refuse(row, gettext("%(key)s: its last day is before its first."))
    _check_cover(row, row.names, gettext("%(key)s: its names must cover its life from first day to last."))
    _check_cover(row, row.kinds, gettext("%(key)s: its classes must cover its life from first day to last."))
    if row.kinds and row.kinds[-1].kind != row.kind:
        _refuse(row, gettext("%(key)s: its last class is not its class."))
    _check_apart(row, row.parents, gettext("%(key)s: it can belong to one parent at a time only."))
    for scheme in {code.scheme for code in row.codes}:
        codes = [code for code in row.codes if code.scheme == scheme]
        _check_apart(row, codes, gettext("%(key)s: it can carry one code of a kind at a time only."))
    for country in {place.country for place in row.jurisdictions}:
        places = [place for place in row.jurisdictions if place.country == country]
        _check_apart(row, places, gettext("%(key)s: it covers the same country twice at a time."))
    for part in (*row.parents, *row.also, *row.codes, *row.jurisdictions):
        if not _within(part, row):
            _refuse(row, gettext("%(key)s: something of it begins before it exists or goes on after its end."))
    _check_words(row)
    try:
        ZoneInfo(row.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        _refuse(row, gettext("%(key)s: there is no time zone of that name."))


def check_network(rows: Mapping[str, OrganisationRow]) -> None:
    """One tree on every day: parents are there while they are parents, and no body is below itself.

    Raises:
        OrganisationError: naming the body.
    """
    for row in rows.values():
        for link in row.parents:
            parent = rows.get(link.parent)
            names = {"key": row.slug, "parent": link.parent}
            if parent is None:
                raise OrganisationError(
                    gettext("%(key)s: it belongs to %(parent)s, which is not in the network.") % names
                )
            if not _within(link, parent):
                raise OrganisationError(
                    gettext("%(key)s: it belongs to %(parent)s on days on which that does not exist.") % names
                )
    _check_no_cycle(rows)
    _check_codes(rows)


def _check_words(row: OrganisationRow) -> None:
    """What the tables choose from; the fields of the body itself are checked as it is stored."""
    known: set[str] = {*Confidence.values, ""}
    parts: tuple[Any, ...] = (*row.names, *row.parents, *row.kinds, *row.also, *row.codes, *row.jurisdictions)
    wrong = [part.confidence for part in parts if part.confidence not in known]
    wrong += [part.kind for part in (*row.kinds, *row.also) if part.kind not in Kind.values]
    wrong += [code.scheme for code in row.codes if code.scheme not in Scheme.values]
    wrong += [place.country for place in row.jurisdictions if not _COUNTRY.fullmatch(place.country)]
    if wrong:
        raise OrganisationError(gettext("%(key)s: “%(word)s” is not known.") % {"key": row.slug, "word": wrong[0]})


def _check_cover(row: OrganisationRow, parts: Sequence[Any], sentence: str) -> None:
    if parts[0].valid_from != row.valid_from or parts[-1].valid_to != row.valid_to:
        _refuse(row, sentence)
    for earlier, later in pairwise(parts):
        if earlier.valid_to is None or later.valid_from - earlier.valid_to != ONE_DAY:
            _refuse(row, gettext("%(key)s: each name and class must begin the day after the one before."))


def _check_apart(row: OrganisationRow, parts: Iterable[Any], sentence: str) -> None:
    for earlier, later in pairwise(parts):
        if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
            _refuse(row, sentence)


def _within(part: Any, life: Any) -> bool:
    ordered = part.valid_to is None or part.valid_from <= part.valid_to
    return ordered and life.valid_from <= part.valid_from and (part.valid_to or date.max) <= (life.valid_to or date.max)


def _check_no_cycle(rows: Mapping[str, OrganisationRow]) -> None:
    """A tree can only become a ring on a day on which somebody gets a parent, so only those days are walked."""
    for day in sorted({link.valid_from for row in rows.values() for link in row.parents}):
        above = {
            row.slug: link.parent
            for row in rows.values()
            for link in row.parents
            if link.valid_from <= day <= (link.valid_to or date.max)
        }
        sound: set[str] = set()
        for start in above:
            path: list[str] = []
            at: str | None = start
            while at is not None and at not in sound:
                if at in path:
                    words = {"key": start, "day": format_date(day, get_language() or "vi")}
                    raise OrganisationError(gettext("%(key)s: on %(day)s it would stand below itself.") % words)
                path.append(at)
                at = above.get(at)
            sound.update(path)


def _check_codes(rows: Mapping[str, OrganisationRow]) -> None:
    """One bearer of a code on a day."""
    borne: dict[tuple[str, str], list[tuple[CodeRow, str]]] = {}
    for row in rows.values():
        for code in row.codes:
            borne.setdefault((code.scheme, code.code), []).append((code, row.slug))
    for bearers in borne.values():
        bearers.sort(key=lambda pair: pair[0].valid_from)
        for (earlier, other), (later, slug) in pairwise(bearers):
            if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
                words = {"key": slug, "code": later.code, "other": other}
                raise OrganisationError(gettext("%(key)s: code %(code)s is carried by %(other)s then.") % words)


def _refuse(row: OrganisationRow, sentence: str) -> None:
    raise OrganisationError(sentence % {"key": row.slug})
