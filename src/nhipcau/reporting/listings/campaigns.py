"""The list of campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau.reporting.models import CampaignState, PeriodKind
from nhipcau.reporting.queries.campaigns import coordinated_offices, listed_campaigns
from nhipcau.ui.listing import Column, Empty, FormFilter, Listing, cells, register
from nhipcau.ui.templatetags.ui import vi_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.ui.listing import Shown


class CampaignsForm(forms.Form):
    """What narrows campaigns."""

    q = forms.CharField(label=gettext_lazy("Words of the title"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All states")), *CampaignState.choices],
        required=False,
    )
    period = forms.ChoiceField(
        label=gettext_lazy("Period"), choices=[("", gettext_lazy("All periods")), *PeriodKind.choices], required=False
    )


def _narrow(rows: Any, asked: Mapping[str, Any]) -> Any:
    for word in (asked.get("q") or "").split():
        rows = rows.filter(title__icontains=word)
    if asked.get("state"):
        rows = rows.filter(state=asked["state"])
    return rows.filter(period_kind=asked["period"]) if asked.get("period") else rows


def _heading(_shown: Shown) -> str:
    opened = listed_campaigns().filter(state=CampaignState.OPEN).count()
    said = ngettext("%(number)s campaign is open", "%(number)s campaigns are open", opened)
    return said % {"number": vi_number(opened)} if opened else gettext("No campaign is open")


def _of(number: str) -> Any:
    return lambda campaign: getattr(campaign, number) if campaign.state not in {"draft", "discarded"} else None


def _list(query: str = "") -> Any:
    return lambda campaign: f"{reverse('reporting:campaign_reports', args=[campaign.pk])}{query}"


CAMPAIGNS = register(
    Listing(
        name="reporting.campaigns",
        view="reporting:campaigns",
        title=gettext_lazy("Reporting campaigns"),
        heading=_heading,
        rows=listed_campaigns,
        filters=FormFilter.of(CampaignsForm, _narrow),
        order=("-end", "-pk"),
        template="reporting/campaigns.html",
        context=lambda _shown: {"may_begin": coordinated_offices().exists()},
        sample=lambda rows: any(campaign.sample for campaign in rows),
        empty=lambda _shown: Empty(
            gettext("No campaign yet"),
            gettext(
                "A campaign asks offices for a report on a period, on a form, by a day. Those of your offices stand "
                "here, and those in which they report."
            ),
            "calendar",
        ),
        columns=[
            Column(
                key="title",
                label=gettext_lazy("Campaign"),
                value="title",
                link=lambda campaign: reverse("reporting:campaign", args=[campaign.pk]),
                language=lambda _row: "vi",
                note=lambda campaign: "DỮ LIỆU MẪU" if campaign.sample else "",
                card="title",
            ),
            Column(
                key="state",
                label=gettext_lazy("State"),
                value=lambda campaign: campaign.get_state_display(),
                show=lambda campaign: cells.state(campaign.get_state_display(), campaign.state),
                card="plain",
            ),
            Column(key="due", label=gettext_lazy("Due on"), value="due_on", order_by=("due_on",), css="when"),
            Column(key="owed", label=gettext_lazy("Reports owed"), value=_of("owed"), link=_list(), numeric=True),
            Column(key="arrived", label=gettext_lazy("Come in"), value=_of("arrived"), numeric=True),
            Column(
                key="accepted",
                label=gettext_lazy("Accepted"),
                value=_of("accepted"),
                link=_list("?standing=accepted"),
                numeric=True,
            ),
            Column(
                key="period",
                label=gettext_lazy("Period"),
                value=lambda campaign: campaign.get_period_kind_display(),
                card="plain",
            ),
            Column(
                key="begin", label=gettext_lazy("From"), value="begin", order_by=("begin",), css="when", chosen=False
            ),
            Column(key="end", label=gettext_lazy("To"), value="end", order_by=("end",), css="when", chosen=False),
            Column(
                key="office",
                label=gettext_lazy("Office"),
                value=lambda campaign: str(campaign.organisation),
                card="plain",
            ),
        ],
    )
)
