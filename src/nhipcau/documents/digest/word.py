"""``digest.docx``: the layout of Decree 30/2020, real footnotes, a filled table of contents, languages tagged."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from docx import Document

from nhipcau.documents.digest.paper import Paper
from nhipcau.documents.digest.pdf import pages_of
from nhipcau.documents.digest.word_body import body
from nhipcau.documents.paper import styles, word
from nhipcau.documents.paper.footnotes import Footnotes, attach
from nhipcau.documents.paper.furniture import foot, head

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.documents.digest.shape import Digest


def write_docx(digest: Digest, out: IO[bytes], translate: Callable[[str], str]) -> None:
    """Write the paper."""
    document = Document()
    styles.set_up(document, digest.lang)
    paper = Paper(digest, translate)
    letterhead = paper.letterhead
    notes = Footnotes()
    pieces = [*head(letterhead), *body(paper, notes, pages_of(digest, translate), closing=foot(letterhead))]
    word.fill(document, pieces)
    attach(document, notes.notes, notes.addresses)
    word.set_up_pages(document, sample=digest.sample)
    about = word.About(
        title=digest.title, lang=digest.lang, made_by=digest.made_by, day=digest.day, sample=digest.sample
    )
    word.save(document, about, out)
