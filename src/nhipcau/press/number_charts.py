"""The numbers of a period as a page shows them: a table of totals, a chart for each way to look at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from nhipcau.press import phrases
from nhipcau.press.counting import UNKNOWN
from nhipcau.press.number_links import REPRINTS, Asked, Links, named
from nhipcau.press.numbers import NAMES, TOTALS, Change, Comparison, Counted, most_frequent
from nhipcau.ui.charts import Chart, Row, Value
from nhipcau.ui.templatetags.ui import country_name, day, language_name, moment, vi_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

#: Bars that are drawn, rows that stand open beside them, rows that a table has at most, countries with a small chart.
MOST_BARS: Final = 12
OPEN_ROWS: Final = 25
MOST_ROWS: Final = 300
SMALL_CHARTS: Final = 6
#: More days than this are shown week by week.
MOST_DAYS: Final = 62
#: Fewer places than these are no course over time.
LEAST_SPANS: Final = 3
#: Where on the page the number of outlets, countries, ... is taken apart.
ANCHORS: Final = {"outlet": "theo-co-quan", "country": "theo-nuoc", "language": "theo-ngon-ngu", "topic": "theo-chu-de"}


class Total(NamedTuple):
    """One line of the table of totals; ``changes`` has a cell for each comparison that holds."""

    name: str
    number: int
    href: str
    changes: list[str]


class Span(NamedTuple):
    """A place along the axis of time."""

    label: str
    days: list[date]


@dataclass(frozen=True)
class Shown:
    """What the page shows of a counted period."""

    counted: Counted
    links: Links
    source: str

    @cached_property
    def compared(self) -> list[Comparison]:
        """The comparisons that hold."""
        return [each for each in self.counted.comparisons if each.now is not None]

    @cached_property
    def headings(self) -> list[str]:
        """What stands above the cells of each comparison that holds."""
        return [gettext("Against %(what)s") % {"what": NAMES[each.name]} for each in self.compared]

    @property
    def notes(self) -> list[tuple[str, str, bool]]:
        """For each comparison: its name, what it rests on or why there is none, and whether it holds."""
        return [(str(NAMES[each.name]), _note(each), each.now is not None) for each in self.counted.comparisons]

    @property
    def totals(self) -> list[Total]:
        """The table of totals."""
        numbers, links = self.counted.numbers, self.links
        hrefs = {"items": links.now(), "reprints": links.now(REPRINTS)}
        return [
            Total(
                str(name),
                numbers.total(what),
                hrefs.get(what) or f"#{ANCHORS[what]}",
                [self._change(each, each.of(what), REPRINTS if what == "reprints" else None) for each in self.compared],
            )
            for what, name in TOTALS.items()
        ]

    @cached_property
    def _cell(self) -> str:
        """A change as it is written: the two numbers stand where the reader's language puts them."""
        link = '<a href="{%s_url}">{%s}</a>'
        words = gettext("from %(before)s to %(now)s")
        told = words % {name: link % (name, name) for name in ("before", "now")}
        return '<span class="change">{change}</span> <span class="quiet">' + told + "</span>"

    def _change(self, comparison: Comparison, change: Change | None, value: Asked | None) -> str:
        if change is None:
            return ""
        return format_html(
            self._cell,
            change=in_words(change),
            before=vi_number(change.before),
            before_url=self.links.before(comparison, value),
            now=vi_number(change.now),
            now_url=self.links.compared(comparison, value),
        )

    @property
    def charts(self) -> list[Chart]:
        """The charts in the order of the page; without an item there is none."""
        if not self.counted.numbers.items and not any(each.before for each in self.compared):
            return []
        drawn = self._by_value()
        if len(self.spans) < LEAST_SPANS:
            return drawn
        last = [self.countries_over_time] if len(self._top_countries) > 1 else []
        return [self.over_time, *drawn, *last]

    def lines(self) -> Iterator[tuple[str, str, int | None, list[Change | None]]]:
        """Every number of the page: looked at by what, which value, how many, the change of each comparison."""
        numbers = self.counted.numbers
        for what, name in TOTALS.items():
            yield gettext("Total"), str(name), numbers.total(what), [each.of(what) for each in self.compared]
        for span, value in zip(self.spans, self._along(numbers.by["day"]), strict=True):
            told = None if value.number is None else int(value.number)
            yield gettext("Day"), span.label, told, [None for _each in self.compared]
        for what, across, name in self._ways():
            for key, number in self._values(what):
                yield across, name(key), number, [each.of_value(what, key) for each in self.compared]

    def _ways(self) -> list[tuple[str, str, Callable[[Any], str]]]:
        """The ways to look at the items: what is counted, its heading, how a value is called."""
        return [
            ("country", gettext("Country"), lambda code: country_name(code) or gettext("Country not known")),
            ("topic", gettext("Topic"), lambda code: phrases.topic_name(code) if code else gettext("No topic")),
            ("language", gettext("Language"), language_name),
            ("outlet", gettext("Outlet"), lambda key: str(self._outlet(key).name)),
        ]

    def _values(self, what: str) -> list[tuple[Any, int]]:
        """The values by their number; those that only an earlier period has at the end."""
        numbers = self.counted.numbers.by[what]
        gone: dict[Any, int] = {}
        for each in self.compared:
            if each.before:
                gone |= {value: number for value, number in each.before.by[what].items() if not numbers[value]}
        return [*most_frequent(numbers), *((value, 0) for value, _before in most_frequent(gone))]

    # ---- over time

    @cached_property
    def spans(self) -> list[Span]:
        """Days; weeks from Monday where there are too many of them."""
        days = self.counted.days
        if len(days) <= MOST_DAYS:
            return [Span(f"{each:%d/%m}", [each]) for each in days]
        weeks: dict[date, list[date]] = {}
        for each in days:
            weeks.setdefault(each - timedelta(days=each.weekday()), []).append(each)
        return [Span(f"{week[0]:%d/%m}–{week[-1]:%d/%m}", week) for week in weeks.values()]

    def _along(self, numbers: Any, value: Asked | None = None) -> list[Value]:
        """The numbers by day as values along the axis; where nothing at all was collected there is none."""
        return [
            Value(
                sum(numbers[each] for each in span.days) if self.counted.measured.intersection(span.days) else None,
                self.links.days(span.days[0], span.days[-1], value),
            )
            for span in self.spans
        ]

    @property
    def over_time(self) -> Chart:
        """Items by day or week."""
        values, spans = self._along(self.counted.numbers.by["day"]), self.spans
        weekly = len(spans[0].days) > 1 or len(spans[-1].days) > 1
        highest = max(range(len(spans)), key=lambda at: values[at].number or 0)
        gaps = sum(value.number is None for value in values)
        most = (
            gettext("Most in the week %(when)s: %(articles)s.")
            if weekly
            else gettext("Most on %(when)s: %(articles)s.")
        )
        says = most % {
            "when": spans[highest].label,
            "articles": phrases.articles(int(values[highest].number or 0)),
        }
        if gaps:
            says = f"{says} {_gaps(gaps, weekly=weekly)}"
        return self._chart(
            "theo-thoi-gian",
            "line",
            gettext("Items by week") if weekly else gettext("Items by day"),
            says,
            across=gettext("Week") if weekly else gettext("Day"),
            rows=[Row(label=span.label, values=[value]) for span, value in zip(spans, values, strict=True)],
            total=self._total(),
            gap=gettext("not collected"),
        )

    @cached_property
    def _top_countries(self) -> list[str]:
        counted = most_frequent(self.counted.numbers.by["country"])
        return [code for code, _number in counted if code][:SMALL_CHARTS]

    @property
    def countries_over_time(self) -> Chart:
        """A small line for each of the countries that wrote most."""
        codes = self._top_countries
        daily = self.counted.tally.by_day_and_country()
        columns = [self._along(daily[code], named("country", code)) for code in codes]
        rows = [
            Row(label=span.label, values=values)
            for span, values in zip(self.spans, zip(*columns, strict=True), strict=True)
        ]
        names = [country_name(code) for code in codes]
        says = gettext("The countries that wrote most, all on one scale: %(names)s.") % {"names": ", ".join(names)}
        return self._chart(
            "nuoc-theo-thoi-gian",
            "multiples",
            gettext("Countries over time"),
            says,
            across=gettext("Time"),
            rows=rows,
            series=names,
            gap=gettext("not collected"),
        )

    # ---- by value

    def _by_value(self) -> list[Chart]:
        titles = {
            "country": gettext("Items by country of the outlet"),
            "topic": gettext("Items by topic"),
            "language": gettext("Items by language"),
            "outlet": gettext("Items by outlet"),
        }
        return [
            # An item may have several topics, so they add up to more.
            self._bars(what, titles[what], across, name, adds_up=what != "topic")
            for what, across, name in self._ways()
        ]

    def _outlet(self, key: int) -> Any:
        return self.counted.outlets[key]

    def _bars(self, what: str, title: str, across: str, name: Callable[[Any], str], *, adds_up: bool) -> Chart:
        numbers = self.counted.numbers
        ranked, values = most_frequent(numbers.by[what]), self._values(what)
        shown, rest = values[:MOST_ROWS], values[MOST_ROWS:]
        rows = [self._bar(what, value, number, name(value)) for value, number in shown]
        if rest:
            other = sum(number for _value, number in rest)
            label = ngettext("%(n)s other", "%(n)s others", len(rest)) % {"n": vi_number(len(rest))}
            rows.append(Row(label=label, values=[Value(other)], more=["" for _each in self.compared]))
        says = gettext("There is none in this period.")
        if ranked:
            # What is not known is no answer, unless nothing else is.
            value, number = next((pair for pair in ranked if pair[0] not in UNKNOWN), ranked[0])
            says = gettext("Most: %(name)s, %(articles)s of %(all)s.") % {
                "name": name(value),
                "articles": phrases.articles(number),
                "all": vi_number(numbers.items),
            }
        if not adds_up:
            says += " " + gettext("An item may have several topics.")
        return self._chart(
            ANCHORS[what],
            "bar",
            title,
            says,
            across=across,
            rows=rows,
            more=self.headings,
            total=self._total() if adds_up else None,
            most=min(MOST_BARS, max(1, len(ranked))),
            keeps_table=len(rows) <= OPEN_ROWS,
        )

    def _bar(self, what: str, value: Any, number: int, label: str) -> Row:
        asked = named(what, self._outlet(value).host if what == "outlet" else value)
        cells = [self._value_change(each, each.of_value(what, value), asked, number) for each in self.compared]
        return Row(label=label, values=[Value(number, self.links.now(asked))], more=cells)

    def _value_change(self, comparison: Comparison, change: Change | None, value: Asked, number: int) -> str:
        """A value that only outlets have which are not compared is not at nought."""
        if number and change == Change(0, 0):
            return format_html('<span class="quiet">{}</span>', gettext("not compared"))
        return self._change(comparison, change, value)

    def _total(self) -> Row:
        cells = [self._change(each, each.of("items"), None) for each in self.compared]
        values = [Value(self.counted.numbers.items, self.links.now())]
        return Row(label=gettext("Total"), values=values, more=cells)

    def _chart(
        self, key: str, kind: Any, title: str, says: str, *, across: str, rows: Sequence[Row], **more: Any
    ) -> Chart:
        given: dict[str, Any] = {"series": [gettext("Items")]} | more
        total = given.get("total")
        if total is not None and not given.get("more"):
            given["total"] = Row(label=total.label, values=total.values)
        period = self.counted.period
        dated = gettext("%(title)s, %(from)s to %(to)s") % {
            "title": title,
            "from": day(period.first),
            "to": day(period.last),
        }
        return Chart(
            key=key,
            kind=kind,
            title=dated,
            says=says,
            across=across,
            rows=rows,
            source=self.source,
            as_of=self.counted.as_of,
            **given,
        )


