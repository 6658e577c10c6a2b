"""Looks through one file for a mark of secrecy, in a process of its own: ``python -m nhipcau.documents.inspecting``.

Prints one line of JSON. Memory and time of the process are limited, so that a file made to harm harms nothing else.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nhipcau.documents import office_files
from nhipcau.documents.office_files import UnreadableError
from nhipcau.documents.secrecy import secrecy_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds of work, and of waiting for it; bytes of memory.
CPU_SECONDS = 60
SECONDS = 90
MEMORY = 1024**3


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found.

    Attributes:
        mark: the mark of secrecy; empty where there is none.
        unreadable: why nobody can say (``password``, ``damaged``, ``attachments``, ``macros``, ``bomb``,
            ``too_long``, ``too_heavy``); empty where the whole file was looked through.
    """

    mark: str = ""
    unreadable: str = ""


def inspect(path: Path, kind: str) -> Inspection:
    """Look through a file of this kind (``pdf``, ``docx``, ``xlsx``, ``pptx``, ``txt``); pictures hold no text."""
    answer = run_apart([sys.executable, "-m", "nhipcau.documents.inspecting", str(path), kind])
    if answer is None:
        return Inspection(unreadable="too_heavy")
    return Inspection(**json.loads(answer))


def run_apart(command: list[str]) -> str | None:
    """What a program prints that runs with limited time and memory; None where it failed or was ended."""
    source = str(Path(__file__).resolve().parents[2])
    try:
        done = subprocess.run(  # noqa: S603 - our own programs; the file is an argument, no shell reads it
            command,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": source, "LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None


def limit() -> None:
    """Limit this process. Called first thing by a program that reads a stranger's file."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def look_through(path: Path, kind: str) -> Inspection:
    """The same in this process."""
    try:
        for text in _texts(path, kind):
            mark = secrecy_mark(text)
            if mark:
                return Inspection(mark=mark)
    except UnreadableError as error:
        return Inspection(unreadable=str(error))
    return Inspection()


def _texts(path: Path, kind: str) -> Iterator[str]:
    if kind == "pdf":
        yield from office_files.text_of_pdf(path)
    elif kind == "txt":
        yield office_files.text_of_plain(path)
    else:
        yield from office_files.text_of_zip(path)


def main() -> int:
    """One file, one line."""
    limit()
    found = look_through(Path(sys.argv[1]), sys.argv[2])
    sys.stdout.write(json.dumps({"mark": found.mark, "unreadable": found.unreadable}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
