"""What a printed digest is made of, read strictly: a key too many or too few is an error, never a gap on paper."""

from __future__ import annotations

import dataclasses
import functools
import re
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nhipcau.documents.digest.cleaning import clean, followed

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


class ShapeError(TypeError):
    """Plain values that are no digest: a programming error between who tells it and who draws it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """Words in a language of their own: ``lang`` is a BCP 47 tag or empty, ``dir`` is ltr, rtl or auto."""

    text: str
    lang: str
    dir: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One article that a story rests on; ``url`` is None where nobody may follow it."""

    outlet: str
    country: str
    title: Foreign
    when: str
    url: str | None
    reprint: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story. What an office wrote (``headline``, ``summary``, ``written_by``, ``note``) may be empty."""

    id: str
    number: int
    headline: str
    title: Foreign
    summary: str
    gist: Foreign
    gist_by: str
    written_by: list[str]
    note: str
    breadth: str
    when: str
    continued: bool
    articles: int
    outlets: int
    countries: int
    languages: int
    topics: list[str]
    score: float
    sources: list[Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part: its heading, what the office wrote under it, its stories."""

    title: str
    paragraphs: list[str]
    stories: list[Story]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """``12`` and ``12 items``."""

    value: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One value and how many items have it."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """One table of numbers; ``key`` names the column of the articles that the codes stand in."""

    key: str
    title: str
    rows: list[Row]
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What was read and what became of it."""

    name: str
    count: int
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """What one input gave."""

    name: str
    documents: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the table of articles."""

    key: str
    label: str
    numeric: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All of it. ``articles`` (``cells`` by column, ``link``) and ``rejections`` are read as they are gone through."""

    lang: str
    sample: bool
    kind: str
    title: str
    period: str
    day: str | None
    made_by: str
    edition: Edition | None
    totals: list[Total]
    highlights: list[str]
    sections: list[Section]
    nothing: str
    numbers: list[Numbers]
    method: list[str]
    counts: list[Count]
    inputs: list[Input]
    problems: list[str]
    columns: list[Column]
    articles: Iterable[Mapping[str, Any]]
    rejections: Iterable[Mapping[str, Any]]

    @property
    def stories(self) -> list[Story]:
        """In the order in which they are printed."""
        return [story for section in self.sections for story in section.stories]


def read_digest(plain: Mapping[str, Any]) -> Digest:
    """The digest that these plain values are, its texts fit for any paper (:mod:`nhipcau.documents.digest.cleaning`).

    Raises:
        ShapeError: naming the place.
    """
    digest: Digest = _read(Digest, plain, "digest")
    return digest


@functools.cache
def _fields(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _read(wanted: Any, value: Any, place: str) -> Any:
    if dataclasses.is_dataclass(wanted):
        return _read_object(typing.cast("type", wanted), value, place)
    origin = typing.get_origin(wanted)
    if origin is list:
        if not isinstance(value, list | tuple):
            raise ShapeError(f"{place} is no list")
        (inner,) = typing.get_args(wanted)
        return [_read(inner, each, f"{place}[{index}]") for index, each in enumerate(value)]
    if origin is Iterable:
        if not isinstance(value, Iterable):
            raise ShapeError(f"{place} cannot be gone through")
        return value
    if type(None) in typing.get_args(wanted):
        inner = next(each for each in typing.get_args(wanted) if each is not type(None))
        return None if value is None else _read(inner, value, place)
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not wanted and not (wanted is str and isinstance(value, str)):
        raise ShapeError(f"{place} is {type(value).__name__}, not {wanted.__name__}")
    return clean(value) if isinstance(value, str) else value


def _read_object(kind: type, value: Any, place: str) -> Any:
    if not isinstance(value, Mapping):
        raise ShapeError(f"{place} is no {kind.__name__}")
    fields = _fields(kind)
    if fields.keys() != value.keys():
        missing, unknown = sorted(fields.keys() - value.keys()), sorted(value.keys() - fields.keys())
        raise ShapeError(f"{place}: missing {missing}, unknown {unknown}")
    read = {name: _read(wanted, value[name], f"{place}.{name}") for name, wanted in fields.items()}
    if "url" in read:
        read["url"] = followed(value["url"])
    if kind is Foreign:
        # A page declares its language itself: what is no tag is none.
        read["lang"] = read["lang"] if _TAG.fullmatch(read["lang"]) else ""
    return kind(**read)
