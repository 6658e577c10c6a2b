"""What the reporting room prints: a national report, the report of one office, sealed figures; always in Vietnamese."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext

from nhipcau.documents import report as printed
from nhipcau.reporting.national_plain import plain_of
from nhipcau.reporting.seal_plain import plain_of_seal
from nhipcau.reporting.submission_plain import plain_of_submission

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.reporting.models import NationalReport, Seal, Submission

#: What a report can be taken along as.
FILES = printed.FORMATS


def draw_national(national: NationalReport, form: str) -> IO[bytes]:
    """A national report as a temporary file; it stands at its beginning and is gone when closed."""
    return _drawn(lambda: plain_of(national), form)


def draw_submission(submission: Submission, form: str) -> IO[bytes]:
    """The report of one office as it was submitted, likewise."""
    return _drawn(lambda: plain_of_submission(submission), form)


def draw_seal(seal: Seal, form: str) -> IO[bytes]:
    """Sealed figures, read again from what was submitted, likewise."""
    return _drawn(lambda: plain_of_seal(seal), form)


def _drawn(plain: Callable[[], dict[str, Any]], form: str) -> IO[bytes]:
    out = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        with translation.override("vi"):
            printed.write(form, plain(), out, gettext)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out
