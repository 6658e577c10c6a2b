from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.accounts.models import Role
from nhipcau.desk import due
from nhipcau.press import phrases, queries
from nhipcau.ui.templatetags.ui import country_name, vi_number
from nhipcau.workspace.due import due_from, late_in_offices
from nhipcau.workspace.queries import notices as told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.http import HttpResponse

    from nhipcau.access import Access
    from nhipcau.press.models import Digest, DigestStory
    from nhipcau.workspace.due import DueItem

#: Stories on the front page; the rest are in the digest.
FRONT = 5
#: Notices that the front page shows; the rest are on their own screen.
NOTICES = 5
#: Items of what is due that are shown at once.
MOST_DUE = 30
#: Sources in trouble that the front page names; the rest are on the sources' own screen.
NAMED = 8


class Figure(NamedTuple):
    """A number, what it counts, and the address of the list that it counts."""

    value: int
    label: str
    href: str


@require_safe
def home(request: Any) -> HttpResponse:
    """What is due from the reader and from those they stand in for; then today's digest and what is new."""
    access, now, today = current(), timezone.now(), timezone.localdate()
    items = due_from(access, now)
    leads = bool(access.organisations(Role.LEADER, Role.APPROVER))
    unread = told.notices().filter(read_at__isnull=True)[:NOTICES]
    shown: dict[str, Any] = {
        "answer": due.answer(items, now),
        "today": today,
        "leads": leads,
        "notices": told.as_shown(unread),
        **(_for_leader(access, items, now) if leads else {"groups": due.grouped(items[:MOST_DUE], now)}),
        "more_due": max(len(items) - MOST_DUE, 0),
        **_press(today, access),
    }
    return render(request, "desk/home.html", shown)


def _for_leader(access: Access, items: Sequence[DueItem], now: datetime) -> dict[str, Any]:
    """What waits for a signature stands first, then the rest, then what is late in the office."""
    approvals = [item for item in items if item.approval]
    others = [item for item in items if not item.approval]
    mine = {item.url for item in items}
    late = [item for item in late_in_offices(access, now) if item.url not in mine]
    shown = [due.Shown(item, due.in_words(item, now), item.late(now)) for item in approvals[:MOST_DUE]]
    signature = due.Group("approvals", _("Waiting for your approval"), "soon", "pencil", shown)
    of_office = due.Group(
        "office",
        _("Late in your office"),
        "late",
        "alert-triangle",
        [due.Shown(item, due.in_words(item, now), True) for item in late[:MOST_DUE]],
    )
    first = [signature] if shown else []
    last = [of_office] if late else []
    return {"groups": [*first, *due.grouped(others[:MOST_DUE], now), *last]}


def _press(today: date, access: Access) -> dict[str, Any]:
    """The latest digest of the reader's offices, and how the collection did, for those who look after it."""
    digest = queries.latest_digest(today)
    keeps = bool(access.organisations(Role.PRESS_ANALYST))
    failing = list(queries.sources_failing().select_related("outlet")[: NAMED + 1]) if keeps else []
    shown: dict[str, Any] = {
        "digest": digest,
        "keeps_sources": keeps,
        "collection": queries.collections().first(),
        "failing": failing[:NAMED],
        "more_failing": len(failing) > NAMED,
    }
    if digest is None:
        return shown
    countries = queries.numbers_by(digest, "article__outlet__country")
    articles = queries.articles_of_digest(digest, relevant=True).count()
    return shown | {
        "digest_answer": answer(digest, articles, len(countries)),
        "stories": front_page(digest),
        "more": max(digest.story_count - FRONT, 0),
        "figures": figures(digest, articles, len(countries)),
        "sample": digest.sample,
    }


def front_page(digest: Digest) -> list[DigestStory]:
    """The first stories, each with ``outlets``: name and country of those that ran it, the earliest first."""
    stories = list(queries.stories_of_digest(digest)[:FRONT])
    for story in stories:
        ran = [entry.article.outlet for entry in story.articles.all()]
        story.outlets = list(dict.fromkeys((outlet.name, outlet.country) for outlet in ran))
    return stories


def answer(digest: Digest, articles: int, countries: int) -> str:
    """The day in one line: 12 stories about Viet Nam, 34 articles from 11 countries."""
    stories = digest.story_count
    return _("%(stories)s, %(articles)s from %(countries)s") % {
        "stories": ngettext("%(n)s story about %(country)s", "%(n)s stories about %(country)s", stories)
        % {"n": vi_number(stories), "country": country_name(digest.focus).replace(" ", "\N{NO-BREAK SPACE}")},
        "articles": phrases.articles(articles),
        "countries": phrases.countries(countries),
    }


def figures(digest: Digest, articles: int, countries: int) -> list[Figure]:
    """What the digest was made from; each number opens the list that it counts."""
    whole = reverse("press:digest", args=[digest.pk])
    listed = reverse("press:digest_articles", args=[digest.pk])
    return [
        Figure(digest.story_count, _("stories"), whole),
        Figure(articles, _("articles"), listed),
        Figure(len(queries.outlets_of_digest(digest)), _("outlets"), f"{whole}#outlets"),
        Figure(countries, _("countries"), f"{whole}#countries"),
    ]
