"""How the coverage is narrowed: one form, plain GET, every field optional; and the fields that other filters share."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau import search
from nhipcau.newswire import gazetteer
from nhipcau.press import counting, queries
from nhipcau.press.models import (
    Article,
    ArticleTopic,
    Outlet,
)
from nhipcau.press.periods import EARLIEST, LATEST, Period
from nhipcau.press.phrases import topic_name
from nhipcau.text import sort_key
from nhipcau.ui.templatetags.ui import country_name, language_name, moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

#: What an address says for articles of which a field is not known (CLDR's code for an unknown region).
UNKNOWN_COUNTRY = "ZZ"
NO_TOPIC = "none"
RELEVANT, EVERYTHING = "relevant", "all"
#: A number is compared with one other.
MOST_PERIODS = 2


def _named(codes: Iterable[str], name: Any) -> list[tuple[str, str]]:
    """Codes with their names, in the alphabetical order of the names."""
    return sorted(((code, name(code) or code) for code in codes), key=lambda pair: sort_key(pair[1]))


def country_choices() -> list[tuple[str, Any]]:
    """The countries that outlets publish from, by name; what is not known last."""
    codes = set(Outlet.objects.order_by().values_list("country", flat=True).distinct())
    known = _named(codes - {""}, country_name)
    return [*known, (UNKNOWN_COUNTRY, _("Not known"))] if "" in codes else known


def _languages() -> list[tuple[str, str]]:
    return _named(queries.languages(), language_name)


def topic_choices() -> list[tuple[str, Any]]:
    """The topics of the field, by name; none last."""
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
        method="from_country", choices=country_choices, label=_("Country"), empty_label=_("All countries")
    )
    language = django_filters.ChoiceFilter(choices=_languages, label=_("Language"), empty_label=_("All languages"))
    topic = django_filters.ChoiceFilter(
        method="about", choices=topic_choices, label=_("Topic"), empty_label=_("All topics")
    )
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
