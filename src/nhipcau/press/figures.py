"""The figures that the press room offers to reports: issued digests, and the items that they tell of."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau.press.models import Digest, DigestEntry, DigestState
from nhipcau.programme.figures import Figure, Offer, Source, register

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nhipcau.programme.figures import Asked


def register_figures() -> None:
    """Called once, from the ``ready`` of the room."""
    register(
        Offer(key="press.digests_issued", title=_("Press digests issued"), unit=_("digests"), count=digests_issued)
    )
    register(
        Offer(
            key="press.articles_followed",
            title=_("Items of the foreign press told in issued digests"),
            unit=_("items"),
            count=articles_followed,
        )
    )


def digests_issued(asked: Asked) -> Figure:
    """Digests that the office issued in the period and has not recalled."""
    rows = list(_issued(asked))
    return Figure(value=Decimal(len(rows)), sources=_sources(rows))


def articles_followed(asked: Asked) -> Figure:
    """Entries of those digests, by the language of the original; a story told in two digests counts once."""
    rows = list(_issued(asked))
    entries = DigestEntry.objects.filter(digest__in=_issued(asked).order_by().values("pk"), removed_at__isnull=True)
    told = {
        (story or f"article {article}"): language
        for story, article, language in entries.values_list("story_id", "article_id", "article__language")
    }
    languages = Counter(told.values())
    by = {"language": {language: Decimal(number) for language, number in sorted(languages.items())}}
    return Figure(value=Decimal(len(told)), by=by if told else {}, sources=_sources(rows))


def _issued(asked: Asked) -> QuerySet[Digest]:
    rows: QuerySet[Digest] = Digest.objects.filter(
        organisation=asked.organisation,
        state=DigestState.ISSUED,
        issued_on__range=(asked.begin, asked.end),
        issued_at__lte=asked.as_of,
    )
    return rows.order_by("issued_at", "pk")


def _sources(rows: list[Digest]) -> list[Source]:
    return [Source(label=str(digest), url=reverse("press:digest", args=[digest.pk])) for digest in rows]
