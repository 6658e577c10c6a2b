"""Answers as fields, each a text under the path by which forms, Excel and problems name it.

``texts.<item>``, ``nones.<item>``; ``figures.<item>`` with ``.none``, ``.estimate``, ``.comment``, ``.pulled`` and
``.<axis>.<choice>`` below it; ``tables.<item>.none``, ``tables.<item>.rows`` (the ids, in order) and
``tables.<item>.<row>.<column>``; ``files.<item>``. What is empty has no field.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from nhipcau.documents.forms.answers import Answers, FigureAnswer, PulledFigure, Row, TableAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: What a path ends in where something is said to be none.
YES = "1"


def flatten(answers: Answers) -> dict[str, str]:
    """The fields of some answers."""
    fields = {
        **{f"texts.{key}": text for key, text in answers.texts.items()},
        **dict.fromkeys((f"nones.{key}" for key in sorted(answers.nones)), YES),
        **{f"files.{key}": " ".join(map(str, keys)) for key, keys in answers.files.items()},
    }
    for key, answer in answers.figures.items():
        fields.update(_of_figure(f"figures.{key}", answer))
    for key, table in answers.tables.items():
        fields.update(_of_table(f"tables.{key}", table))
    return {path: text for path, text in fields.items() if text}


def unflatten(fields: Mapping[str, str]) -> Answers:
    """The answers of some fields; a path that means nothing is left out."""
    texts: dict[str, str] = {}
    nones: set[str] = set()
    files: dict[str, tuple[int, ...]] = {}
    figures: dict[str, dict[str, Any]] = {}
    tables: dict[str, dict[str, Any]] = {}
    for path, text in fields.items():
        head, _, rest = path.partition(".")
        parts = rest.split(".")
        if not text or not parts[0]:
            continue
        match head, len(parts):
            case "texts", 1:
                texts[rest] = text
            case "nones", 1:
                nones.add(rest)
            case "files", 1:
                files[rest] = tuple(int(key) for key in text.split() if key.isdecimal())
            case "figures", _:
                _put_figure(figures.setdefault(parts[0], {}), parts[1:], text)
            case "tables", _:
                _put_table(tables.setdefault(parts[0], {}), parts[1:], text)
    return Answers(
        texts=texts,
        nones=frozenset(nones),
        figures={key: FigureAnswer(**said) for key, said in figures.items() if said},
        tables={key: _table(said) for key, said in tables.items() if said},
        files=files,
    )


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed from the same version, in different ways: theirs stands, until one chooses."""

    path: str
    theirs: str
    mine: str


def join_fields(
    base: Mapping[str, str], theirs: Mapping[str, str], mine: Mapping[str, str]
) -> tuple[dict[str, str], list[Clash]]:
    """What two people wrote from the same version, joined field by field.

    Args:
        base: the fields as both had read them.
        theirs: as they are stored now.
        mine: those that I send, empty where I emptied one; what I do not send I did not change.

    Returns:
        All fields, and those that both changed in different ways.
    """
    joined, clashes = dict(theirs), []
    for path, text in mine.items():
        before, stored = base.get(path, ""), theirs.get(path, "")
        if path.startswith("tables.") and path.endswith(".rows"):
            joined[path] = " ".join(join_rows(before.split(), stored.split(), text.split()))
        elif text in (before, stored):
            continue
        elif stored == before:
            joined[path] = text
        else:
            clashes.append(Clash(path, stored, text))
    return _without_lost_rows({path: text for path, text in joined.items() if text}), clashes


def join_rows(base: Iterable[str], theirs: Iterable[str], mine: Iterable[str]) -> list[str]:
    """The ids of the rows of a table that two people changed from the same version.

    Theirs, in their order, without those that I took out; at the end those that I put in. Where the others left the
    rows as they were, my order is kept.
    """
    before, stored, here = list(base), list(theirs), list(mine)
    if stored == before:
        return here
    left = [row for row in stored if row in here or row not in before]
    return left + [row for row in here if row not in before and row not in left]


def _without_lost_rows(fields: Mapping[str, str]) -> dict[str, str]:
    """Without the cells of rows that are in no table any more."""
    kept = {}
    for path, text in fields.items():
        head, _, rest = path.partition(".")
        table, _, cell = rest.partition(".")
        row, dot, _column = cell.partition(".")
        if head == "tables" and dot and row not in fields.get(f"tables.{table}.rows", "").split():
            continue
        kept[path] = text
    return kept


def _of_figure(path: str, answer: FigureAnswer) -> Iterator[tuple[str, str]]:
    yield path, answer.value
    yield f"{path}.none", YES if answer.none else ""
    yield f"{path}.estimate", answer.estimate
    yield f"{path}.comment", answer.comment
    yield f"{path}.pulled", json.dumps(asdict(answer.pulled), ensure_ascii=False) if answer.pulled else ""
    for axis, choices in answer.by.items():
        for choice, text in choices.items():
            yield f"{path}.{axis}.{choice}", text


def _of_table(path: str, answer: TableAnswer) -> Iterator[tuple[str, str]]:
    yield f"{path}.none", YES if answer.none else ""
    yield f"{path}.rows", " ".join(row.id for row in answer.rows)
    for row in answer.rows:
        for column, text in row.cells.items():
            yield f"{path}.{row.id}.{column}", text


def _put_figure(said: dict[str, Any], parts: list[str], text: str) -> None:
    match parts:
        case []:
            said["value"] = text
        case ["none"]:
            said["none"] = True
        case ["pulled"]:
            said["pulled"] = _pulled(text)
        case ["estimate" | "comment" as part]:
            said[part] = text
        case [axis, choice]:
            said.setdefault("by", {}).setdefault(axis, {})[choice] = text


def _put_table(said: dict[str, Any], parts: list[str], text: str) -> None:
    match parts:
        case ["none"]:
            said["none"] = True
        case ["rows"]:
            said["rows"] = list(dict.fromkeys(text.split()))
        case [row, column]:
            said.setdefault("cells", {}).setdefault(row, {})[column] = text


def _table(said: Mapping[str, Any]) -> TableAnswer:
    cells = said.get("cells", {})
    rows = tuple(Row(id=row, cells=cells.get(row, {})) for row in said.get("rows", ()))
    return TableAnswer(rows=rows, none=said.get("none", False))


def _pulled(text: str) -> PulledFigure | None:
    """What was pulled in; None where the field was meddled with."""
    try:
        plain = json.loads(text)
        sources = tuple((str(words), str(path)) for words, path in plain.get("sources", ()))
        return PulledFigure(value=str(plain["value"]), as_of=str(plain["as_of"]), sources=sources)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
