"""When mail may go: the hour of the daily mail and the quiet hours, in the clock of the person. No database here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How one person's day goes.

    Attributes:
        zone: the person's own time zone.
        daily_at: when the daily mail goes, by that clock.
        quiet_from: from when no mail goes, by that clock; with ``quiet_to`` may span midnight. None: always.
        quiet_to: from when it goes again.
    """

    zone: ZoneInfo
    daily_at: time
    quiet_from: time | None = None
    quiet_to: time | None = None

    def is_quiet(self, moment: datetime) -> bool:
        """Whether no mail goes at this aware moment."""
        if self.quiet_from is None or self.quiet_to is None or self.quiet_from == self.quiet_to:
            return False
        now = moment.astimezone(self.zone).time()
        if self.quiet_from < self.quiet_to:
            return self.quiet_from <= now < self.quiet_to
        return now >= self.quiet_from or now < self.quiet_to

    def at_once(self, moment: datetime) -> datetime:
        """The first aware moment from this one on at which mail may go."""
        while self.is_quiet(moment):
            # Where the clocks jump over the end of the quiet hours, the end found may still be quiet: look again.
            moment = self._next(self.quiet_to or time(), moment)
        return moment

    def daily(self, moment: datetime) -> datetime:
        """The first aware moment after this one at which the daily mail goes; it waits for the end of quiet hours."""
        return self.at_once(self._next(self.daily_at, moment))

    def _next(self, wanted: time, moment: datetime) -> datetime:
        """When the clock next shows this time, after the moment; where it jumps over it, the moment of the jump."""
        today = moment.astimezone(self.zone).date()
        days = (datetime.combine(today + timedelta(days=ahead), wanted) for ahead in range(3))
        return min(each for day in days for each in self._shown(day) if each > moment)

    def _shown(self, local: datetime) -> list[datetime]:
        """The moments (UTC) at which the clock shows this; two in an hour that it repeats."""
        first, second = (local.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if second < first:
            return [self._jump(second, first)]
        return [first, second]

    def _jump(self, before: datetime, after: datetime) -> datetime:
        """The minute between the two at which the clock jumps."""
        offset = after.astimezone(self.zone).utcoffset()
        while after - before > timedelta(minutes=1):
            middle = before + timedelta(minutes=(after - before) // timedelta(minutes=2))
            if middle.astimezone(self.zone).utcoffset() == offset:
                after = middle
            else:
                before = middle
        return after
