"""What the press room prints: a digest as Word, PDF, Excel, JSON or one page, from the tables."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING

from django.utils.translation import get_language, gettext

from nhipcau.documents import digest as printed
from nhipcau.newswire.digest import FORMATS
from nhipcau.newswire.words import LANGUAGES

if TYPE_CHECKING:
    from nhipcau.press.models import Digest

#: What a digest can be taken along as, those for people first.
FILES = (*printed.FORMATS, *FORMATS)


def draw(digest: Digest, form: str) -> IO[bytes]:
    """The digest as a temporary file in the reader's language; it stands at its beginning and is gone when closed."""
    from nhipcau.newswire.digest.plain import plain_digest
    from nhipcau.newswire.digest.writing import WRITERS
    from nhipcau.press.stored_digest import StoredDigest

    language = get_language()
    lang = language if language in LANGUAGES else LANGUAGES[0]
    told = StoredDigest(digest)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        if form in FORMATS:
            WRITERS[form](out, told, lang)
        else:
            printed.write(form, plain_digest(told, lang), out, gettext)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out
