"""What stands before a workbook is opened: a file from outside is judged by its bytes, not by its name.

Stopped here: archives that unpack into gigabytes, XML that grows by its own entities or reads files of the server,
sheets that claim millions of cells, and every kind of file that is no workbook, each with a sentence that helps.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.parsers import expat

from nhipcau.documents.sentences import FileRefusedError, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

MB = 2**20
#: Limits of a workbook that is read.
MOST_BYTES = 10 * MB
MOST_UNPACKED = 120 * MB
MOST_MEMBERS = 1_000
MOST_RATIO = 300
RATIO_FROM = MB
MOST_PROLOG = 64 * 1024
MOST_COLUMNS = 100
CHUNK = 256 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

TOO_LARGE = Sentence("The file is larger than {mb} MB: divide it.", mb=MOST_BYTES // MB)
EMPTY = Sentence("The file is empty.")
ENCRYPTED = Sentence("The file is protected by a password: take the password away and save it again.")
OLD = Sentence("The file is in Excel's format of before 2007 (.xls). Open it in Excel and save it as .xlsx.")
BINARY = Sentence("The file is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx.")
OPEN_DOCUMENT = Sentence("The file is an OpenDocument table. Open it and save it as an Excel workbook (.xlsx).")
NO_WORKBOOK = Sentence("The file is not an Excel workbook.")
WEB_PAGE = Sentence("The file is a web page that only calls itself Excel. Open it in Excel and save it as .xlsx.")
TEXT_AS_EXCEL = Sentence("The file is text that only calls itself Excel. Open it in Excel and save it as .xlsx.")
BROKEN = Sentence("The file is damaged: open it in Excel, save it again and try once more.")
UNSAFE = Sentence("The file unpacks into more than a table of this size ever does. It was not opened.")
ENTITIES = Sentence("The file holds declarations that no Excel file has. It was not opened.")
TOO_WIDE = Sentence("The sheet has more than {columns} columns.", columns=MOST_COLUMNS)


def check_workbook(data: bytes) -> None:
    """Refuse what is no workbook, or one that must not be opened.

    Raises:
        FileRefusedError: with the sentence for this kind of file.
    """
    if len(data) > MOST_BYTES:
        raise FileRefusedError(TOO_LARGE)
    if not data.strip():
        raise FileRefusedError(EMPTY)
    if data.startswith(_OLE):
        raise FileRefusedError(ENCRYPTED if _ENCRYPTED in data else OLD)
    if not data.startswith(b"PK\x03\x04"):
        raise FileRefusedError(_not_a_package(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            check_members(package.infolist())
            _check_kind(package)
            for member in package.infolist():
                if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                    check_declarations(package, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise FileRefusedError(BROKEN) from error


def _not_a_package(data: bytes) -> Sentence:
    start = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<head", b"<meta", b"mime-version")):
        return WEB_PAGE
    return NO_WORKBOOK if b"\0" in data[:4096] or start.startswith(b"%pdf") else TEXT_AS_EXCEL


def check_members(members: list[zipfile.ZipInfo]) -> None:
    """Refuse a package that unpacks into too much, holds a part twice, or is locked."""
    # zipfile reads no more of a member than its entry promises, so what is promised is what can come out.
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise FileRefusedError(UNSAFE)
    if any(m.file_size > RATIO_FROM and m.file_size > MOST_RATIO * max(m.compress_size, 1) for m in members):
        raise FileRefusedError(UNSAFE)
    if len({member.filename for member in members}) < len(members):
        raise FileRefusedError(BROKEN)
    if any(member.flag_bits & 0x1 for member in members):
        raise FileRefusedError(ENCRYPTED)


def _check_kind(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if "mimetype" in names and b"opendocument" in package.read("mimetype")[:200]:
        raise FileRefusedError(OPEN_DOCUMENT)
    if "xl/workbook.bin" in names:
        raise FileRefusedError(BINARY)
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise FileRefusedError(NO_WORKBOOK)


class _RootReachedError(Exception):
    """The prolog is over."""


def check_declarations(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """A document type can only be declared before the first element: no farther is read."""

    def refuse(*_: object) -> None:
        raise FileRefusedError(ENTITIES)

    def stop(*_: object) -> None:
        raise _RootReachedError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = stop
    with package.open(member) as stream:
        try:
            for _ in range(MOST_PROLOG // 4096):
                chunk = stream.read(4096)
                parser.Parse(chunk, not chunk)
                if not chunk:
                    return
        except _RootReachedError:
            return
        except expat.ExpatError as error:
            raise FileRefusedError(BROKEN) from error
    raise FileRefusedError(UNSAFE)


_SEEN = re.compile(
    rb"<(?:\w+:)?(?:c\s[^>]*?\br=\"([A-Z]{2,})\d|mergeCell\s[^>]*?\bref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"|(f)[\s>/])"
)


class Survey:
    """What a sheet holds that a reader of values does not see: merged cells, formulas, how wide it is."""

    def __init__(self, package: zipfile.ZipFile, name: str) -> None:
        self.merged: list[tuple[str, int, str, int]] = []
        self.formulas = False
        for found in _matches(package, name):
            wide, left, top, right, bottom, formula = found.groups()
            if wide and column_number(wide.decode()) > MOST_COLUMNS:
                raise FileRefusedError(TOO_WIDE)
            if left:
                self.merged.append((left.decode(), int(top), right.decode(), int(bottom)))
            self.formulas = self.formulas or bool(formula)


def _matches(package: zipfile.ZipFile, name: str) -> Iterator[re.Match[bytes]]:
    """Matches in a member read in pieces; a tag that a piece cuts is carried into the next."""
    rest = b""
    with package.open(name) as stream:
        while chunk := stream.read(CHUNK):
            text = rest + chunk
            cut = max(text.rfind(b"<"), len(text) - CHUNK)
            yield from _SEEN.finditer(text[:cut])
            rest = text[cut:]
    yield from _SEEN.finditer(rest)


def column_number(letters: str) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
