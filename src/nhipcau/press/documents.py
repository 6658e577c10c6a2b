"""What the press room prints: a digest as Word, PDF, Excel, JSON or one page, from the tables."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING

from django.utils.translation import get_language, gettext

from nhipcau.documents import digest as printed
from nhipcau.newswire.digest import FORMATS
from nhipcau.newswire.words import LANGUAGES
from nhipcau.press.digest_template import NAME
from nhipcau.workspace.queries.templates import template_in_use

if TYPE_CHECKING:
    from nhipcau.press.models import Digest

#: What a digest can be taken along as, those for people first.
FILES = (*printed.FORMATS, *FORMATS)


def draw(digest: Digest, form: str) -> IO[bytes]:
    """The digest as a temporary file in the reader's language; it stands at its beginning and is gone when closed.

    Word is written in the office's own template, where one is in use.

    Raises:
        FileRefusedError: the template cannot be filled in.
    """
    language = get_language()
    lang = language if language in LANGUAGES else LANGUAGES[0]
    out = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        _draw(digest, form, lang, out)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out


def _draw(digest: Digest, form: str, lang: str, out: IO[bytes]) -> None:
    from nhipcau.newswire.digest.plain import plain_digest
    from nhipcau.newswire.digest.writing import WRITERS
    from nhipcau.press.stored_digest import StoredDigest

    told = StoredDigest(digest)
    own = template_in_use(digest.organisation, NAME) if form == "docx" else None
    if form in FORMATS:
        WRITERS[form](out, told, lang)
    elif own is None:
        printed.write(form, plain_digest(told, lang), out, gettext)
    else:
        from nhipcau.documents.digest.shape import read_digest
        from nhipcau.documents.digest.template import write_by_template

        write_by_template(read_digest(plain_digest(told, lang)), bytes(own.content), out, gettext)
