"""How the coverage is narrowed: one form, plain GET, every field optional."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau import search
from nhipcau.newswire import gazetteer
from nhipcau.press import counting, periods, queries
from nhipcau.press.models import (
    Article,
    ArticleTopic,
    Digest,
    DigestArticle,
    DigestKind,
    DigestState,
    Outlet,
    Refusal,
)
from nhipcau.press.periods import EARLIEST, LATEST, Period
from nhipcau.press.phrases import REFUSED, topic_name
from nhipcau.text import sort_key
from nhipcau.ui.templatetags.ui import country_name, day, language_name, moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet
    from django.http import QueryDict

#: What an address says for articles of which a field is not known (CLDR's code for an unknown region).
UNKNOWN_COUNTRY = "ZZ"
NO_TOPIC = "none"
RELEVANT, EVERYTHING = "relevant", "all"
#: A number is compared with one other.
MOST_PERIODS = 2


def _named(codes: Iterable[str], name: Any) -> list[tuple[str, str]]:
    """Codes with their names, in the alphabetical order of the names."""
    return sorted(((code, name(code) or code) for code in codes), key=lambda pair: sort_key(pair[1]))


def _countries() -> list[tuple[str, Any]]:
    codes = set(Outlet.objects.order_by().values_list("country", flat=True).distinct())
    known = _named(codes - {""}, country_name)
    return [*known, (UNKNOWN_COUNTRY, _("Not known"))] if "" in codes else known


def _languages() -> list[tuple[str, str]]:
    return _named(queries.languages(), language_name)


def _topics() -> list[tuple[str, Any]]:
    return [*_named(gazetteer.TOPICS, topic_name), (NO_TOPIC, _("No topic"))]


class DayFilter(django_filters.DateFilter):
    """A day in Asia/Ho_Chi_Minh, as a browser's date field sends it or as people write it."""

    field_class = forms.DateField

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **options,
        )


class RowFilter(django_filters.NumberFilter):
    """The key of a row that a number or a link elsewhere speaks of; kept in the form, not shown in it."""

    field_class = forms.IntegerField

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1, **options)


def read_periods(codes: str) -> list[Period]:
    """The periods that an address names, one or two, with a comma between them.

    Raises:
        ValueError: it names none, or more.
    """
    named = codes.split(",")
    if len(named) > MOST_PERIODS:
        raise ValueError("more periods than are compared")
    return [Period.read(code) for code in named]


def _periods(codes: str) -> None:
    try:
        read_periods(codes)
    except ValueError:
        raise ValidationError(_("This names no period.")) from None


def span_in_words(codes: str) -> str:
    """``from 20/11/2026 00:00 to 26/11/2026 10:42``."""
    period = read_periods(codes)[0]
    return gettext("from %(from)s to %(to)s") % {"from": moment(period.start), "to": moment(period.end)}


def followed_in_words(codes: str) -> str:
    """Which outlets the rows are limited to."""
    spans = [span_in_words(code) for code in codes.split(",")]
    if len(spans) == 1:
        return gettext("outlets followed %(span)s") % {"span": spans[0]}
    return gettext("outlets followed both %(one)s and %(other)s") % {"one": spans[0], "other": spans[1]}


