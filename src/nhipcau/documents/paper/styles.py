"""The styles of our Word documents: Times New Roman in the sizes of Decree 30/2020."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml import parse_xml

from nhipcau.documents.paper.wordml import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Iterator

_FONTS = (
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" '
    'w:cs="Times New Roman"/>'
)
#: Name, identifier, properties of the paragraph, size in half points, other properties of the run.
_HEADING = "<w:keepNext/><w:keepLines/>"
_STYLES = (
    ("heading 1", "Heading1", f'{_HEADING}<w:spacing w:before="240" w:after="80"/>', 28, "<w:b/><w:bCs/>"),
    ("heading 2", "Heading2", f'{_HEADING}<w:spacing w:before="180" w:after="40"/>', 26, "<w:b/><w:bCs/>"),
    ("toc 1", "TOC1", "{tab}" + '<w:spacing w:before="80" w:after="0"/>', 26, "<w:b/><w:bCs/>"),
    ("toc 2", "TOC2", "{tab}" + '<w:spacing w:after="0"/><w:ind w:left="340" w:right="567"/>', 26, ""),
    ("footnote text", "FootnoteText", '<w:spacing w:after="0" w:line="235" w:lineRule="auto"/>', 19, ""),
    (
        "header",
        "Header",
        (
            '<w:tabs><w:tab w:val="center" w:pos="4677"/><w:tab w:val="right" w:pos="9340"/></w:tabs>'
            '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
        ),
        26,
        "",
    ),
    ("Paper text", "PaperText", '<w:spacing w:after="70"/><w:ind w:firstLine="567"/><w:jc w:val="both"/>', 26, ""),
    ("Paper original", "PaperOriginal", '<w:spacing w:after="50"/>', 26, ""),
    ("Paper small", "PaperSmall", '<w:spacing w:after="40"/>', 21, ""),
)
_CHARACTER = (
    ("footnote reference", "FootnoteReference", '<w:vertAlign w:val="superscript"/>'),
    ("Hyperlink", "Hyperlink", '<w:color w:val="0B4F5E"/>'),
)
_OUTLINE = {"Heading1": 0, "Heading2": 1}
_TAB = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9354"/></w:tabs>'


def set_up(document: Any, lang: str) -> None:
    """Give a document our styles; those that it has under the same names are replaced."""
    styles = document.styles.element
    _set_defaults(styles, lang)
    kept = {identifier for _name, identifier, *_rest in (*_STYLES, *_CHARACTER)}
    for style in list(styles):
        if style.get(_qualified("styleId")) in kept:
            styles.remove(style)
    for _name, _identifier, xml in _written():
        styles.append(parse_xml(xml))


def _written() -> Iterator[tuple[str, str, str]]:
    """Name, identifier and XML of each of our styles."""
    for name, identifier, paragraph, size, marks in _STYLES:
        level = _OUTLINE.get(identifier)
        outline = "" if level is None else f'<w:outlineLvl w:val="{level}"/>'
        follows = '<w:next w:val="Normal"/>' if outline else ""
        yield (
            name,
            identifier,
            (
                f'<w:style {NAMESPACES} w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>'
                f'<w:basedOn w:val="Normal"/>{follows}<w:qFormat/>'
                f"<w:pPr>{paragraph.format(tab=_TAB)}{outline}</w:pPr>"
                f'<w:rPr>{_FONTS}{marks}<w:color w:val="000000"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
                "</w:style>"
            ),
        )
    for name, identifier, marks in _CHARACTER:
        yield (
            name,
            identifier,
            (
                f'<w:style {NAMESPACES} w:type="character" w:styleId="{identifier}"><w:name w:val="{name}"/>'
                f"<w:rPr>{marks}</w:rPr></w:style>"
            ),
        )


def _qualified(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _set_defaults(styles: Any, lang: str) -> None:
    """What holds where no style says otherwise: 13 points, lines apart as the Decree wants them."""
    for style in list(styles):
        if style.get(_qualified("styleId")) == "Normal" or style.tag == _qualified("docDefaults"):
            styles.remove(style)
    tag = {"vi": "vi-VN", "en": "en-GB"}.get(lang, lang)
    styles.insert(
        0,
        parse_xml(
            f'<w:style {NAMESPACES} w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
            "<w:qFormat/>"
            f'<w:pPr><w:spacing w:after="60" w:line="250" w:lineRule="auto"/></w:pPr>'
            f'<w:rPr>{_FONTS}<w:sz w:val="26"/><w:szCs w:val="26"/><w:lang w:val="{tag}"/></w:rPr></w:style>'
        ),
    )
    styles.insert(
        0,
        parse_xml(
            f"<w:docDefaults {NAMESPACES}><w:rPrDefault><w:rPr>{_FONTS}"
            f'<w:sz w:val="26"/><w:szCs w:val="26"/><w:lang w:val="{tag}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
            "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ),
    )


def fit_styles(document: Any) -> dict[str, str]:
    """Add those of our styles that a strange document lacks; gives back what it calls those that it has.

    Word writes a style's identifier in its user's language, its name always in English.
    """
    styles = document.styles.element
    there = {
        str(name.get(_qualified("val"))).casefold(): str(style.get(_qualified("styleId")))
        for style in styles.iter(_qualified("style"))
        for name in style.iter(_qualified("name"))
    }
    taken = set(there.values())
    called = {}
    for name, identifier, xml in _written():
        if name.casefold() in there:
            called[identifier] = there[name.casefold()]
        elif identifier not in taken:
            styles.append(parse_xml(xml))
    return {ours: theirs for ours, theirs in called.items() if ours != theirs}
