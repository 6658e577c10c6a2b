"""XML from anywhere made safe and readable, before any parser sees it.

The prolog goes, and with it every entity and every external file a document could declare: nothing is left to expand
or to load. The text becomes UTF-8, and what commonly breaks a feed (bare ampersands, HTML's named characters, control
characters) is mended, so that one slip does not cost the entries behind it.
"""

from __future__ import annotations

import codecs
import dataclasses
import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from nhipcau.newswire.sentences import Sentence

if TYPE_CHECKING:
    from lxml import etree

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{1,40})""", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that mean more than they say (the Encoding standard); only text encodings are looked up, never Python's others.
_WIDER = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs", "macintosh": "mac-roman",
}  # fmt: skip
_TEXT_CODECS = re.compile(
    r"utf-?8|iso-?8859-\d\d?|(windows-|cp)(125\d|874|93[26]|949|950)|koi8-[ru]"
    r"|gb18030|big5(hkscs)?|euc-?jp|iso-2022-jp|cp866|ibm866|mac-roman"
)
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(rss|feed|rdf|channel|urlset|sitemapindex|opml)(?=[\s/>])", re.IGNORECASE)
_HTML = re.compile(r"<html[\s/>]", re.IGNORECASE)
# An entry, and what stands in the entries of feeds alone.
_ENTRY = re.compile(r"<(item|entry)(?=[\s>])", re.IGNORECASE)
_OF_FEED = re.compile(r"<(?:pubDate|guid|dc:date|content:encoded)\b|w3\.org/2005/Atom|<link\s[^<>]{0,200}rel=")
_NAME = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
# Attributes without quotation marks, and the tags that they stand in.
_BARE = re.compile(r"<[A-Za-z_][^<>]{0,400}?\s[\w:.-]{1,40}=[^\s\"'<>]")
_TAG = re.compile(r"(?P<name><[A-Za-z_][\w:.-]{0,80})(?P<rest>\s[^<>]{0,4000}(?=>))")
_ATTRIBUTE = re.compile(r"""(?P<name>\s[\w:.-]{1,40}\s*=\s*)(?:"[^"]*"|'[^']*'|(?P<bare>[^\s"'<>]+?)(?=\s|/?$))""")
_OPENING = re.compile(r"<!\[CDATA\[|<!--")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# References but for the five that XML knows by itself.
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{0,31};)?")
# Entities of entities are a bomb, and those that name a file or an address would give away or fetch what they name.
_UNEXPANDED = Sentence("It declares entities of its own: they are neither expanded nor fetched.")
_TOO_DEEP = Sentence("It is nested too deeply, or damaged: only a part of it was read.")
#: How far into a document its root may start, and how far behind stray tags the root of a feed is looked for.
MAX_PROLOG = 262_144
HEAD = 16_384


@dataclass(frozen=True, slots=True)
class XmlText:
    """A cleaned document: ``data`` is UTF-8 from its root on, ``root`` the root's name in lower case without prefix.

    ``problem`` is what was wrong with it, ``None`` where nothing was; ``lines_before`` the root in the original.
    """

    data: bytes
    root: str
    problem: Sentence | None
    lines_before: int = 0


def clean_xml(raw: bytes, *, charset: str | None = None, check: bool = True) -> XmlText:
    """Clean a document; ``charset`` is what its HTTP header said. The root is ``""`` where nothing is like XML.

    Without ``check`` nobody looks whether it is well-formed now: :func:`malformed` says so.
    """
    text, problem = decode(raw, charset=charset)
    text = _CONTROLS.sub("", text)
    root, start = find_root(text)
    body = _mended(text[start:]) if root else ""
    if _ENTRY.match(body):
        body = f"<{root}>{body}"  # its own root is lost
    data = b'<?xml version="1.0" encoding="utf-8"?>\n' + body.encode()
    if root and problem is None and "<!ENTITY" in text[:start]:
        problem = _UNEXPANDED
    cleaned = XmlText(data, root, problem, text.count("\n", 0, start))
    if root and problem is None and check:
        return dataclasses.replace(cleaned, problem=malformed(cleaned))
    return cleaned


def cut_short(log: etree._ListErrorLog) -> Sentence | None:
    """What is said where a parser gave up inside well-formed XML: it has limits of depth and size."""
    return _TOO_DEEP if any(entry.level_name == "FATAL" for entry in log) else None


def decode(raw: bytes, *, charset: str | None = None) -> tuple[str, Sentence | None]:
    """The text of a document, and what is wrong with its encoding.

    A byte order mark goes before the declaration, that before ``charset``, and UTF-8 comes last. A last character
    that is cut in two is left out.
    """
    for mark, codec in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(codec, "replace"), None
    if raw[:4] in {b"<\x00?\x00", b"\x00<\x00?"}:
        return raw.decode("utf-16-le" if raw[1] == 0 else "utf-16-be", "replace"), None
    declared = _DECLARED.search(raw[:1024])
    label = declared.group(1).decode("ascii") if declared else charset or "utf-8"
    codec = _codec(label)
    for candidate in dict.fromkeys((codec, "utf-8")):
        try:
            text = codecs.getincrementaldecoder(candidate)("strict").decode(raw)
        except UnicodeDecodeError:
            continue
        return text, None if candidate == codec else _encoding_problem(label, candidate)
    text = raw.decode(codec, "replace")
    broken = text.count("\ufffd")
    if codec == "utf-8" and broken > sum(not c.isascii() for c in text) - broken:
        return raw.decode("cp1252", "replace"), _encoding_problem(label, "windows-1252")
    return text, _encoding_problem(label, codec)


