"""WordprocessingML in small pieces: runs, paragraphs, fields, tables. Every text goes through :func:`escaped`.

Pieces are text and are parsed once, which for hundreds of stories is many times faster than building them one by one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.documents.paper.cleaning import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.documents.paper.shape import Foreign

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
#: Word's measures: twentieths of a point.
MM = 56.7
PT = 20
#: Fonts that Word and LibreOffice find on an office's machine, by what the language is written in. Latin, Greek,
#: Cyrillic, Hebrew and Arabic are in Times New Roman.
EAST_ASIAN = {"zh": "SimSun", "ja": "MS Mincho", "ko": "Batang", "yue": "PMingLiU"}
COMPLEX = {
    **dict.fromkeys(("hi", "mr", "ne", "bn", "as", "ta", "te", "si", "gu", "pa", "kn", "ml", "or"), "Nirmala UI"),
    **dict.fromkeys(("th", "lo", "km"), "Leelawadee UI"),
    "my": "Myanmar Text",
    **dict.fromkeys(("ar", "fa", "ur", "he", "ps", "ckb", "yi", "ug", "sd", "dv"), "Times New Roman"),
    **dict.fromkeys(("am", "ti"), "Nyala"),
}
#: A language without one of these names is written in letters that the other fonts have.
FALL_BACKS = {"ka": "Sylfaen", "hy": "Sylfaen"}


def escaped(text: str) -> str:
    """Text for an element or an attribute: what no XML holds is gone."""
    text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def look(
    *,
    bold: bool = False,
    italic: bool = False,
    size: float | None = None,
    style: str = "",
    lang: str = "",
    rtl: bool = False,
) -> str:
    """The properties of a run, in the order of the schema; ``size`` in points, ``lang`` a BCP 47 tag."""
    base = lang.partition("-")[0].lower()
    marks = (f'<w:rStyle w:val="{style}"/>' if style else "") + _fonts(base, lang)
    marks += ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
    if size:
        marks += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    marks += "<w:rtl/>" if rtl else ""
    if base:
        east = f' w:eastAsia="{lang}"' if base in EAST_ASIAN else ""
        complex_ = f' w:bidi="{lang}"' if base in COMPLEX else ""
        marks += f'<w:lang w:val="{lang}"{east}{complex_}/>'
    return f"<w:rPr>{marks}</w:rPr>" if marks else ""


def _fonts(base: str, lang: str) -> str:
    if base in EAST_ASIAN:
        font = "PMingLiU" if re.search("Hant|TW|HK", lang) else EAST_ASIAN[base]
        return f'<w:rFonts w:eastAsia="{font}"/>'
    if base in COMPLEX:
        return f'<w:rFonts w:cs="{COMPLEX[base]}"/>'
    if base in FALL_BACKS:
        return f'<w:rFonts w:ascii="{FALL_BACKS[base]}" w:hAnsi="{FALL_BACKS[base]}"/>'
    return ""


def run(text: str, properties: str = "") -> str:
    """One run; a line end becomes a break."""
    lines = escaped(text).split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{properties}{inner}</w:r>"


def foreign(piece: Foreign, *, bold: bool = False, italic: bool = False, size: float | None = None) -> str:
    """Words of another language, tagged with it; from right to left where that is how they are read."""
    return run(piece.text, look(bold=bold, italic=italic, size=size, lang=piece.lang, rtl=piece.dir == "rtl"))


def paragraph(
    inner: str,
    *,
    style: str = "",
    align: str = "",
    rtl: bool = False,
    keep: bool = False,
    before: float | None = None,
    after: float | None = None,
    first_line: float | None = None,
    left: float | None = None,
    right: float | None = None,
    exact: float | None = None,
    border: str = "",
    new_page: bool = False,
) -> str:
    """A paragraph; spacing and an ``exact`` height in points, indents in millimetres; a border is bottom or box."""
    marks = (f'<w:pStyle w:val="{style}"/>' if style else "") + ("<w:keepNext/>" if keep else "")
    marks += "<w:pageBreakBefore/>" if new_page else ""
    if border:
        sides = ("bottom",) if border == "bottom" else ("top", "left", "bottom", "right")
        space = 0 if border == "bottom" else 4
        drawn = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="{space}" w:color="auto"/>' for side in sides)
        marks += f"<w:pBdr>{drawn}</w:pBdr>"
    marks += "<w:bidi/>" if rtl else ""
    spacing = "".join(
        f' w:{name}="{round(value * PT)}"'
        for name, value in (("before", before), ("after", after))
        if value is not None
    )
    spacing += f' w:line="{round(exact * PT)}" w:lineRule="exact"' if exact is not None else ""
    marks += f"<w:spacing{spacing}/>" if spacing else ""
    indents = {"left": left, "right": right, "firstLine": first_line}
    given = "".join(f' w:{name}="{round(value * MM)}"' for name, value in indents.items() if value is not None)
    marks += f"<w:ind{given}/>" if given else ""
    marks += f'<w:jc w:val="{align}"/>' if align else ""
    return f"<w:p>{f'<w:pPr>{marks}</w:pPr>' if marks else ''}{inner}</w:p>"


def field(instruction: str, shown: str, properties: str = "") -> str:
    """A field with the text that stands for it until somebody updates it."""
    return (
        f'<w:r>{properties}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{properties}<w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'
        f'<w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(shown, properties)}"
        f'<w:r>{properties}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmarked(inner: str, number: int, name: str) -> str:
    """A place that other places lead to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'


def table(rows: Iterable[Iterable[str]], widths: Iterable[float], *, ruled: bool, head: bool = False) -> str:
    """A table of cells that hold paragraphs; widths in millimetres; the first row is repeated on every page."""
    columns = [round(width * MM) for width in widths]
    rule = '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="999999"/>' for side in ("top", "bottom"))
    borders = f"<w:tblBorders>{edges}{rule}</w:tblBorders>" if ruled else ""
    drawn = []
    for index, row in enumerate(rows):
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(columns, row, strict=True)
        )
        marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if head and index == 0 else "")
        drawn.append(f"<w:tr><w:trPr>{marks}</w:trPr>{cells}</w:tr>")
    # What stands on both sides of the head and the foot begins at the margins of the page.
    sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    inset = "" if ruled else f"<w:tblCellMar>{sides}</w:tblCellMar>"
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>{inset}'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(drawn)}</w:tbl>'
    )
