"""The archive of digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau.access import current
from nhipcau.accounts.models import Role
from nhipcau.press import queries
from nhipcau.press.filters import DigestFilter
from nhipcau.ui.listing import Column, Empty, Listing, cells, register
from nhipcau.ui.templatetags.ui import vi_number

if TYPE_CHECKING:
    from nhipcau.press.models import Digest
    from nhipcau.ui.listing import Shown


def _digests_heading(shown: Shown) -> str:
    if not shown.number:
        return gettext("No press digest yet")
    said = ngettext("%(number)s press digest", "%(number)s press digests", shown.number)
    return said % {"number": vi_number(shown.number)}


def _digests_empty(_shown: Shown) -> Empty:
    office = bool(current().organisations())
    return Empty(
        gettext("The digest comes after the next collection")
        if office
        else gettext("Ask the administrator of your office"),
        gettext(
            "The digests of the offices in which you hold a role stand here, and those that were sent to them. One is "
            "made each day for every office that has a press analyst."
        ),
        "file-text",
        reverse("press:articles"),
        gettext("Read the coverage"),
    )


def _digest_marks(digest: Digest) -> str:
    marks = [digest.number_and_symbol, "DỮ LIỆU MẪU" if digest.sample else ""]
    return " · ".join(mark for mark in marks if mark)


DIGESTS = register(
    Listing(
        name="press.digests",
        view="press:digests",
        title=gettext_lazy("Press digests"),
        heading=_digests_heading,
        rows=queries.digests,
        filters=DigestFilter,
        order=("-day", "-pk"),
        empty=_digests_empty,
        nothing_fits=gettext_lazy("Every word must be in the digest; words in quotation marks must stand together."),
        sample=lambda rows: any(digest.sample for digest in rows),
        classified=("organisation", "classification"),
        template="press/digests.html",
        context=lambda _shown: {"may_begin": bool(current().organisations(Role.PRESS_ANALYST))},
        columns=[
            Column(
                key="title",
                label=gettext_lazy("Digest"),
                value=lambda digest: digest.name,
                link=lambda digest: reverse("press:digest", args=[digest.pk]),
                language=lambda _digest: "vi",
                note=_digest_marks,
                card="title",
            ),
            Column(
                key="kind", label=gettext_lazy("Kind"), value=lambda digest: digest.get_kind_display(), card="plain"
            ),
            Column(key="day", label=gettext_lazy("Day"), value="day", order_by=("day",), css="when", card="plain"),
            Column(
                key="office", label=gettext_lazy("Office"), value=lambda digest: str(digest.organisation), card="plain"
            ),
            Column(
                key="state",
                label=gettext_lazy("State"),
                value=lambda digest: digest.get_state_display(),
                show=lambda digest: cells.state(digest.get_state_display(), digest.state),
                order_by=("state",),
                card="plain",
            ),
            Column(
                key="entries",
                label=gettext_lazy("Entries"),
                value="entry_count",
                order_by=("entry_count",),
                css="num",
            ),
            Column(
                key="stories",
                label=gettext_lazy("Stories found"),
                value="story_count",
                order_by=("story_count",),
                css="num",
            ),
            Column(
                key="articles",
                label=gettext_lazy("Articles about the country"),
                value=lambda digest: digest.counts.get("relevant", 0),
                link=lambda digest: reverse("press:digest_articles", args=[digest.pk]),
                css="num",
            ),
            Column(key="built", label=gettext_lazy("Built"), value="built_at", order_by=("built_at",), css="when"),
            Column(
                key="issued",
                label=gettext_lazy("Issued"),
                value="issued_on",
                order_by=("issued_on",),
                css="when",
                chosen=False,
            ),
        ],
    )
)
