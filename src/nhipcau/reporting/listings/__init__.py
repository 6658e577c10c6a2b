"""The lists of the reporting room; each registers itself."""

from nhipcau.reporting.listings.forms import FORMS

__all__ = ["FORMS"]
