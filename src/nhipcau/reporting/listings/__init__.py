"""The lists of the reporting room; each registers itself."""

from nhipcau.reporting.listings.campaigns import CAMPAIGNS
from nhipcau.reporting.listings.forms import FORMS
from nhipcau.reporting.listings.league import LEAGUE
from nhipcau.reporting.listings.reports import OF_CAMPAIGN, REPORTS

__all__ = ["CAMPAIGNS", "FORMS", "LEAGUE", "OF_CAMPAIGN", "REPORTS"]
