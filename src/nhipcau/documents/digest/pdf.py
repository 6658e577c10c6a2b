"""``digest.pdf``: what the template ``digest.typ`` is given of a digest."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from nhipcau.documents.digest.paper import MOST_ROWS, MOST_SOURCES, MOST_STORIES, Paper
from nhipcau.documents.paper import typesetting
from nhipcau.documents.tables import SAMPLE
from nhipcau.text import format_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.documents.digest.shape import Digest, Numbers, Section, Story

TEMPLATE = Path(__file__).with_name("digest.typ")


def write_pdf(digest: Digest, out: IO[bytes], translate: Callable[[str], str]) -> None:
    """Write the paper.

    Raises:
        NoFontsError: the fonts are not where set-up puts them.
    """
    out.write(typesetting.set_in_type(TEMPLATE, laid_out(digest, translate)))


def laid_out(digest: Digest, translate: Callable[[str], str]) -> dict[str, Any]:
    """What the template is given. ``missing`` names the characters that no font has: U+1F98B and so on."""
    return typesetting.laid_out(_values(digest, translate))


def pages_of(digest: Digest, translate: Callable[[str], str]) -> dict[str, int]:
    """On which page each heading stands, by its bookmark."""
    return typesetting.pages_of(TEMPLATE, laid_out(digest, translate))


def _values(digest: Digest, translate: Callable[[str], str]) -> dict[str, Any]:
    paper = Paper(digest, translate)
    named = {story.id: story for story in digest.stories}
    return {
        **typesetting.letterhead_values(paper.letterhead),
        # The best breaks of all lines of a paragraph take their time: a long digest does with good ones.
        "apart": paper.is_long(),
        "linebreaks": "optimized" if paper.contents_depth() > 1 else "simple",
        "sample": SAMPLE if digest.sample else "",
        "totals": paper.totals(),
        "nothing": digest.nothing,
        "highlights": [_headline(named[each]) for each in digest.highlights if each in named],
        "contents": paper.contents_depth() if digest.stories else 0,
        "sections": _sections(digest, paper),
        "further": paper.further(len(digest.stories) - MOST_STORIES),
        "numbers": [_numbers(numbers, paper) for numbers in digest.numbers if numbers.rows],
        "counts": [[count.name, format_number(count.count, digest.lang)] for count in digest.counts],
        "inputs": [
            [each.name, format_number(each.documents, digest.lang), format_number(each.articles, digest.lang)]
            for each in digest.inputs[:MOST_ROWS]
        ],
        "inputs_further": paper.further(len(digest.inputs) - MOST_ROWS),
        "problems": digest.problems[:MOST_ROWS],
        "problems_further": paper.further(len(digest.problems) - MOST_ROWS),
        "method": digest.method,
        "made_by": digest.made_by,
        "words": _words(translate),
    }


def _words(translate: Callable[[str], str]) -> dict[str, str]:
    return {
        "brief": translate("In brief"),
        "contents": translate("Contents"),
        "sources": translate("Sources:"),
        "note": translate("Note:"),
        "by": translate("Written by:"),
        "numbers": translate("Numbers"),
        "items": translate("Items"),
        "share": translate("Share"),
        "method": translate("Method and sources"),
        "problems": translate("What could not be read"),
        "input": translate("Input"),
        "documents": translate("Documents"),
        "articles": translate("Articles"),
    }


def _sections(digest: Digest, paper: Paper) -> list[dict[str, Any]]:
    left = MOST_STORIES
    sections = []
    for section in digest.sections:
        sections.append(_section(section, section.stories[:left], paper))
        left -= len(sections[-1]["stories"])
    return sections


def _section(section: Section, stories: list[Story], paper: Paper) -> dict[str, Any]:
    return {
        "title": section.title,
        "paragraphs": section.paragraphs,
        "stories": [_story(story, paper) for story in stories],
    }


def _headline(story: Story) -> dict[str, Any]:
    """What a story is called: the office's words, which are Vietnamese, else the original ones."""
    if story.headline:
        return {"text": story.headline, "lang": "vi", "dir": "ltr", "number": story.number}
    return {**dataclasses.asdict(story.title), "number": story.number}


def _story(story: Story, paper: Paper) -> dict[str, Any]:
    return {
        "headline": _headline(story),
        "original": dataclasses.asdict(story.title) if story.headline else None,
        "facts": paper.facts(story),
        "summary": story.summary.split("\n") if story.summary else [],
        # An office's own gist takes the place of the sentences that the engine took out.
        "gist": None if story.summary or not story.gist.text else dataclasses.asdict(story.gist),
        "gist_by": story.gist_by,
        "note": story.note,
        "by": ", ".join(story.written_by),
        "sources": [
            {
                "named": paper.named(source),
                "title": dataclasses.asdict(source.title),
                "about": paper.about(source),
                "address": source.url or "",
                "href": source.url,
            }
            for source in story.sources[:MOST_SOURCES]
        ],
        "further": paper.further(len(story.sources) - MOST_SOURCES),
    }


def _numbers(numbers: Numbers, paper: Paper) -> dict[str, Any]:
    rows = [(row.name, row.count) for row in numbers.rows[:MOST_ROWS]]
    if numbers.unknown:
        rows.append((paper.translate("Not known"), numbers.unknown))
    return {
        "title": numbers.title,
        "rows": [[name, format_number(count, paper.digest.lang), paper.share(count)] for name, count in rows],
        "further": paper.further(len(numbers.rows) - MOST_ROWS),
    }
