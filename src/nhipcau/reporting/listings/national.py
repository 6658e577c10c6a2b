"""The list of national reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau.access import current
from nhipcau.accounts.models import Role
from nhipcau.reporting.filters.national import NationalFilter
from nhipcau.reporting.queries.national import nationals
from nhipcau.ui.listing import Column, Empty, Listing, cells, register
from nhipcau.ui.templatetags.ui import vi_number

if TYPE_CHECKING:
    from nhipcau.reporting.models import NationalReport
    from nhipcau.ui.listing import Shown


def _heading(shown: Shown) -> str:
    if not shown.number:
        return gettext("No national report yet")
    said = ngettext("%(number)s national report", "%(number)s national reports", shown.number)
    return said % {"number": vi_number(shown.number)}


def _may_draft() -> bool:
    return bool(current().organisations(Role.COORDINATOR))


def _empty(_shown: Shown) -> Empty:
    text = gettext("A national report is made of what the offices reported: each sentence and figure names its office.")
    if not _may_draft():
        return Empty(gettext("None was sent to your office"), text, "file-text", "", "")
    where, action = reverse("reporting:national_new"), gettext("Draft a national report")
    return Empty(gettext("Draft the first one from a campaign"), text, "file-text", where, action)


def _marks(national: NationalReport) -> str:
    marks = [national.number_and_symbol, "DỮ LIỆU MẪU" if national.sample else ""]
    return " · ".join(mark for mark in marks if mark)


NATIONALS = register(
    Listing(
        name="reporting.nationals",
        view="reporting:nationals",
        title=gettext_lazy("National reports"),
        heading=_heading,
        rows=nationals,
        filters=NationalFilter,
        order=("-moment", "-pk"),
        empty=_empty,
        sample=lambda rows: any(national.sample for national in rows),
        template="reporting/nationals.html",
        context=lambda _shown: {"may_draft": _may_draft()},
        columns=[
            Column(
                key="title",
                label=gettext_lazy("Report"),
                value="title",
                link=lambda national: reverse("reporting:national", args=[national.pk]),
                language=lambda _national: "vi",
                note=_marks,
                card="title",
            ),
            Column(
                key="campaign",
                label=gettext_lazy("Campaign"),
                value="campaign_title",
                language=lambda _national: "vi",
                # Its words stand in the title as a rule.
                chosen=False,
                card="plain",
            ),
            Column(
                key="office",
                label=gettext_lazy("Office"),
                value=lambda national: str(national.organisation),
                card="plain",
            ),
            Column(
                key="state",
                label=gettext_lazy("State"),
                value=lambda national: national.get_state_display(),
                show=lambda national: cells.state(national.get_state_display(), national.state),
                order_by=("state",),
                card="plain",
            ),
            Column(
                key="offices",
                label=gettext_lazy("Offices in it"),
                value="office_count",
                order_by=("office_count",),
                css="num",
            ),
            Column(key="moment", label=gettext_lazy("As of"), value="moment", order_by=("moment",), css="when"),
            Column(key="issued", label=gettext_lazy("Issued"), value="issued_on", order_by=("issued_on",), css="when"),
        ],
    )
)
