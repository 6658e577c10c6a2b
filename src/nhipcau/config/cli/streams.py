"""The three standard streams as the commands need them: open, in UTF-8, and never the reason why a run is lost."""

from __future__ import annotations

import errno
import io
import os
import sys

#: Numbers that the system gives the streams.
_INPUT, _OUTPUT, _ERRORS = 0, 1, 2
#: What writing to standard output fails with where it is closed or a file on a full disk.
UNWRITABLE = frozenset({errno.EBADF, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def make_usable() -> None:
    """Open what was closed, and write UTF-8 whatever the locale says.

    A database opened under the number of a closed stream would get its messages. Closed output stays unwritable, so
    that results cannot be lost in silence; messages for nobody are dropped. What is printed are results for other
    programs and sentences in Vietnamese: a locale without its letters (``LC_ALL=C``) must not end a run.
    """
    for number, mode in ((_INPUT, os.O_RDONLY), (_OUTPUT, os.O_RDONLY), (_ERRORS, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            _open_at(number, mode)
    if sys.stdout is None:
        sys.stdout = os.fdopen(_OUTPUT, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(_ERRORS, "w", encoding="utf-8", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def silence_output() -> None:
    """Let what is still to be written to standard output go nowhere; else Python complains once more at its end."""
    _open_at(_OUTPUT, os.O_WRONLY)


def silence_errors() -> None:
    """The same for standard error."""
    _open_at(_ERRORS, os.O_WRONLY)


def _open_at(number: int, mode: int) -> None:
    opened = os.open(os.devnull, mode)
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)
