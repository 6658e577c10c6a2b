"""What the numbers of the coverage are narrowed to, and for which period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.press import periods
from nhipcau.press.filters.coverage import (
    UNKNOWN_COUNTRY,
    CoverageFilter,
    DayFilter,
    country_choices,
    topic_choices,
)
from nhipcau.press.models import (
    Article,
)
from nhipcau.press.periods import Period
from nhipcau.ui.templatetags.ui import language_name

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import QueryDict


class NumbersFilter(CoverageFilter):
    """What the numbers of the coverage are narrowed to; the days are the period's and narrow no row here."""

    PERIODS: Final = {
        "week": (_("7 days"), periods.last_week),
        "today": (_("Today"), periods.today),
        "month": (_("This month"), periods.this_month),
        "last-month": (_("Last month"), periods.last_month),
    }

    since = DayFilter(method="leave", label=_("From"))
    until = DayFilter(method="leave", label=_("To"))
    reprints = django_filters.ChoiceFilter(
        method="leave",
        choices=[("with", _("Counted as items"))],
        label=_("Reprints"),
        empty_label=_("Counted apart"),
    )

    class Meta:
        model = Article
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, **options: Any) -> None:
        super().__init__(data, **options)
        for name in ("show", "story", "collection", "span", "followed"):
            del self.filters[name]

    @property
    def qs(self) -> QuerySet[Article]:
        """The articles to be counted, of any time, relevant or not."""
        return self.fitting

    @property
    def asked(self) -> dict[str, Any]:
        """What could be read of the question."""
        self.form.is_valid()
        return dict(self.form.cleaned_data)

    @property
    def with_reprints(self) -> bool:
        """Whether reprints are counted among the items."""
        return bool(self.asked.get("reprints"))

    @property
    def preset(self) -> str:
        """The period's name; empty where its days were chosen."""
        if self.asked.get("since") or self.asked.get("until"):
            return ""
        named = self.data.get("period", "")
        return named if named in self.PERIODS else next(iter(self.PERIODS))

    def period(self, now: datetime) -> Period:
        """The period asked for, up to now at most; a year at most, of which the end is kept."""
        if self.preset:
            found: Period = self.PERIODS[self.preset][1](now)
            return found
        today = timezone.localdate(now)
        last = min(self.asked.get("until") or today, today)
        first = min(self.asked.get("since") or last, last)
        return Period.of_days(max(first, last - periods.LONGEST), last, now)

    @property
    def presets(self) -> list[tuple[Any, str, bool]]:
        """Name, address and whether it is the one, of each period with a name; the other filters stay."""
        rest = [
            (name, self.data[name]) for name in self.data if name in self.filters and name not in {"since", "until"}
        ]
        return [
            (name, f"?{urlencode([*rest, ('period', code)])}", code == self.preset)
            for code, (name, _made) in self.PERIODS.items()
        ]

    @property
    def faults(self) -> list[tuple[str, Any, list[str]]]:
        """Filters that could not be used: where the field is, its label, what is wrong with it."""
        return [(field.id_for_label, field.label, list(field.errors)) for field in self.form if field.errors]

    @property
    def limits(self) -> list[tuple[str, str]]:
        """What the numbers are narrowed to, in words, the period apart."""
        asked = self.asked
        told = {
            "q": asked.get("q"),
            "country": dict(country_choices()).get(asked.get("country"), ""),
            "language": language_name(asked.get("language")),
            "topic": dict(topic_choices()).get(asked.get("topic"), ""),
            "outlet": asked.get("outlet"),
            "reprints": gettext("Counted as items") if self.with_reprints else gettext("Counted apart"),
        }
        return [(str(self.form.fields[name].label), str(words)) for name, words in told.items() if words]

    @property
    def outlets(self) -> Q:
        """Which outlets the articles may come from."""
        found = Q()
        if self.asked.get("country"):
            found &= Q(country="" if self.asked["country"] == UNKNOWN_COUNTRY else self.asked["country"])
        if self.asked.get("outlet"):
            found &= Q(host=self.asked["outlet"])
        return found

    @property
    def narrowing(self) -> dict[str, str]:
        """What a list must be narrowed by to show the same articles, the period apart."""
        given = {name: self.asked.get(name) for name in ("q", "country", "language", "topic", "outlet")}
        narrowed = {name: value for name, value in given.items() if value}
        return narrowed if self.with_reprints else narrowed | {"reprints": "without"}
