"""What a plan must contain, as its template says: parts with guidance, and the groups of activities in them."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_KEY = re.compile(r"[a-z][a-z0-9_]{0,58}\Z")


class TemplateError(ValueError):
    """A template that cannot be; the sentence says what is wrong and where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A kind of activities within a part: a topic of training, a key task."""

    key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a plan.

    Attributes:
        key: identity over the versions of the template: a part that keeps it is compared with itself.
        title: its heading.
        guidance: what is to be said, shown beside the field.
        required: whether a plan can be submitted without it.
        groups: kinds of activities that belong here; a part without them is text alone.
        totals: whether the totals of the budget stand in it.
    """

    key: str
    title: str
    guidance: str = ""
    required: bool = True
    groups: tuple[Group, ...] = ()
    totals: bool = False


def parts_of(plain: Iterable[dict[str, Any]]) -> list[Part]:
    """The parts as a template keeps them."""
    return [Part(**{**row, "groups": tuple(Group(**group) for group in row.get("groups", ()))}) for row in plain]


def to_plain(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """The parts as a template keeps them: what JSON holds."""
    return [{**asdict(part), "groups": [asdict(group) for group in part.groups]} for part in parts]


def group_names(parts: Iterable[Part]) -> dict[str, str]:
    """``part.group`` -> its title, in the order of the template."""
    return {f"{part.key}.{group.key}": group.title for part in parts for group in part.groups}


def read_parts(plain: Any) -> list[Part]:
    """The parts of a template that came in a file.

    Raises:
        TemplateError: it is not what a template is; the sentence names the part.
    """
    if not isinstance(plain, list) or not plain:
        raise TemplateError(gettext("“parts” must be a list with one entry for each part."))
    parts = [_read_part(number, row) for number, row in enumerate(plain, 1)]
    keys = [part.key for part in parts]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice:
        raise TemplateError(gettext("Two parts have the key “%(key)s”.") % {"key": twice})
    if not any(part.groups for part in parts):
        raise TemplateError(gettext("One part at least needs “groups”: activities belong to them."))
    return parts


def _read_part(number: int, row: Any) -> Part:
    where = gettext("Part %(number)s") % {"number": number}
    if not isinstance(row, dict):
        raise TemplateError(gettext("%(where)s: it must hold “key” and “title”.") % {"where": where})
    unknown = sorted(row.keys() - {"key", "title", "guidance", "required", "groups", "totals"})
    if unknown:
        raise TemplateError(gettext("%(where)s: “%(name)s” is not known.") % {"where": where, "name": unknown[0]})
    groups = row.get("groups", [])
    if not isinstance(groups, list) or not all(isinstance(group, dict) for group in groups):
        raise TemplateError(gettext("%(where)s: “groups” must be a list.") % {"where": where})
    for flag in ("required", "totals"):
        if not isinstance(row.get(flag, True), bool):
            raise TemplateError(
                gettext("%(where)s: “%(name)s” must be true or false.") % {"where": where, "name": flag}
            )
    read = tuple(Group(key=_key(where, group), title=_words(where, group, "title")) for group in groups)
    if len({group.key for group in read}) < len(read):
        raise TemplateError(gettext("%(where)s: two groups have the same key.") % {"where": where})
    return Part(
        key=_key(where, row),
        title=_words(where, row, "title"),
        guidance=_words(where, row, "guidance", needed=False),
        required=row.get("required", True),
        groups=read,
        totals=row.get("totals", False),
    )


def _key(where: str, row: dict[str, Any]) -> str:
    key = row.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise TemplateError(
            gettext("%(where)s: “key” must be small letters, digits and underscores.") % {"where": where}
        )
    return key


def _words(where: str, row: dict[str, Any], name: str, *, needed: bool = True) -> str:
    words = row.get(name, "")
    if not isinstance(words, str) or (needed and not words.strip()) or len(words) > 4000:  # noqa: PLR2004 - a page
        raise TemplateError(gettext("%(where)s: “%(name)s” must be words.") % {"where": where, "name": name})
    return " ".join(words.split())