class PeriodsFilter(django_filters.CharFilter):
    """A period to the minute, or two, that a number elsewhere was counted in; kept in the form, not shown in it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, validators=[_periods], **options)


class CoverageFilter(django_filters.FilterSet):
    """Everything that narrows the coverage. ``show`` is applied by :attr:`qs`, so that both sides can be counted."""

    q = django_filters.CharFilter(method="containing", label=_("Words"))
    country = django_filters.ChoiceFilter(
        method="from_country", choices=_countries, label=_("Country"), empty_label=_("All countries")
    )
    language = django_filters.ChoiceFilter(choices=_languages, label=_("Language"), empty_label=_("All languages"))
    topic = django_filters.ChoiceFilter(method="about", choices=_topics, label=_("Topic"), empty_label=_("All topics"))
    outlet = django_filters.CharFilter(field_name="outlet__host", label=_("Outlet"))
    since = DayFilter(method="from_day", label=_("From"))
    until = DayFilter(method="to_day", label=_("To"))
    reprints = django_filters.ChoiceFilter(
        method="as_reprint",
        choices=[("only", _("Reprints only")), ("without", _("Without reprints"))],
        label=_("Reprints"),
        empty_label=_("With reprints"),
    )
    show = django_filters.ChoiceFilter(
        method="leave",
        choices=[(RELEVANT, _("Relevant only")), (EVERYTHING, _("Everything collected"))],
        label=_("Show"),
        empty_label=None,
    )
    story = RowFilter()
    collection = RowFilter()
    span = PeriodsFilter(method="within", label=_("Period"))
    followed = PeriodsFilter(method="from_followed", label=_("Outlets followed"))

    class Meta:
        model = Article
        fields: tuple[str, ...] = ()

    @cached_property
    def form(self) -> forms.Form:
        """The form, in which the outlet is chosen from those that are collected, or is the one asked for."""
        form: forms.Form = super().form
        hosts = [("", _("All outlets")), *queries.outlets_with_sources().values_list("host", "name")]
        asked = self.data.get("outlet", "")
        if asked not in dict(hosts):
            hosts.append((asked, asked))
        form.fields["outlet"].widget = forms.Select(choices=hosts)
        return form

    @property
    def qs(self) -> QuerySet[Article]:
        """The rows to be listed: relevant ones, unless everything is asked for."""
        return self.fitting if self.shows_everything else self.fitting.filter(relevant=True)

    @property
    def fitting(self) -> QuerySet[Article]:
        """The rows that fit every other filter, relevant or not."""
        rows: QuerySet[Article] = super().qs
        return rows

    @cached_property
    def left_out(self) -> int | None:
        """How many rows fit every other filter and are not listed because they are not relevant.

        None where words are looked for: counting a second time would take as long as the search itself.
        """
        if self.form.cleaned_data.get("q"):
            return None
        return 0 if self.shows_everything else self.fitting.filter(relevant=False).count()

    @property
    def shows_everything(self) -> bool:
        """Whether the reader asked for everything that was collected."""
        return bool(self.form.is_valid() and self.form.cleaned_data["show"] == EVERYTHING)

    def containing(self, rows: QuerySet[Article], _name: str, value: str) -> QuerySet[Article]:
        """Folded full-text search."""
        return search.matching(rows, value)

    def from_country(self, rows: QuerySet[Article], _name: str, value: str) -> QuerySet[Article]:
        """Of outlets that publish from this country."""
        # By the outlet's key, which stands in the index of the walk, and not by a join into every row.
        outlets = Outlet.objects.filter(country="" if value == UNKNOWN_COUNTRY else value)
        return rows.filter(outlet__in=outlets.values("pk"))

    def about(self, rows: QuerySet[Article], _name: str, value: str) -> QuerySet[Article]:
        """With this topic, or with none.

        Asked of each article found by words; without words, the topic leads to the articles.
        """
        if value == NO_TOPIC:
            return rows.filter(topics__isnull=True)
        if not self.form.cleaned_data.get("q"):
            return rows.filter(topics__code=value)
        return rows.filter(Exists(ArticleTopic.objects.filter(article=OuterRef("pk"), code=value)))

    def from_day(self, rows: QuerySet[Article], _name: str, value: date) -> QuerySet[Article]:
        """From the first moment of this day."""
        return rows.filter(dated_at__gte=timezone.make_aware(datetime.combine(value, time.min)))

    def to_day(self, rows: QuerySet[Article], _name: str, value: date) -> QuerySet[Article]:
        """To the last moment of this day."""
        return rows.filter(dated_at__lte=timezone.make_aware(datetime.combine(value, time.max)))

    def as_reprint(self, rows: QuerySet[Article], _name: str, value: str) -> QuerySet[Article]:
        """Only what repeats another article, or only what does not."""
        return rows.filter(duplicate_of__isnull=value == "without")

    def within(self, rows: QuerySet[Article], _name: str, value: str) -> QuerySet[Article]:
        """Dated within a period to the minute."""
        period = read_periods(value)[0]
        return rows.filter(dated_at__gte=period.start, dated_at__lte=period.end)

    def from_followed(self, rows: QuerySet[Article], _name: str, value: str) -> QuerySet[Article]:
        """Of the outlets that were followed through these periods."""
        return rows.filter(outlet__in=counting.followed(*read_periods(value)).values("pk"))

    def leave(self, rows: QuerySet[Article], _name: str, _value: str) -> QuerySet[Article]:
        """What :attr:`qs` does."""
        return rows


class DigestArticlesFilter(django_filters.FilterSet):
    """What a number of a digest counts. Without a part it is the relevant articles, as most numbers are."""

    PARTS: Final = {
        RELEVANT: _("Relevant"),
        EVERYTHING: _("Everything"),
        "reprints": _("Reprints"),
        "first": _("Without reprints"),
    }

    part = django_filters.ChoiceFilter(method="in_part", choices=list(PARTS.items()))
    country = django_filters.CharFilter(method="from_country")
    language = django_filters.CharFilter(field_name="article__language")
    topic = django_filters.CharFilter(method="about")
    outlet = django_filters.CharFilter(field_name="article__outlet__host")
    story = RowFilter(field_name="digest_story")
    day = DayFilter(method="on_day")
    followed = PeriodsFilter(method="from_followed")

    class Meta:
        model = DigestArticle
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, **options: Any) -> None:
        asked = data.dict()
        if asked.get("part") not in self.PARTS:
            asked["part"] = RELEVANT
        super().__init__(asked, **options)

    def in_part(self, rows: QuerySet[DigestArticle], _name: str, value: str) -> QuerySet[DigestArticle]:
        """Judged relevant when the digest was built; of these the reprints, or the others; or everything read."""
        if value == EVERYTHING:
            return rows
        rows = rows.filter(relevant=True)
        return rows if value == RELEVANT else rows.filter(reprint=value == "reprints")

    def from_country(self, rows: QuerySet[DigestArticle], _name: str, value: str) -> QuerySet[DigestArticle]:
        """Of outlets that publish from this country."""
        return rows.filter(article__outlet__country="" if value == UNKNOWN_COUNTRY else value)

    def about(self, rows: QuerySet[DigestArticle], _name: str, value: str) -> QuerySet[DigestArticle]:
        """With this topic, or with none."""
        return rows.filter(article__topics__code=None if value == NO_TOPIC else value)

    def on_day(self, rows: QuerySet[DigestArticle], _name: str, value: date) -> QuerySet[DigestArticle]:
        """Dated on this day."""
        first, last = (timezone.make_aware(datetime.combine(value, at)) for at in (time.min, time.max))
        return rows.filter(article__dated_at__gte=first, article__dated_at__lte=last)

    def from_followed(self, rows: QuerySet[DigestArticle], _name: str, value: str) -> QuerySet[DigestArticle]:
        """Of the outlets that were followed through these periods."""
        return rows.filter(article__outlet__in=counting.followed(*read_periods(value)).values("pk"))

    def limits(self) -> list[str]:
        """What the rows are limited to, in words; what could not be read (a NUL) limits nothing."""
        asked = {name: self.form.cleaned_data.get(name, "") for name in self.filters}
        said = [
            self.PARTS[asked["part"]],
            country_name(asked["country"]) if asked["country"] != UNKNOWN_COUNTRY else _("Country not known"),
            language_name(asked["language"]),
            topic_name(asked["topic"]) if asked["topic"] != NO_TOPIC else _("No topic"),
            asked["outlet"],
            day(asked["day"]) if asked["day"] else "",
            followed_in_words(asked["followed"]) if asked["followed"] else "",
        ]
        return [str(words) for words in said if words]


class RefusalFilter(django_filters.FilterSet):
    """Rejected documents by reason, of one run of the collector or of the period of one digest."""

    reason = django_filters.ChoiceFilter(choices=list(REFUSED.items()), label=_("Reason"), empty_label=_("All reasons"))
    collection = RowFilter()
    digest = RowFilter(method="in_digest")

    class Meta:
        model = Refusal
        fields: tuple[str, ...] = ()

    def in_digest(self, rows: QuerySet[Refusal], _name: str, value: int) -> QuerySet[Refusal]:
        """Of a digest that the reader may see; otherwise none."""
        digest = Digest.objects.filter(pk=value).first()
        return rows.filter(pk__in=queries.refusals_of_digest(digest).values("pk")) if digest else rows.none()


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
            "country": dict(_countries()).get(asked.get("country"), ""),
            "language": language_name(asked.get("language")),
            "topic": dict(_topics()).get(asked.get("topic"), ""),
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


class DigestFilter(django_filters.FilterSet):
    """What narrows the archive of digests. Words are looked for in what the digests say themselves."""

    q = django_filters.CharFilter(method="saying", label=_("Words"))
    kind = django_filters.ChoiceFilter(choices=DigestKind.choices, label=_("Kind"), empty_label=_("All kinds"))
    state = django_filters.ChoiceFilter(choices=DigestState.choices, label=_("State"), empty_label=_("All states"))
    since = DayFilter(field_name="day", lookup_expr="gte", label=_("From"))
    until = DayFilter(field_name="day", lookup_expr="lte", label=_("To"))

    class Meta:
        model = Digest
        fields: tuple[str, ...] = ()

    def saying(self, rows: QuerySet[Digest], _name: str, value: str) -> QuerySet[Digest]:
        """Folded full-text search over number, title, summary, outlook, headlines, gists and notes."""
        return search.matching(rows, value)
