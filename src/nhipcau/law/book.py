"""The law as it stands in the tables, read once and asked often: two queries, then no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext

from nhipcau.law.errors import NoRuleInForceError, UnknownDeadlineError
from nhipcau.law.models import Deadline, WorkingDayOverride
from nhipcau.law.working_days import WorkingDays
from nhipcau.text import format_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class LawBook:
    """Deadlines by kind in the order of time, with their bases, and the working days."""

    deadlines: Mapping[str, Sequence[Deadline]]
    working_days: WorkingDays

    @classmethod
    def read(cls) -> LawBook:
        """The book of this installation."""
        found: dict[str, list[Deadline]] = {}
        for deadline in Deadline.objects.select_related("basis").order_by("kind", "valid_from"):
            found.setdefault(deadline.kind, []).append(deadline)
        return cls(found, WorkingDays.with_decisions(WorkingDayOverride.objects.all()))

    def versions(self, kind: str) -> Sequence[Deadline]:
        """All rules of a kind, the oldest first.

        Raises:
            UnknownDeadlineError: there is none.
        """
        if kind not in self.deadlines:
            raise UnknownDeadlineError(gettext("There is no deadline “%(kind)s”.") % {"kind": kind})
        return self.deadlines[kind]

    def rule(self, kind: str, on: date) -> Deadline:
        """The rule of a kind that is in force on a day.

        Raises:
            UnknownDeadlineError: there is no such kind.
            NoRuleInForceError: none is in force that day; the sentence says from when one is.
        """
        versions = self.versions(kind)
        for deadline in versions:
            if deadline.in_force_on(on):
                return deadline
        language = get_language() or "vi"
        days = "; ".join(
            gettext("%(basis)s from %(day)s")
            % {"basis": version.basis.number, "day": format_date(version.valid_from, language)}
            for version in versions
        )
        raise NoRuleInForceError(
            gettext("No rule for this was in force on %(day)s (%(known)s).")
            % {"day": format_date(on, language), "known": days}
        )
