"""What is added for the days after the figures-as-of date, where the campaign says: in proportion to the days."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from nhipcau.reporting.models import Campaign, Estimate
from nhipcau.ui.templatetags.ui import day, vi_number

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.network.models import Organisation


class Days(NamedTuple):
    """The days on which something was counted, and those that are left; of Asia/Ho_Chi_Minh."""

    counted: int
    left: int


def days_of(campaign: Campaign, office: Organisation | None = None) -> Days:
    """The days of a campaign before and after its figures-as-of date; of an office that came up later, from its first.

    Zero days counted where the office came up after that date: nothing can be estimated from nothing.
    """
    begin: date = campaign.begin if office is None else max(campaign.begin, office.valid_from)
    counted = (campaign.figures_as_of - begin).days + 1
    return Days(max(counted, 0), (campaign.end - max(campaign.figures_as_of, begin)).days)


def estimate_of(campaign: Campaign, counted: Decimal, *, whole: bool, office: Organisation | None = None) -> Decimal:
    """What comes to a counted figure for the days that are left; zero where the campaign does not estimate so.

    Args:
        campaign: says the days and the rule.
        counted: the figure until the figures-as-of date.
        whole: whether it counts things; the estimate is rounded to whole ones then, half up, else to four places.
        office: the one that reports, where it did not exist on the first day.
    """
    days = days_of(campaign, office)
    if campaign.estimate != Estimate.PRO_RATA or not days.counted:
        return Decimal(0)
    return (counted * days.left / days.counted).quantize(Decimal(1) if whole else Decimal("0.0001"), ROUND_HALF_UP)


def estimate_in_words(campaign: Campaign) -> str:
    """How the days after the figures-as-of date are dealt with, as a sentence."""
    said = {"day": day(campaign.figures_as_of), "end": day(campaign.end)}
    days = days_of(campaign)
    if not days.left:
        return _("Figures cover the whole period.")
    if campaign.estimate == Estimate.PRO_RATA:
        said |= {"left": vi_number(days.left), "counted": vi_number(days.counted)}
        return (
            _(
                "Figures are counted until %(day)s; for the %(left)s days until %(end)s the figure of the %(counted)s "
                "days counted is added in proportion, and marked as an estimate."
            )
            % said
        )
    if campaign.estimate == Estimate.BY_OFFICE:
        return (
            _("Figures are counted until %(day)s; each office estimates the days until %(end)s, marked as such.") % said
        )
    return _("Figures are counted until %(day)s; the days until %(end)s are not estimated.") % said
