"""A folder: its pages, archives, feeds and tables, sorted by path. Lists of addresses in it are named, not followed."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nhipcau.newswire.records import InputProblem
from nhipcau.newswire.sentences import Sentence, system_reason
from nhipcau.newswire.sources.archive import read_repeated
from nhipcau.newswire.sources.files import Item, read_file
from nhipcau.newswire.sources.kinds import Kind, kind_of
from nhipcau.newswire.sources.revisits import Revisits
from nhipcau.newswire.sources.table import first_row_is_article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LISTS = {Kind.OPML, Kind.SITEMAP}


def read_folder(folder: Path, *, name: str) -> Iterator[Item]:
    """Everything in a folder and the folders in it. Hidden files are left out, links are not followed."""
    other: Counter[str] = Counter()
    unreadable: list[OSError] = []
    archives: list[Path] = []
    revisits = Revisits()
    files = sorted(_files(folder, unreadable.append), key=lambda found: found[1].parts)
    for path, inside in files:
        source = f"{name}/{inside}"
        if path.is_symlink():
            yield InputProblem(source=source, message=Sentence("A link is not followed."))
            continue
        if not path.is_file():
            # Opening a named pipe would wait for somebody to write into it.
            yield InputProblem(source=source, message=Sentence("It is neither a file nor a folder."))
            continue
        try:
            kind = kind_of(path, path.name)
            if kind in _LISTS:
                why = Sentence("A list of addresses inside a folder is not followed; give it as an input of its own.")
                yield InputProblem(source=source, message=why)
            elif kind is Kind.UNKNOWN or (kind is Kind.JSON_LINES and not first_row_is_article(path)):
                other[path.suffix.lower() or path.name] += 1
            else:
                archives += [path] if kind is Kind.ARCHIVE else []
                yield from read_file(path, kind, name=source, inside=str(inside), revisits=revisits)
        except OSError as error:
            why = Sentence("It cannot be read: {why}", why=system_reason(error))
            yield InputProblem(source=source, message=why)
    yield from _repeated(archives, revisits)
    for refused in sorted(unreadable, key=lambda error: str(error.filename)):
        why = Sentence("It cannot be read: {why}", why=system_reason(refused))
        inside = PurePosixPath(Path(refused.filename).relative_to(folder).as_posix())
        yield InputProblem(source=str(PurePosixPath(name, inside)), message=why)
    if not files and not unreadable:
        yield InputProblem(source=name, message=Sentence("The folder holds nothing that can be read."))
    if other:
        kinds = ", ".join(sorted(other))
        why = Sentence("Files of other kinds were left out: {count} ({kinds}).", count=other.total(), kinds=kinds)
        yield InputProblem(source=name, message=why)


def _repeated(archives: list[Path], revisits: Revisits) -> Iterator[Item]:
    """The pages that one archive says are those of another, and what none of them has."""
    for path in archives:
        with contextlib.suppress(OSError):  # it was named when the file was read
            yield from read_repeated(path, revisits)
    yield from revisits.problems()


def _files(folder: Path, refused: Callable[[OSError], object]) -> Iterator[tuple[Path, PurePosixPath]]:
    """Everything that is not hidden and no folder, links to folders included, with its path inside the folder."""
    for parent, folders, files in os.walk(folder, onerror=refused):
        links = [one for one in folders if Path(parent, one).is_symlink()]
        folders[:] = [one for one in folders if not one.startswith(".")]
        for file in files + links:
            if not file.startswith("."):
                path = Path(parent, file)
                yield path, PurePosixPath(path.relative_to(folder).as_posix())
