"""What the screens of the network are asked by: days, words, classes. Plain GET; what cannot be read is left out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from nhipcau.network.phrases import KINDS

#: The database cannot store what lies outside these in every time zone.
_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)


class DayField(forms.DateField):
    """A day in Asia/Ho_Chi_Minh, as a browser's date field sends it or as people write it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            validators=[MinValueValidator(_EARLIEST), MaxValueValidator(_LATEST)],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **options,
        )


class TreeForm(forms.Form):
    """The tree of which day, and what of it."""

    on = DayField(label=_("On the day"), required=False)
    q = forms.CharField(label=_("Name"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Class"), required=False, choices=[("", _("All classes")), *KINDS.items()])


class ComparisonForm(forms.Form):
    """Which two days are compared."""

    since = DayField(label=_("From the day"), required=False)
    until = DayField(label=_("To the day"), required=False)


class DayForm(forms.Form):
    """One day."""

    on = DayField(label=_("On the day"), required=False)
