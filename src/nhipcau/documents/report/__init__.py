"""A report as Word, PDF and Excel: the national one, that of one office, and a sealed pack of figures."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from nhipcau.documents.report.shape import read_report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: What a report can be drawn as.
FORMATS = ("docx", "pdf", "xlsx")


def write(form: str, plain: Mapping[str, Any], out: IO[bytes], translate: Callable[[str], str]) -> None:
    """Draw a report.

    Args:
        form: one of :data:`FORMATS`.
        plain: what :mod:`nhipcau.documents.report.shape` describes.
        out: gets the file.
        translate: from English into the language of the report, for the words of the paper itself.

    Raises:
        ShapeError: ``plain`` has not that shape.
        OSError: ``out`` cannot be written to.
    """
    # Each library is loaded only for the form that needs it.
    if form == "docx":
        from nhipcau.documents.report.word import write_docx as draw
    elif form == "pdf":
        from nhipcau.documents.report.pdf import write_pdf as draw
    else:
        from nhipcau.documents.report.sheet import write_xlsx as draw
    draw(read_report(plain), out, translate)