def find_root(text: str) -> tuple[str, int]:
    """The root element's name, lower case without prefix, and where it starts; ``("", 0)`` where there is none.

    Comments, instructions and the document type before it are passed over, so are stray words and tags before the
    root of a feed, a sitemap or an OPML file.
    """
    position = 0
    while 0 <= position < MAX_PROLOG:
        position = text.find("<", position)
        if position < 0:
            break
        if text.startswith("<!--", position):
            position = _after(text, "-->", position)
        elif text.startswith("<?", position):
            position = _after(text, ">", position)
        elif text.startswith("<!", position):
            position = _after_doctype(text, position)
        elif name := _NAME.match(text, position):
            return _known_root(text, position) or (name.group(2).lower(), position)
        else:
            position += 1
    return "", 0


def _known_root(text: str, position: int) -> tuple[str, int] | None:
    """The root of a kind that is read, at or behind stray tags; where the root itself is lost, the first entry."""
    if _HTML.match(text, position):
        return None
    if found := _ROOT.search(text, position, position + HEAD):
        return found.group(1).lower(), found.start()
    entry = _ENTRY.search(text, position, position + HEAD)
    if entry is None or not _OF_FEED.search(text, position, position + HEAD):
        return None
    return ("rss" if entry.group(1).lower() == "item" else "feed"), entry.start()


def outside_cdata(text: str) -> list[tuple[int, int]]:
    """The spans of a document outside its CDATA sections and comments."""
    spans, position = [], 0
    while opening := _OPENING.search(text, position):
        spans.append((position, opening.start()))
        position = _after(text, "]]>" if opening.group() == "<![CDATA[" else "-->", opening.end())
        if position < 0:
            return spans
    return [*spans, (position, len(text))]


def _mended(text: str) -> str:
    """What stands outside CDATA made valid: HTML's names as characters, bare ampersands escaped, attributes quoted."""
    parts, position = [], 0
    for start, end in outside_cdata(text):
        span = _REFERENCE.sub(_reference, text[start:end])
        parts += [text[position:start], _TAG.sub(_quoted, span) if _BARE.search(span) else span]
        position = end
    return "".join([*parts, text[position:]])


def _quoted(tag: re.Match[str]) -> str:
    """A tag with the values of its attributes in quotation marks."""
    return tag["name"] + _ATTRIBUTE.sub(
        lambda one: f'{one["name"]}"{one["bare"]}"' if one["bare"] else one.group(), tag["rest"]
    )


def _reference(found: re.Match[str]) -> str:
    name = found.group(1)
    if name is None:
        return "&amp;"
    meant = html.unescape(found.group())
    if meant == found.group():
        return "&amp;" + name
    return _CONTROLS.sub("", html.escape(meant))


def malformed(cleaned: XmlText) -> Sentence | None:
    """What is wrong with a document as XML. The names of namespaces are not looked at."""
    try:
        expat.ParserCreate().Parse(cleaned.data, True)
    except expat.ExpatError as error:
        line = error.lineno + cleaned.lines_before - 1
        if error.code in {expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS], _UNCLOSED, _UNCLOSED_CDATA}:
            return Sentence("It ends before it is complete (line {line}).", line=line)
        return Sentence("It is not well-formed XML: {why} (line {line}).", why=expat.ErrorString(error.code), line=line)
    return None


_UNCLOSED = expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN]
_UNCLOSED_CDATA = expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION]


def _codec(label: str) -> str:
    """Python's name for an encoding label. A label that could be read in ASCII is not of a 16- or 32-bit encoding."""
    name = label.strip().lower()
    name = _WIDER.get(name, name.replace("_", "-"))
    return name if _TEXT_CODECS.fullmatch(name) else "utf-8"


def _encoding_problem(label: str, codec: str) -> Sentence:
    if _codec(label) == codec:
        return Sentence("Some of its characters are not valid {label}.", label=label)
    return Sentence("It says it is written in {label} but is not; it was read as {codec}.", label=label, codec=codec)


def _after(text: str, mark: str, start: int) -> int:
    """Where the text goes on behind the next ``mark``; -1 where there is none."""
    found = text.find(mark, start)
    return -1 if found < 0 else found + len(mark)


def _after_doctype(text: str, start: int) -> int:
    """Behind a document type and whatever it declares between brackets; -1 where it does not end."""
    end = text.find(">", start)
    if end < 0 or text.find("[", start, end) < 0:
        return end + 1 or -1
    closing = text.find("]", start)
    return _after(text, ">", closing) if closing >= 0 else -1
