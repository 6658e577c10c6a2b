"""A folder: its pages, archives, feeds and tables, sorted by path. Lists of addresses in it are named, not followed."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nhipcau.newswire.records import InputProblem
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.files import Item, read_file
from nhipcau.newswire.sources.kinds import Kind, kind_of
from nhipcau.newswire.sources.table import first_row_is_article

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTS = {Kind.OPML, Kind.SITEMAP}


def read_folder(folder: Path, *, name: str) -> Iterator[Item]:
    """Everything in a folder and the folders in it. Hidden files are left out, links are not followed."""
    other: Counter[str] = Counter()
    files = sorted(_files(folder), key=lambda found: found[1].parts)
    for path, inside in files:
        source = f"{name}/{inside}"
        if path.is_symlink():
            yield InputProblem(source=source, message=Sentence("A link is not followed."))
            continue
        try:
            kind = kind_of(path, path.name)
            if kind in _LISTS:
                why = Sentence("A list of addresses inside a folder is not followed; give it as an input of its own.")
                yield InputProblem(source=source, message=why)
            elif kind is Kind.UNKNOWN or (kind is Kind.JSON_LINES and not first_row_is_article(path)):
                other[path.suffix.lower() or path.name] += 1
            else:
                yield from read_file(path, kind, name=source, inside=str(inside))
        except OSError as error:
            why = Sentence("It cannot be read: {why}", why=error.strerror or error)
            yield InputProblem(source=source, message=why)
    if not files:
        yield InputProblem(source=name, message=Sentence("The folder holds nothing that can be read."))
    if other:
        kinds = ", ".join(sorted(other))
        why = Sentence("Files of other kinds were left out: {count} ({kinds}).", count=other.total(), kinds=kinds)
        yield InputProblem(source=name, message=why)


def _files(folder: Path) -> Iterator[tuple[Path, PurePosixPath]]:
    """Every file that is not hidden, with its path inside the folder."""
    for parent, folders, files in os.walk(folder):
        folders[:] = [one for one in folders if not one.startswith(".")]
        for file in files:
            if not file.startswith("."):
                path = Path(parent, file)
                yield path, PurePosixPath(path.relative_to(folder).as_posix())
