"""Entries as people read them: who, in whose name, what in words, and every changed field with both of its values.

Entries hold ids and labels only. Where a changed field points to another object, that object is named if the reader
may see it, and is a bare number if not: it is asked for under the access now open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nhipcau.audit import verbs
from nhipcau.ui.templatetags.ui import day, moment, vi_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from django.db.models import Model

    from nhipcau.audit.models import Entry

#: A long list or text is cut: the record has all of it, the reader wants to know what changed.
MOST_VALUES, MOST_LETTERS = 12, 600
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
_PERSON = re.compile(r"person:\d+")
#: Both values of a changed field.
_BOTH = 2


@dataclass(frozen=True, slots=True)
class Change:
    """A field with the values that it had before and has after, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """Something else that the payload says, in words."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as people read it."""

    entry: Entry
    who: str
    in_name_of: str
    what: str
    changes: Sequence[Change]
    told: Sequence[Told]

    @property
    def purged(self) -> bool:
        """Whether its payload was taken away by a rule."""
        return bool(self.entry.purged_under)


def lines(entries: Iterable[Entry]) -> list[Line]:
    """The entries as people read them, in the order given. One query for each kind of object that is named."""
    shown = list(entries)
    named = _Named(shown)
    return [
        Line(
            entry=entry,
            who=who(entry),
            in_name_of=named.people.get(entry.deputy_of, ""),
            what=verbs.phrase(entry.verb),
            changes=tuple(named.changes(entry)),
            told=tuple(named.told(entry)),
        )
        for entry in shown
    ]


def who(entry: Entry) -> str:
    """The name of whoever did it; the system says for what it acted."""
    kind, _colon, purpose = entry.actor_id.partition(":")
    if kind != "system":
        return entry.actor_label
    return f"Nhịp Cầu ({verbs.PURPOSES.get(purpose, purpose)})"


def _people(references: Iterable[Any]) -> dict[str, str]:
    """Names of the people behind ``person:<id>``, by that; other values are left out."""
    wanted = {one: int(one[7:]) for one in references if isinstance(one, str) and _PERSON.fullmatch(one)}
    found = get_user_model().objects.in_bulk(list(wanted.values())) if wanted else {}
    return {reference: str(found.get(pk, reference)) for reference, pk in wanted.items()}


class _Named:
    """What the values in the entries' payloads stand for: people, and the objects that changed fields point to."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._payloads = {entry.pk: _payload(entry) for entry in entries}
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        said: list[Any] = [entry.deputy_of for entry in entries]
        for entry in entries:
            for key, value in self._payloads[entry.pk].items():
                parts = list(_flat(value))
                said += parts
                if (model := getattr(field_of(entry, key), "related_model", None)) is not None:
                    wanted[model].update(part for part in parts if isinstance(part, int))
        self.people = _people(said)
        # Through the model's own manager: what the reader may not see stays a number.
        self._objects = {
            model: model._default_manager.in_bulk(list(keys))  # noqa: SLF001 - the closed one, whatever its name
            for model, keys in wanted.items()
        }

    def changes(self, entry: Entry) -> Iterator[Change]:
        """The fields that have a value before and one after."""
        for key, value in self._payloads[entry.pk].items():
            if _is_change(value):
                yield Change(_name(entry, key), *(self._words(entry, key, one) for one in value))

    def told(self, entry: Entry) -> Iterator[Told]:
        """What else stands in the payload."""
        for key, value in self._payloads[entry.pk].items():
            if not _is_change(value):
                yield Told(_name(entry, key), self._words(entry, key, value))

    def _words(self, entry: Entry, key: str, value: Any) -> str:
        field = field_of(entry, key)
        related: Any = getattr(field, "related_model", None)
        objects = self._objects.get(related, {})
        choices: dict[Any, Any] = dict(getattr(field, "flatchoices", None) or ())

        def one(part: Any) -> str:
            if isinstance(part, (str, int)):
                known: tuple[Mapping[Any, Any], ...] = (objects, choices, self.people)
                for names in known:
                    if part in names:
                        return str(names[part])
            return _plain(part)

        return _listed(value, one) if isinstance(value, list) else one(value)


def _payload(entry: Entry) -> Mapping[str, Any]:
    """The payload with the fields of the object first, in the order in which the object has them."""
    changes = entry.changes
    if not isinstance(changes, dict):
        return {}
    try:
        order = {field.name: place for place, field in enumerate(apps.get_model(entry.object_type)._meta.fields)}
    except (LookupError, ValueError):
        order = {}
    return dict(sorted(changes.items(), key=lambda item: order.get(item[0], len(order))))


def _is_change(value: Any) -> bool:
    return isinstance(value, list) and len(value) == _BOTH


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for part in value:
            yield from _flat(part)
    else:
        yield value


def field_of(entry: Entry, key: str) -> Any:
    """The object's own field of this name; what other tables call their way back is none."""
    try:
        field = apps.get_model(entry.object_type)._meta.get_field(key)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return None if field.auto_created and not field.concrete else field


def _name(entry: Entry, key: str) -> str:
    if verbs.names(key):
        return capfirst(verbs.name(key))
    field = field_of(entry, key)
    name = getattr(field, "verbose_name", key)
    related = getattr(field, "related_model", None)
    # A key to another table that was given no name of its own is called as what it points to.
    if related is not None and str(name) == key.replace("_", " "):
        name = related._meta.verbose_name
    return capfirst(str(name))


def _listed(values: Sequence[Any], words: Callable[[Any], str]) -> str:
    said, more = [words(value) for value in values[:MOST_VALUES]], len(values) - MOST_VALUES
    if more > 0:
        said.append(_("%(n)s more") % {"n": vi_number(more)})
    return ", ".join(said) or "–"


def _plain(value: Any) -> str:
    """A value of JSON in words, as the reader's language writes it."""
    match value:
        case None | "":
            return "–"
        case bool():
            return pgettext("value", "yes") if value else pgettext("value", "no")
        case int() | float():
            return vi_number(value)
        case dict():
            return "; ".join(f"{verbs.name(key)}: {_plain(part)}" for key, part in value.items()) or "–"
        case list():
            return _listed(value, _plain)
        case _:
            return _text(value)


def _text(value: str) -> str:
    if _MOMENT.fullmatch(value):
        return moment(datetime.fromisoformat(value))
    if _DAY.fullmatch(value):
        return day(date.fromisoformat(value))
    return value if len(value) <= MOST_LETTERS else f"{value[:MOST_LETTERS]}…"
