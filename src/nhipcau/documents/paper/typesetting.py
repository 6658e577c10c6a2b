"""PDF set by typst in the fonts that we carry; tagged, and PDF/UA-1 wherever the text allows it.

No foreign text ever becomes markup: templates are ours and fixed, everything else reaches them as one JSON value.
"""

from __future__ import annotations

import functools
import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhipcau.documents.paper import glyphs

if TYPE_CHECKING:
    import typst

    from nhipcau.documents.paper.letterhead import Letterhead

logger = logging.getLogger(__name__)

_PAPER = Path(__file__).with_name("paper.typ")


def laid_out(values: dict[str, Any]) -> dict[str, Any]:
    """What a template is given. ``missing`` names the characters that no font has: U+1F98B and so on."""
    missing: set[str] = set()
    drawn: dict[str, Any] = _drawable(values, missing)
    drawn["missing"] = [f"U+{ord(character):04X}" for character in sorted(missing)]
    return drawn


def letterhead_values(letterhead: Letterhead) -> dict[str, Any]:
    """What ``paper.typ`` asks of every paper: languages, fonts, what stands before and after the content."""
    nation, motto = letterhead.nation()
    superior, issuer = letterhead.issuer()
    edition, translate = letterhead.edition, letterhead.translate
    return {
        "lang": letterhead.lang,
        "fonts": list(glyphs.FAMILIES),
        "fonts_of": dict(glyphs.FAMILY_OF),
        "title": letterhead.title,
        "head": {
            "nation": nation,
            "motto": motto,
            "superior": superior,
            "issuer": issuer,
            "number": letterhead.number(),
            "placed": letterhead.placed(),
            "kind": letterhead.kind_in_capitals(),
            "period": letterhead.period,
            "mark": letterhead.mark,
            "notices": letterhead.notices(),
        },
        "foot": None
        if edition is None
        else {
            "label": translate("Recipients:"),
            "recipients": edition.recipients,
            "archive": edition.archive_line,
            "post": edition.signer_post.upper(),
            "name": edition.signer_name,
        },
        "missing_words": translate("No font has these characters; a box stands for each:"),
    }


def set_in_type(template: Path, values: dict[str, Any]) -> bytes:
    """The PDF of what :func:`laid_out` gave.

    Raises:
        NoFontsError: the fonts are not where set-up puts them.
    """
    import typst

    try:
        # For people who cannot see it: tagged, with languages and headings.
        return _compiled(template, values, ["ua-1"])
    except typst.TypstError as error:
        # A cluster of characters that no single font has (a mark on a letter of another script) is no reason for
        # having no paper.
        logger.warning("The PDF does not reach PDF/UA-1: %s", error)
        return _compiled(template, values, [])


def _compiled(template: Path, values: dict[str, Any], standards: list[Any]) -> bytes:
    import typst

    compiler = typst.Compiler(_whole(template), font_paths=_fonts(), sys_inputs={"paper": json.dumps(values)})
    made: Any = compiler.compile(format="pdf", pdf_standards=standards)
    return bytes(made)


def pages_of(template: Path, values: dict[str, Any]) -> dict[str, int]:
    """On which page each heading stands, by its bookmark: what a Word document says before anybody updates it.

    The measures of the fonts are the same, so Word breaks pages where typst does, or very nearly.
    """
    import typst

    found = typst.query(
        _whole(template), "<page>", field="value", font_paths=_fonts(), sys_inputs={"paper": json.dumps(values)}
    )
    return dict(json.loads(found))


def _whole(template: Path) -> bytes:
    """What every paper begins with, and the template behind it: typst then reads nothing from the disk."""
    return _PAPER.read_bytes() + template.read_bytes()


@functools.cache
def _fonts() -> typst.Fonts:
    import typst

    glyphs.has_glyph(" ")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(glyphs.FOLDER)])


def _drawable(value: Any, missing: set[str]) -> Any:
    if isinstance(value, str):
        return glyphs.drawable(value, missing)
    if isinstance(value, dict):
        # Addresses of links are followed, not drawn.
        return {key: each if key == "href" else _drawable(each, missing) for key, each in value.items()}
    if isinstance(value, list):
        return [_drawable(each, missing) for each in value]
    return value
