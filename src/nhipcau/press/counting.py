"""What the coverage amounts to in a period: read once in small cells, then added up for any set of outlets.

Items are articles about the country that repeat no other; reprints are counted beside them. A cell is the number of
items of one outlet in one language on one day, so that every table adds up to the same total: by construction, and by
test. Topics are cells of their own, because an item may have several.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Func,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
)

from nhipcau.press.models import Article, DigestArticle, Outlet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from nhipcau.press.models import Digest
    from nhipcau.press.periods import Period

#: A shorter period does not show whether an outlet is still heard; then the week that ends with it is looked at.
HEARD_WITHIN: Final = timedelta(days=7)
#: What no one knows, as the tables name it; neither is counted as a country, a language or a topic.
UNKNOWN: Final = frozenset({"", "und"})


class DayInVietNam(Func):
    """The day of a moment in Asia/Ho_Chi_Minh, which is seven hours ahead of UTC all year.

    ``TruncDate`` calls a Python function for each row on SQLite: measured 12 times as slow.
    """

    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite's own arithmetic."""
        return self.as_sql(compiler, connection, template="date(%(expressions)s, '+7 hours')", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL's own arithmetic."""
        template = "((%(expressions)s) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
        return self.as_sql(compiler, connection, template=template, **extra)


class Cell(NamedTuple):
    """So many articles of one outlet in one language on one day; reprints apart."""

    outlet: int
    language: str
    day: date
    reprint: bool
    number: int


class TopicCell(NamedTuple):
    """So many articles of one outlet with one topic; empty for none."""

    outlet: int
    topic: str
    number: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one period over one set of outlets."""

    items: int
    reprints: int
    #: ``{"country" | "language" | "outlet" | "day" | "topic": {value: items}}``; an outlet by its key.
    by: Mapping[str, Counter[Any]]

    def distinct(self, what: str) -> int:
        """How many countries, languages, outlets or topics there are, leaving out what is not known."""
        return sum(1 for value, number in self.by[what].items() if number and value not in UNKNOWN)

    def total(self, what: str) -> int:
        """``items``, ``reprints``, or how many of a kind there are."""
        return {"items": self.items, "reprints": self.reprints}[what] if what not in self.by else self.distinct(what)


@dataclass(frozen=True, slots=True)
class Tally:
    """The cells of a period, and the outlets that they speak of."""

    cells: tuple[Cell, ...]
    topics: tuple[TopicCell, ...]
    with_reprints: bool = False
    outlets: Mapping[int, Outlet] = field(default_factory=dict)

    def numbers(self, outlets: Collection[int] | None = None) -> Numbers:
        """Everything added up, over these outlets only where some are named."""
        by: dict[str, Counter[Any]] = {name: Counter() for name in ("country", "language", "outlet", "day", "topic")}
        items = reprints = 0
        for cell in self.cells:
            if outlets is not None and cell.outlet not in outlets:
                continue
            reprints += cell.number if cell.reprint else 0
            if cell.reprint and not self.with_reprints:
                continue
            items += cell.number
            by["country"][self.outlets[cell.outlet].country] += cell.number
            by["language"][cell.language] += cell.number
            by["outlet"][cell.outlet] += cell.number
            by["day"][cell.day] += cell.number
        for topic in self.topics:
            if outlets is None or topic.outlet in outlets:
                by["topic"][topic.topic] += topic.number
        return Numbers(items, reprints, by)

    def by_day_and_country(self) -> dict[str, Counter[date]]:
        """Items by country, each by day."""
        found: dict[str, Counter[date]] = {}
        for cell in self.cells:
            if not cell.reprint or self.with_reprints:
                found.setdefault(self.outlets[cell.outlet].country, Counter())[cell.day] += cell.number
        return found


def tally(rows: QuerySet[Article], period: Period, *, with_reprints: bool = False, by_day: bool = True) -> Tally:
    """The cells of the relevant articles among ``rows`` in a period: three queries, whatever there is to count.

    Args:
        rows: what is looked at.
        period: when.
        with_reprints: count reprints among the items.
        by_day: tell the days apart; without it, all of a period stands on its first day, in a third of the time.
    """
    inside = rows.filter(relevant=True, dated_at__gte=period.start, dated_at__lte=period.end).order_by()
    reprint = ExpressionWrapper(Q(duplicate_of__isnull=False), output_field=BooleanField())
    day: Any = DayInVietNam("dated_at") if by_day else Value(period.first, output_field=DateField())
    cells = inside.values_list("outlet", "language", day, reprint).annotate(number=Count("pk"))
    counted = inside if with_reprints else inside.filter(duplicate_of__isnull=True)
    # Grouped by the bare key, SQLite walks through all articles of each outlet: measured at three times as long.
    outlet = ExpressionWrapper(F("outlet_id") + 0, output_field=BigIntegerField())
    topics = counted.values_list(outlet, "topics__code").annotate(number=Count("pk"))
    return _tally(cells, topics, with_reprints=with_reprints)


def tally_of_digest(digest: Digest) -> Tally:
    """The cells of what a digest was built from, as judged then: three queries."""
    inside = DigestArticle.objects.filter(digest=digest, relevant=True).order_by()
    cells = inside.values_list(
        "article__outlet", "article__language", DayInVietNam("article__dated_at"), "reprint"
    ).annotate(number=Count("pk"))
    topics = inside.filter(reprint=False).values_list("article__outlet", "article__topics__code")
    return _tally(cells, topics.annotate(number=Count("pk")), with_reprints=False)


def _tally(cells: Iterable[Any], topics: Iterable[Any], *, with_reprints: bool) -> Tally:
    read = tuple(Cell(*cell) for cell in cells)
    named = Outlet.objects.in_bulk({cell.outlet for cell in read})
    found = tuple(TopicCell(outlet, topic or "", number) for outlet, topic, number in topics)
    return Tally(read, found, with_reprints, named)


class Watched(NamedTuple):
    """An outlet beside two periods: whether it was followed through both, whether it was heard in either."""

    outlet: int
    followed: bool
    heard: bool


def followed(*periods: Period) -> QuerySet[Outlet]:
    """The outlets that were followed through each of these periods: what is compared is compared on them only.

    An outlet was followed through a period when its first article, relevant or not, was collected before the period
    began, so that its beginning was not missed; and when an article of it, relevant or not, is dated within the period
    or, where that is shorter than a week, within the week that ends with it, so that it had not fallen silent. When an
    article was collected counts and not when it was published: the first answer of a feed brings weeks of old items.
    Whether a source answered on a day of last year is recorded nowhere; what it brought is.
    """
    rows = _dated(*periods).filter(first__lte=min(period.start for period in periods))
    for place, period in enumerate(periods):
        rows = rows.filter(**{f"latest_{place}__gte": _since(period)})
    return rows


def watched(one: Period, other: Period, outlets: Q) -> list[Watched]:
    """Every outlet of these beside two periods, in one query; ``followed`` as :func:`followed` says it."""
    began, periods = min(one.start, other.start), (one, other)
    rows = _dated(one, other).filter(outlets).values_list("pk", "first", "latest_0", "latest_1")
    found = []
    for outlet, first, *latest in rows:
        heard = [at is not None and at >= _since(period) for at, period in zip(latest, periods, strict=True)]
        found.append(Watched(outlet, first is not None and first <= began and all(heard), any(heard)))
    return found


def _dated(*periods: Period) -> QuerySet[Any]:
    """Outlets with when their first article was collected and the date of their last by the end of each period.

    Each is the first entry of an index, asked for outlet by outlet: a condition that something exists is turned into a
    walk over all articles by either database, measured at 100 times as long.
    """
    articles = Article.objects.filter(outlet=OuterRef("pk"))
    given = {"first": Subquery(articles.order_by("collected_at").values("collected_at")[:1])}
    for place, period in enumerate(periods):
        until = articles.filter(dated_at__lte=period.end).order_by("-dated_at").values("dated_at")
        given[f"latest_{place}"] = Subquery(until[:1])
    rows: QuerySet[Any] = Outlet.objects.annotate(**given)
    return rows


def _since(period: Period) -> datetime:
    return min(period.start, period.end - HEARD_WITHIN)


def days_with_articles(period: Period) -> set[date]:
    """The days of a period of which anything was collected, relevant or not; the others are gaps and not zeros."""
    rows = Article.objects.filter(dated_at__gte=period.start, dated_at__lte=period.end).order_by()
    return set(rows.values_list(DayInVietNam("dated_at"), flat=True).distinct())


def collected_since() -> datetime | None:
    """When the first article was collected; None where none was."""
    found: datetime | None = Article.objects.aggregate(at=Min("collected_at"))["at"]
    return found


def collected_until() -> datetime | None:
    """When the last article was collected; None where none was."""
    found: datetime | None = Article.objects.aggregate(at=Max("collected_at"))["at"]
    return found
