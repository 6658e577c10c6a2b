"""How digests, their articles and what was refused for them are narrowed."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau import search
from nhipcau.press import counting, queries
from nhipcau.press.filters.coverage import (
    EVERYTHING,
    NO_TOPIC,
    RELEVANT,
    UNKNOWN_COUNTRY,
    DayFilter,
    PeriodsFilter,
    RowFilter,
    followed_in_words,
    read_periods,
)
from nhipcau.press.models import (
    Digest,
    DigestArticle,
    DigestKind,
    DigestState,
    Refusal,
)
from nhipcau.press.phrases import REFUSED, topic_name
from nhipcau.ui.templatetags.ui import country_name, day, language_name

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.http import QueryDict


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
