"""How far a command has come: a bar on a terminal, a plain line now and then where the output is piped."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from nhipcau.config.cli.words import gettext as _
from nhipcau.config.cli.words import language, say
from nhipcau.newswire.words import gettext_noop
from nhipcau.text import format_number

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from tqdm import tqdm

    from nhipcau.newswire.pipeline import Progress

STAGES = {
    "read": gettext_noop("Reading"),
    "compare": gettext_noop("Finding reprints and stories"),
}
#: Seconds between two plain lines.
PAUSE = 5.0


class ProgressLines:
    """Shows one stage after the other on standard error; shows nothing where ``quiet``."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()
        self._last: Progress | None = None
        self._bar: tqdm[None] | None = None
        self._started = self._said = 0.0

    def __call__(self, progress: Progress) -> None:
        """Take note of how far it has come."""
        if self._quiet:
            return
        if self._last is None or self._last.stage != progress.stage:
            self._end_stage()
            self._start_stage(progress)
        self._last = progress
        if self._bar is not None:
            self._bar.update(progress.done - self._bar.n)
        elif time.monotonic() - self._said >= PAUSE:
            self._said = time.monotonic()
            say(self._line(progress))

    def _start_stage(self, progress: Progress) -> None:
        self._started = self._said = time.monotonic()
        if self._terminal:
            from tqdm import tqdm

            self._bar = tqdm(total=progress.total, desc=_(STAGES[progress.stage]), unit="", file=sys.stderr)

    def _end_stage(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
        elif self._last is not None:
            say(self._line(self._last))

    def _line(self, progress: Progress) -> str:
        seconds = max(time.monotonic() - self._started, 0.001)
        lang = language()
        return _("%(stage)s: %(done)s (%(rate)s a second)") % {
            "stage": _(STAGES[progress.stage]),
            "done": format_number(progress.done, lang),
            "rate": format_number(round(progress.done / seconds), lang),
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_stage()
