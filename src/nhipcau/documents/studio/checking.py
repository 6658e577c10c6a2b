"""What stands before a template is opened: no macro, nothing embedded, nothing that leads out of the file or runs."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from lxml import etree

from nhipcau.documents.packages import BROKEN, EMPTY, ENCRYPTED, MB, check_declarations, check_members
from nhipcau.documents.paper.cleaning import followed
from nhipcau.documents.sentences import FileRefusedError, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A template with a picture of a stamp is well below this.
MOST_BYTES = 5 * MB
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = b"wordprocessingml.document.main+xml"
_HYPERLINK = "/hyperlink"
#: Parts that hold programs or other files.
_FORBIDDEN = re.compile(r"vbaproject|activex|embeddings/|afchunk|\.bin$|customui", re.IGNORECASE)
#: Fields that fetch or start something when the document is opened or printed.
_REACHES = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON|RD|AUTOTEXT|EMBED)\b"
)

TOO_LARGE = Sentence("The template is larger than {mb} MB: take pictures out of it or make them smaller.", mb=5)
NO_WORD = Sentence("The file is not a Word document (.docx).")
OLD_WORD = Sentence("The file is in Word's format of before 2007 (.doc). Open it in Word and save it as .docx.")
PROGRAMS = Sentence("The template holds macros or other files. Save it without them as a plain Word document (.docx).")
OUTSIDE = Sentence("The template leads out of itself ({what}). Put what it needs into the file.", what="")
FETCHES = Sentence("The template holds a field that fetches or starts something ({what}). Take the field out.", what="")


def check_template(data: bytes) -> None:
    """Refuse what is no Word document, or one that must not be opened.

    Raises:
        FileRefusedError: with the sentence for this kind of file.
    """
    if len(data) > MOST_BYTES:
        raise FileRefusedError(TOO_LARGE)
    if not data.strip():
        raise FileRefusedError(EMPTY)
    if data.startswith(_OLE):
        raise FileRefusedError(ENCRYPTED if _ENCRYPTED in data else OLD_WORD)
    if not data.startswith(b"PK\x03\x04"):
        raise FileRefusedError(NO_WORD)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            check_members(package.infolist())
            _check_kind(package)
            for member in package.infolist():
                if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                    check_declarations(package, member)
            _check_relations(package)
            _check_fields(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise FileRefusedError(BROKEN) from error
    except etree.XMLSyntaxError as error:
        raise FileRefusedError(BROKEN) from error


def _check_kind(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise FileRefusedError(NO_WORD)
    types = package.read("[Content_Types].xml")
    if b"macroEnabled" in types or any(_FORBIDDEN.search(name) for name in names):
        raise FileRefusedError(PROGRAMS)
    if _MAIN not in types:
        raise FileRefusedError(NO_WORD)


def _check_relations(package: zipfile.ZipFile) -> None:
    for name in package.namelist():
        if not name.endswith(".rels"):
            continue
        for each in _parsed(package.read(name)):
            target, kind = each.get("Target", ""), each.get("Type", "")
            if kind.endswith(("/oleObject", "/attachedTemplate", "/aFChunk", "/subDocument", "/frame")):
                raise FileRefusedError(_named(OUTSIDE, kind.rpartition("/")[2]))
            if each.get("TargetMode") == "External" and not (kind.endswith(_HYPERLINK) and _leads(target)):
                raise FileRefusedError(_named(OUTSIDE, target[:80]))


def _leads(target: str) -> bool:
    return followed(target) is not None or target.startswith("mailto:")


def _check_fields(package: zipfile.ZipFile) -> None:
    for name in package.namelist():
        if name.startswith("word/") and name.endswith(".xml"):
            # Word joins the pieces of an instruction that stand one after the other.
            said = "".join(_instructions(package.read(name)))
            found = _REACHES.search(said.upper())
            if found:
                raise FileRefusedError(_named(FETCHES, found[1]))


def _instructions(part: bytes) -> Iterator[str]:
    for node in _parsed(part).iter():
        name = str(node.tag).rpartition("}")[2]
        if name == "instrText":
            yield node.text or ""
        elif name == "fldChar":
            yield " \n "
        elif name == "fldSimple":
            yield " ".join(str(value) for value in node.attrib.values())


def _parsed(part: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(part, parser)


def _named(sentence: Sentence, what: str) -> Sentence:
    return Sentence(sentence.template, what=what)
