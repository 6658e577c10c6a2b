"""What a file is by its content, and the text in it. Run in a process of its own: files come from anywhere."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pypdf import PdfReader

#: What an office file of each kind says of its main part.
_MAIN_PARTS = {
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
MAX_MEMBERS = 5_000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_PAGES = 1_000
#: Elements that hold a paragraph or a cell, and those that hold its words.
_BLOCKS = frozenset({"p", "si", "is"})
#: What a heading of a sheet says of its place, font, size and colour: ``&C&"Arial,Bold"&14``.
_CODES = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-F]{6}|[A-Z])')
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n"}


class UnreadableError(Exception):
    """The file cannot be read through, so nobody can say what it holds. The argument is a reason's name."""


def kind_of_zip(path: Path) -> str | None:
    """``docx``, ``xlsx`` or ``pptx`` for an office file without macros; None for any other archive.

    Raises:
        UnreadableError: ``bomb`` where it would unpack to too much, ``macros`` where it holds some, ``damaged``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise UnreadableError("bomb")
            names = {member.filename for member in members}
            if "[Content_Types].xml" not in names:
                return None
            if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in names):
                raise UnreadableError("macros")
            types = archive.read("[Content_Types].xml")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise UnreadableError("damaged") from error
    return next((kind for kind, main in _MAIN_PARTS.items() if main in types), None)


def text_of_zip(path: Path) -> Iterator[str]:
    """Every paragraph, cell, heading and text of a drawing in an office file, one a line.

    Raises:
        UnreadableError: ``damaged``.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if member.filename.endswith((".xml", ".vml")):
                    root = etree.fromstring(archive.read(member), parser)
                    if root.getroottree().docinfo.internalDTD is not None:
                        # No office file declares a document type: words could hide in its entities, or lie elsewhere.
                        raise UnreadableError("damaged")
                    yield from _paragraphs(root)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise UnreadableError("damaged") from error
    except etree.XMLSyntaxError as error:
        raise UnreadableError("damaged") from error


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        name = _local(element)
        if name.endswith(("Header", "Footer")):
            yield _CODES.sub("\t", element.text or "")
        elif name in _BLOCKS:
            yield "".join(_words(element))
        elif name == "textpath":
            # A word drawn as a shape: how word processors write watermarks and stamps.
            yield str(element.get("string") or "")


def _words(block: etree._Element) -> Iterator[str]:
    """The words of one block, without those of the blocks inside it: they are asked by themselves."""
    for child in block:
        name = _local(child)
        if name in _BLOCKS:
            continue
        if name in _BREAKS:
            yield _BREAKS[name]
        elif name == "t":
            yield child.text or ""
        else:
            yield from _words(child)


def _local(element: etree._Element) -> str:
    tag = element.tag
    return etree.QName(tag).localname if isinstance(tag, str) else ""


def text_of_pdf(path: Path) -> Iterator[str]:
    """The text of every page of a PDF, with that of its notes and the names of what is attached to it.

    Raises:
        UnreadableError: ``password``, ``attachments`` (files inside a file are not looked through), ``too_long``,
            ``damaged``.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        fault = _fault_of_pdf(reader)
        for page in () if fault else reader.pages:
            yield page.extract_text()
            for note in page.get("/Annots") or ():
                yield str(note.get_object().get("/Contents") or "")
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise UnreadableError("damaged") from error
    if fault:
        raise UnreadableError(fault)


def _fault_of_pdf(reader: PdfReader) -> str:
    if reader.is_encrypted and not reader.decrypt(""):
        return "password"
    if reader.attachments:
        return "attachments"
    return "too_long" if len(reader.pages) > MAX_PAGES else ""


def text_of_plain(path: Path) -> str:
    """A text file in Unicode, or typed for a legacy font and read as Windows-1252 then.

    Raises:
        UnreadableError: ``damaged`` where it is no text.
    """
    data = path.read_bytes()
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if wide else ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise UnreadableError("damaged")
