"""Numbers with what they were before: compared on the same outlets only, or with the reason why they cannot be.

See docs/explanation/numbers.md for the rules; the screens say them, too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy

from nhipcau.press import counting
from nhipcau.press.models import Article, Digest, DigestKind, DigestState
from nhipcau.press.periods import Period
from nhipcau.ui.templatetags.ui import day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from django.db.models import QuerySet

    from nhipcau.press.counting import Numbers, Tally
    from nhipcau.press.models import Outlet

#: Below this base a percentage says more than is known, and only the two numbers are given.
LEAST_BASE: Final = 20
PREVIOUS: Final = "previous"
LAST_YEAR: Final = "last_year"
NAMES: Final = {PREVIOUS: gettext_lazy("the period before"), LAST_YEAR: gettext_lazy("the same period last year")}
#: What is totalled, in the order of the table.
TOTALS: Final = {
    "items": gettext_lazy("Items"),
    "reprints": gettext_lazy("Reprints"),
    "outlet": gettext_lazy("Outlets"),
    "country": gettext_lazy("Countries"),
    "language": gettext_lazy("Languages"),
    "topic": gettext_lazy("Topics"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Two numbers over the same outlets."""

    now: int
    before: int

    @property
    def difference(self) -> int:
        """By how much it rose; negative where it fell."""
        return self.now - self.before

    @property
    def percent(self) -> int | None:
        """The same in whole percent of the base; None where the base is too small for that."""
        return None if self.before < LEAST_BASE else round(100 * self.difference / self.before)


@dataclass(frozen=True)
class Comparison:
    """This period beside an earlier one, over the outlets that were followed in both.

    Attributes:
        name: :data:`PREVIOUS` or :data:`LAST_YEAR`.
        now: this period's numbers over the compared outlets; None where nothing can be compared.
        before: the earlier period's; None with ``now``.
        outlets: how many outlets are compared.
        left_out: how many were heard in either period and are not compared.
        why_not: the sentence that says why there is nothing; empty where there is.
        digest: the earlier digest whose set of articles ``before`` counts; None where it counts the coverage.
        named: the outlets of the earlier period by their keys.
    """

    name: str
    this: Period
    period: Period
    now: Numbers | None = None
    before: Numbers | None = None
    outlets: int = 0
    left_out: int = 0
    why_not: str = ""
    digest: Digest | None = None
    named: Mapping[int, Outlet] = field(default_factory=dict)

    @cached_property
    def codes(self) -> str:
        """Both periods as an address names them: the outlets that are compared."""
        return f"{self.period.code},{self.this.code}"

    def of(self, what: str) -> Change | None:
        """The change of a total; None where nothing can be compared."""
        return Change(self.now.total(what), self.before.total(what)) if self.now and self.before else None

    def of_value(self, what: str, value: Any) -> Change | None:
        """The change of one country, language, outlet or topic."""
        return Change(self.now.by[what][value], self.before.by[what][value]) if self.now and self.before else None


@dataclass(frozen=True)
class Counted:
    """A period in numbers, each comparison beside it; ``as_of`` is when they were read."""

    period: Period
    as_of: datetime
    tally: Tally
    numbers: Numbers
    comparisons: tuple[Comparison, ...]
    #: The days of the period on which anything was collected.
    measured: set[date]
    #: When the last article was collected, whatever it is about.
    collected_until: datetime | None

    @cached_property
    def days(self) -> list[date]:
        """The days of the period, and any day around it that an item is dated on."""
        dated = [self.period.first, self.period.last, *self.numbers.by["day"]]
        return [min(dated) + timedelta(days=number) for number in range((max(dated) - min(dated)).days + 1)]

    @cached_property
    def outlets(self) -> dict[int, Outlet]:
        """The outlets of this period and of the earlier ones, by their keys."""
        found: dict[int, Outlet] = {}
        for each in self.comparisons:
            found |= each.named
        return found | dict(self.tally.outlets)


def count(
    rows: QuerySet[Article], period: Period, *, as_of: datetime, outlets: Q, with_reprints: bool = False
) -> Counted:
    """The coverage of a period, compared with the period before and with the same period last year.

    Args:
        rows: the articles that are looked at; only relevant ones are counted.
        period: what is counted.
        as_of: now, aware.
        outlets: which outlets ``rows`` may come from, so that only those are said to be compared.
        with_reprints: count reprints among the items.
    """
    found = counting.tally(rows, period, with_reprints=with_reprints)

    def earlier(other: Period) -> Tally:
        return counting.tally(rows, other, with_reprints=with_reprints, by_day=False)

    return Counted(
        period,
        as_of,
        found,
        found.numbers(),
        tuple(
            _compared(name, period, other, found, earlier, outlets=outlets)
            for name, other in ((PREVIOUS, period.before()), (LAST_YEAR, period.year_before()))
        ),
        counting.days_with_articles(period) | {cell.day for cell in found.cells},
        counting.collected_until(),
    )


