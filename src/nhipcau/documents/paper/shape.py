"""Plain values read strictly: a key too many or too few is an error, never a gap on paper."""

from __future__ import annotations

import dataclasses
import functools
import re
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nhipcau.documents.paper.cleaning import clean, followed

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


class ShapeError(TypeError):
    """Plain values that are no such paper: a programming error between who tells it and who draws it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """Words in a language of their own: ``lang`` is a BCP 47 tag or empty, ``dir`` is ltr, rtl or auto."""

    text: str
    lang: str
    dir: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A correction or a recall: the time it was given (ISO 8601) and its words."""

    at: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What makes it an administrative document. ``issued_on`` is an ISO day; ``mark`` says that it is no such yet."""

    mark: str
    organisation: str
    superior: str
    number_and_symbol: str
    place: str
    issued_on: str | None
    signer_name: str
    signer_post: str
    recipients: list[str]
    archive_line: str
    notices: list[Notice]


def read(wanted: Any, value: Any, place: str) -> Any:
    """The value as a dataclass made of dataclasses, lists, texts and numbers; texts are fit for any paper.

    A field ``url`` is an address that may be followed, or None; a field typed ``Iterable`` is passed on unread.

    Raises:
        ShapeError: naming the place.
    """
    if dataclasses.is_dataclass(wanted):
        return _read_object(typing.cast("type", wanted), value, place)
    origin = typing.get_origin(wanted)
    if origin is list:
        if not isinstance(value, list | tuple):
            raise ShapeError(f"{place} is no list")
        (inner,) = typing.get_args(wanted)
        return [read(inner, each, f"{place}[{index}]") for index, each in enumerate(value)]
    if origin is Iterable:
        if not isinstance(value, Iterable):
            raise ShapeError(f"{place} cannot be gone through")
        return value
    if type(None) in typing.get_args(wanted):
        inner = next(each for each in typing.get_args(wanted) if each is not type(None))
        return None if value is None else read(inner, value, place)
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not wanted and not (wanted is str and isinstance(value, str)):
        raise ShapeError(f"{place} is {type(value).__name__}, not {wanted.__name__}")
    return clean(value) if isinstance(value, str) else value


@functools.cache
def _fields(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _read_object(kind: type, value: Any, place: str) -> Any:
    if not isinstance(value, Mapping):
        raise ShapeError(f"{place} is no {kind.__name__}")
    fields = _fields(kind)
    if fields.keys() != value.keys():
        missing, unknown = sorted(fields.keys() - value.keys()), sorted(value.keys() - fields.keys())
        raise ShapeError(f"{place}: missing {missing}, unknown {unknown}")
    made = {name: read(wanted, value[name], f"{place}.{name}") for name, wanted in fields.items()}
    if "url" in made:
        made["url"] = followed(value["url"])
    if kind is Foreign:
        # A page declares its language itself: what is no tag is none.
        made["lang"] = made["lang"] if _TAG.fullmatch(made["lang"]) else ""
    return kind(**made)
