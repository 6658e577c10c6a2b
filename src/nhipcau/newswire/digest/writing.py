"""The forms that the engine itself writes, and files that are complete or not there."""

from __future__ import annotations

import codecs
import os
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from nhipcau.newswire.digest.json_file import rejection_row, write_json
from nhipcau.newswire.digest.page import write_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from nhipcau.newswire.digest.told import Told


def _write_json(file: IO[bytes], told: Told, lang: str) -> None:  # noqa: ARG001 - values have no language
    rows = {"articles": told.article_rows(), "rejections": map(rejection_row, told.rejections())}
    write_json(_text(file), told.data, rows)


def _write_html(file: IO[bytes], told: Told, lang: str) -> None:
    write_page(_text(file), told, lang)


def _text(file: IO[bytes]) -> IO[str]:
    """The file as one of text, which does not close it."""
    return cast("IO[str]", codecs.getwriter("utf-8")(file))


#: Each of :data:`nhipcau.newswire.digest.FORMATS` and what writes it in the language of its reader; raises ``OSError``.
WRITERS: Mapping[str, Callable[[IO[bytes], Told, str], None]] = {"json": _write_json, "html": _write_html}


@contextmanager
def placed(path: Path) -> Iterator[IO[bytes]]:
    """A file that is put in its place whole when the block ends well: readers see the old one or the new one."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
