"""The digest as Word, PDF and Excel, each drawn from the same plain values."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from nhipcau.documents.digest.shape import read_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


#: What a digest can be drawn as, beside the forms of the engine.
FORMATS = ("docx", "pdf", "xlsx")


def write(form: str, plain: Mapping[str, Any], out: IO[bytes], translate: Callable[[str], str]) -> None:
    """Draw a digest.

    Args:
        form: one of :data:`FORMATS`.
        plain: what :mod:`nhipcau.documents.digest.shape` describes.
        out: gets the file.
        translate: from English into the language of the digest, for the words of the paper itself.

    Raises:
        ShapeError: ``plain`` has not that shape.
        OSError: ``out`` cannot be written to.
    """
    # Each library is loaded only for the form that needs it.
    if form == "docx":
        from nhipcau.documents.digest.word import write_docx as draw
    elif form == "pdf":
        from nhipcau.documents.digest.pdf import write_pdf as draw
    else:
        from nhipcau.documents.digest.sheet import write_xlsx as draw
    draw(read_digest(plain), out, translate)