def count_digest(digest: Digest, *, as_of: datetime) -> Counted:
    """What a digest was built from, compared with the office's digest before it and with the coverage a year before."""
    period = Period.of(digest.period_from, digest.period_to)
    found = counting.tally_of_digest(digest)
    if digest.kind == DigestKind.FLASH:
        why = gettext("A flash tells of one event and is not compared.")
        others = [(PREVIOUS, period.before()), (LAST_YEAR, period.year_before())]
        return _digest_counted(
            found, period, as_of, *(Comparison(name, period, other, why_not=why) for name, other in others)
        )
    last = previous_digest(digest)
    if last is None:
        why = gettext("Cannot be compared: there is no earlier digest of its kind that you may read.")
        previous = Comparison(PREVIOUS, period, period.before(), why_not=why)
    else:
        other = Period.of(last.period_from, last.period_to)
        previous = _compared(
            PREVIOUS, period, other, found, lambda _other: counting.tally_of_digest(last), outlets=Q(), digest=last
        )

    def a_year_ago(other: Period) -> Tally:
        return counting.tally(Article.objects.all(), other, by_day=False)

    year = _compared(LAST_YEAR, period, period.year_before(), found, a_year_ago, outlets=Q())
    return _digest_counted(found, period, as_of, previous, year)


def _digest_counted(found: Tally, period: Period, as_of: datetime, *comparisons: Comparison) -> Counted:
    measured = counting.days_with_articles(period) | {cell.day for cell in found.cells}
    return Counted(period, as_of, found, found.numbers(), comparisons, measured, counting.collected_until())


def previous_digest(digest: Digest) -> Digest | None:
    """The office's last digest of the same kind and an earlier day that the reader may see."""
    same = Digest.objects.filter(organisation=digest.organisation_id, focus=digest.focus, kind=digest.kind)
    found: Digest | None = (
        same.filter(day__lt=digest.day).exclude(state=DigestState.DISCARDED).order_by("-day", "-pk").first()
    )
    return found


def _compared(
    name: str,
    this: Period,
    other: Period,
    found: Tally,
    earlier: Callable[[Period], Tally],
    *,
    outlets: Q,
    digest: Digest | None = None,
) -> Comparison:
    since = counting.collected_since()
    if since is None:
        return Comparison(name, this, other, why_not=gettext("Nothing was collected yet."))
    if since > other.start:
        why = gettext("Cannot be compared: nothing was collected before %(day)s.") % {"day": day(since)}
        return Comparison(name, this, other, why_not=why)
    watched = counting.watched(other, this, outlets)
    both = frozenset(each.outlet for each in watched if each.followed)
    left_out = sum(each.heard for each in watched) - len(both)
    if not both:
        why = gettext("Cannot be compared: no outlet was followed in both periods.")
        return Comparison(name, this, other, left_out=left_out, why_not=why)
    then = earlier(other)
    now, before = found.numbers(both), then.numbers(both)
    return Comparison(name, this, other, now, before, len(both), left_out, digest=digest, named=then.outlets)


def numbers_of_digest(digest: Digest, *, as_of: datetime) -> dict[str, Any]:
    """A digest's numbers as plain data, for whatever prints them.

    Returns:
        ``as_of``, ``from`` and ``to`` as ISO 8601; ``totals`` by name, each with ``number`` and, by comparison,
        ``now``, ``before``, ``difference`` and ``percent`` (None where the base is under 20) over the compared outlets;
        ``by`` country, language, topic and outlet: ``[code, number]``, most frequent first, an outlet by its host, an
        empty code for what is not known; ``compared`` by comparison: ``from``, ``to``, ``outlets``, ``left_out``,
        ``why_not``.
    """
    counted = count_digest(digest, as_of=as_of)
    hosts = {key: outlet.host for key, outlet in counted.tally.outlets.items()}
    return {
        "as_of": as_of.isoformat(),
        "from": counted.period.start.isoformat(),
        "to": counted.period.end.isoformat(),
        "totals": {what: _plain_total(counted, what) for what in TOTALS},
        "by": {
            what: [
                [hosts[value] if what == "outlet" else value, number]
                for value, number in most_frequent(counted.numbers.by[what])
            ]
            for what in ("country", "language", "topic", "outlet")
        },
        "compared": {
            each.name: {
                "from": each.period.start.isoformat(),
                "to": each.period.end.isoformat(),
                "outlets": each.outlets,
                "left_out": each.left_out,
                "why_not": each.why_not,
            }
            for each in counted.comparisons
        },
    }


def most_frequent(numbers: Any) -> list[tuple[Any, int]]:
    """Values by their number, the largest first, then by the value."""
    return sorted(
        ((value, number) for value, number in numbers.items() if number), key=lambda pair: (-pair[1], str(pair[0]))
    )


def _plain_total(counted: Counted, what: str) -> dict[str, Any]:
    told: dict[str, Any] = {"number": counted.numbers.total(what)}
    for each in counted.comparisons:
        change = each.of(what)
        told[each.name] = change and {
            "now": change.now,
            "before": change.before,
            "difference": change.difference,
            "percent": change.percent,
        }
    return told