def _note(comparison: Comparison) -> str:
    if comparison.why_not:
        return comparison.why_not
    said = gettext("%(from)s to %(to)s, on the same %(outlets)s") % {
        "from": moment(comparison.period.start),
        "to": moment(comparison.period.end),
        "outlets": phrases.outlets(comparison.outlets),
    }
    if not comparison.left_out:
        return gettext("%(said)s; none is left out.") % {"said": said}
    left = phrases.outlets(comparison.left_out)
    return gettext("%(said)s; %(outlets)s not compared, because not followed in both.") % {
        "said": said,
        "outlets": left,
    }


def _gaps(number: int, *, weekly: bool) -> str:
    if weekly:
        said = ngettext("In %(n)s week nothing was collected.", "In %(n)s weeks nothing was collected.", number)
    else:
        said = ngettext("On %(n)s day nothing was collected.", "On %(n)s days nothing was collected.", number)
    return said % {"n": vi_number(number)}


def in_words(change: Change) -> str:
    """``+4 (+11 %)``; without the percentage where the base is too small for one."""
    said = signed(change.difference)
    return said if change.percent is None else f"{said} ({signed(change.percent)} %)"


def signed(number: int) -> str:
    """With its sign; the minus as it is printed."""
    if number == 0:
        return "0"
    return f"{'+' if number > 0 else '−'}{vi_number(abs(number))}"
