"""What a file must be to be taken: of a known kind by its content, looked through, without a mark, past the scanner."""

from __future__ import annotations

import logging
import re
import shlex
import subprocess
from typing import TYPE_CHECKING

import puremagic
from django.conf import settings
from django.utils.translation import gettext

from nhipcau.documents.inspecting import inspect
from nhipcau.documents.office_files import UnreadableError, kind_of_zip, text_of_plain
from nhipcau.workspace.domain.errors import WorkspaceError
from nhipcau.workspace.domain.file_names import ending_of
from nhipcau.workspace.models import FileKind

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)

SCANNER_SECONDS = 120
#: How a file of a kind begins: what only looks like one further in, for readers that search, is refused.
_BEGINNINGS = {FileKind.PDF: b"%PDF-", FileKind.PNG: b"\x89PNG\r\n\x1a\n", FileKind.JPG: b"\xff\xd8\xff"}
#: From here on a guess by content counts.
_SURE = 0.8
#: Bytes that no text file holds: control characters other than tab and ends of lines.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")


class FileRefusedError(WorkspaceError):
    """A file is not taken; nothing of it was stored.

    Attributes:
        reason: code for the audit record, e.g. ``kind``, ``secrecy``, ``scanner``.
    """

    def __init__(self, sentence: str, reason: str) -> None:
        super().__init__(sentence)
        self.reason = reason


def check_file(path: Path, name: str) -> FileKind:
    """The kind of a received file that may be taken.

    Raises:
        FileRefusedError: it may not.
    """
    try:
        kind = _kind(path)
    except UnreadableError as error:
        raise _unreadable(str(error)) from error
    if kind is None:
        sentence = gettext("Files of this kind are not taken; these are: %(kinds)s.")
        raise FileRefusedError(sentence % {"kinds": ", ".join(FileKind.values)}, "kind")
    if ending_of(name) != kind:
        sentence = gettext("The file is called “.%(said)s” and holds a “.%(kind)s”: name it as what it is.")
        raise FileRefusedError(sentence % {"said": ending_of(name)[:10], "kind": kind.value}, "ending")
    if kind not in {FileKind.PNG, FileKind.JPG}:
        found = inspect(path, kind.value)
        if found.mark:
            sentence = gettext(
                "The file bears the mark “%(mark)s”: nothing of it was stored. No classified material here."
            )
            raise FileRefusedError(sentence % {"mark": found.mark}, "secrecy")
        if found.unreadable:
            raise _unreadable(found.unreadable)
    _scan(path)
    return kind


def _kind(path: Path) -> FileKind | None:
    with path.open("rb") as file:
        head = file.read(8192)
    if head.startswith(b"PK"):
        found = kind_of_zip(path)
        return FileKind(found) if found else None
    for kind, beginning in _BEGINNINGS.items():
        if head.startswith(beginning):
            return kind
    return FileKind.TXT if _is_text(path, head) else None


def _is_text(path: Path, head: bytes) -> bool:
    """Text without markup: a page, a drawing or a rich text that calls itself plain is none."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not head or (not wide and _CONTROL.search(head)):
        return False
    if head.lstrip().lower().startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"%pdf", b"{\\rtf")):
        return False
    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        guesses = []
    if any(guess.confidence >= _SURE and guess.extension not in {"", ".txt"} for guess in guesses):
        return False
    try:
        text_of_plain(path)
    except UnreadableError:
        return False
    return True


def _unreadable(why: str) -> FileRefusedError:
    sentences = {
        "password": gettext("The file is locked with a password: nobody can see what it holds."),
        "attachments": gettext("The file has other files inside: take them out and attach them by themselves."),
        "macros": gettext("The file holds macros: save it without them."),
        "bomb": gettext("The file would unpack to far more than it is: it is not opened."),
        "too_long": gettext("The file has too many pages to be looked through: part it."),
        "too_heavy": gettext("Looking through the file took too long or too much memory: save it anew, or part it."),
    }
    damaged = gettext("The file is damaged and could not be looked through: save it anew.")
    return FileRefusedError(sentences.get(why, damaged), why)


def _scan(path: Path) -> None:
    """Ask the operator's scanner: exit code 0 lets the file pass; anything else, or no answer, does not."""
    if not settings.SCANNER:
        return
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own command; the file is an argument, no shell reads it
            [*shlex.split(settings.SCANNER), str(path)],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SCANNER_SECONDS,
        )
        passed = done.returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        logger.error("The scanner did not answer: %s", error)  # noqa: TRY400 - the operator needs the sentence
        raise FileRefusedError(
            gettext("The file could not be scanned, so it is not taken. Tell the system owner."), "scanner"
        ) from error
    if not passed:
        raise FileRefusedError(gettext("The scanner refused the file."), "scanner")
