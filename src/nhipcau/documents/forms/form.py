"""What a report form asks: sections of guided texts, figures, tables and files, and the rules between figures.

A form is data: the coordinating ministry writes it, in Vietnamese, and every version of it stays as it was. Keys are
what figures are known by over the years: a figure that keeps its key in the next version is compared with itself.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self

from nhipcau.documents.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: whole: counts. decimal: up to four places. money: millions of đồng unless the unit says otherwise.
FigureKind = Literal["whole", "decimal", "money"]
ColumnKind = Literal["text", "whole", "decimal", "money", "date", "choice"]
#: How the sides of a rule are to stand to each other.
Relation = Literal["<=", ">=", "=="]

FIGURE_KINDS: tuple[str, ...] = ("whole", "decimal", "money")
COLUMN_KINDS: tuple[str, ...] = (*FIGURE_KINDS, "text", "date", "choice")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")


class FormError(ValueError):
    """A form that cannot be; ``sentence`` says what is wrong and where."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the values that an axis or a column takes."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What figures are broken down by: language, channel, audience, country. Each breakdown adds up to the total."""

    key: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextItem:
    """A text to be written.

    Attributes:
        key: identity within the form, over its versions.
        label: what it is called.
        guidance: what is to be said, shown beside the field.
        required: whether the report can go without it; "none" (không có) is an answer.
        most: most characters.
    """

    key: str
    label: str
    guidance: str = ""
    required: bool = True
    most: int = 20_000
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureItem:
    """A figure.

    Attributes:
        key: identity within the form, over its versions.
        label: what is counted.
        unit: of what, as printed: ``bài``, ``triệu đồng``.
        number: whole, decimal or money.
        axes: keys of the axes by which it is broken down, each by itself.
        source: key under which rooms offer it (``programme.figures``); empty where it is typed.
        counted: ``table.column`` whose rows it is counted or added up from; ``table`` alone counts the rows.
        required: whether it must be given; where it is not, "none" or a comment is.
        guidance: what counts and what does not.
    """

    key: str
    label: str
    unit: str = ""
    number: FigureKind = "whole"
    axes: tuple[str, ...] = ()
    source: str = ""
    counted: str = ""
    required: bool = True
    guidance: str = ""
    kind: Literal["figure"] = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; ``axis`` names the axis whose choices a choice column takes."""

    key: str
    label: str
    holds: ColumnKind = "text"
    axis: str = ""
    required: bool = False

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers."""
        return self.holds in ("whole", "decimal", "money")


@dataclass(frozen=True, kw_only=True)
class TableItem:
    """A table with a row for each activity, so that totals can be traced to what they are made of."""

    key: str
    label: str
    columns: tuple[Column, ...]
    guidance: str = ""
    required: bool = False
    most: int = 500
    kind: Literal["table"] = "table"

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        """The columns by key."""
        return {column.key: column for column in self.columns}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileItem:
    """Files to be attached."""

    key: str
    label: str
    guidance: str = ""
    required: bool = False
    kind: Literal["file"] = "file"


Item = TextItem | FigureItem | TableItem | FileItem
_ITEMS: dict[str, type[Any]] = {"text": TextItem, "figure": FigureItem, "table": TableItem, "file": FileItem}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the form, numbered as the official one: ``I``, ``II`` ..."""

    key: str
    number: str
    title: str
    items: tuple[Item, ...]
    guidance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What holds between figures: the sum of ``left`` stands in ``relation`` to the sum of ``right``.

    Attributes:
        left: keys of figures.
        relation: how the sums stand to each other.
        right: keys of figures.
        message: what is wrong where it does not hold, in the words of the form.
        strict: whether a report is refused for it; else it asks for a comment.
    """

    left: tuple[str, ...]
    relation: Relation
    right: tuple[str, ...]
    message: str
    strict: bool = True


@dataclass(frozen=True, kw_only=True)
class Form:
    """A version of a form.

    Attributes:
        key: identity over the versions.
        version: from 1.
        title: as printed.
        sections: in the order of the paper.
        axes: what figures are broken down by.
        rules: what holds between figures.
        basis: the legal text or the letter that it comes from.
    """

    key: str
    version: int
    title: str
    sections: tuple[Section, ...]
    axes: tuple[Axis, ...] = ()
    rules: tuple[Rule, ...] = ()
    basis: str = ""

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """All items by key, in the order of the paper."""
        return {item.key: item for section in self.sections for item in section.items}

    @cached_property
    def figures(self) -> Mapping[str, FigureItem]:
        """The figures by key."""
        return {key: item for key, item in self.items.items() if isinstance(item, FigureItem)}

    @cached_property
    def axis(self) -> Mapping[str, Axis]:
        """The axes by key."""
        return {axis.key: axis for axis in self.axes}

    def section_of(self, key: str) -> Section:
        """The section in which an item stands.

        Raises:
            KeyError: no item has that key.
        """
        for section in self.sections:
            if any(item.key == key for item in section.items):
                return section
        raise KeyError(key)

    def broken_down_by(self, axis: Axis) -> Form:
        """The same form, every figure of it broken down by one axis more: the old units of an office that merged."""
        sections = tuple(
            Section(
                key=section.key,
                number=section.number,
                title=section.title,
                guidance=section.guidance,
                items=tuple(_with_axis(item, axis.key) for item in section.items),
            )
            for section in self.sections
        )
        return Form(
            key=self.key,
            version=self.version,
            title=self.title,
            sections=sections,
            axes=(*self.axes, axis),
            rules=self.rules,
            basis=self.basis,
        )

    def to_plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_plain` wrote, or somebody wrote by hand.

        Raises:
            FormError: it is no form; the sentence says what is wrong and where.
        """
        try:
            form = cls(
                key=plain["key"],
                version=int(plain["version"]),
                title=plain["title"],
                basis=plain.get("basis", ""),
                axes=tuple(_axis(each) for each in plain.get("axes", ())),
                sections=tuple(_section(each) for each in plain["sections"]),
                rules=tuple(_rule(each) for each in plain.get("rules", ())),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise FormError(Sentence("This is no form: {error}.", error=error)) from error
        for sentence in form.faults():
            raise FormError(sentence)
        return form

    def faults(self) -> Iterator[Sentence]:
        """Everything for which the form cannot be used."""
        keys = [section.key for section in self.sections]
        keys += [item.key for section in self.sections for item in section.items]
        for key in keys:
            if not _KEY.match(key):
                yield Sentence("“{key}” is no key: small letters, digits and _ only.", key=key)
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield Sentence("“{key}” stands in the form twice.", key=key)
        if not self.items:
            yield Sentence("The form asks nothing.")
        for item in self.items.values():
            yield from self._faults_of(item)
        for rule in self.rules:
            for key in (*rule.left, *rule.right):
                if key not in self.figures:
                    yield Sentence("A rule speaks of “{key}”, which is no figure of the form.", key=key)

    def _faults_of(self, item: Item) -> Iterator[Sentence]:
        if isinstance(item, FigureItem):
            if item.number not in FIGURE_KINDS:
                yield Sentence("“{key}” is of an unknown kind.", key=item.key)
            for axis in item.axes:
                if axis not in self.axis:
                    yield Sentence(
                        "“{key}” is broken down by “{axis}”, which the form has not.", key=item.key, axis=axis
                    )
            if item.counted and not self._counts(item.counted):
                yield Sentence(
                    "“{key}” is counted from “{table}”, which the form has not.", key=item.key, table=item.counted
                )
        elif isinstance(item, TableItem):
            if not item.columns:
                yield Sentence("The table “{key}” has no column.", key=item.key)
            for column in item.columns:
                if column.holds not in COLUMN_KINDS or (column.holds == "choice" and column.axis not in self.axis):
                    yield Sentence(
                        "The column “{column}” of “{key}” is of an unknown kind.", column=column.key, key=item.key
                    )

    def _counts(self, counted: str) -> bool:
        table, _, column = counted.partition(".")
        item = self.items.get(table)
        return isinstance(item, TableItem) and (not column or column in item.by_key)


def _with_axis(item: Item, axis: str) -> Item:
    if not isinstance(item, FigureItem):
        return item
    return FigureItem(**{**asdict(item), "axes": (*item.axes, axis)})


def _axis(plain: Mapping[str, Any]) -> Axis:
    return Axis(key=plain["key"], label=plain["label"], choices=tuple(Choice(**each) for each in plain["choices"]))


def _section(plain: Mapping[str, Any]) -> Section:
    return Section(**{**plain, "items": tuple(_item(each) for each in plain["items"])})


def _item(plain: Mapping[str, Any]) -> Item:
    said: dict[str, Any] = {**plain, "kind": plain["kind"]}
    if "axes" in said:
        said["axes"] = tuple(said["axes"])
    if "columns" in said:
        said["columns"] = tuple(Column(**each) for each in said["columns"])
    item: Item = _ITEMS[said["kind"]](**said)
    return item


def _rule(plain: Mapping[str, Any]) -> Rule:
    return Rule(**{**plain, "left": tuple(plain["left"]), "right": tuple(plain["right"])})


def keys_of(choices: Sequence[Choice]) -> tuple[str, ...]:
    """The keys of some choices, in their order."""
    return tuple(choice.key for choice in choices)
