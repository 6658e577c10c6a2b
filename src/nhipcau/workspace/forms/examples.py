"""A form with a field of every sort, for the examples."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.access.classification import Classification
from nhipcau.workspace.forms.letters import DayField


class EverySort(forms.Form):
    """Answered by nobody: what is sent is not kept."""

    words = forms.CharField(label=_("Words"), required=False, help_text=_("Help stands above the field."))
    wrong = forms.CharField(label=_("Required, and left empty"))
    address = forms.EmailField(label=_("Mail address"), required=False)
    count = forms.IntegerField(label=_("A whole number"), required=False, min_value=0)
    on = DayField(label=_("Day"), required=False)
    level = forms.ChoiceField(label=_("One of several"), choices=Classification.choices, required=False)
    body = forms.CharField(label=_("Longer text"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label=_("File"), required=False)
    sure = forms.BooleanField(label=_("Yes or no"), required=False)
    audience = forms.ChoiceField(
        label=_("One, all in sight"), choices=Classification.choices, required=False, widget=forms.RadioSelect
    )
    several = forms.MultipleChoiceField(
        label=_("Some of several"),
        choices=Classification.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As many as fit."),
    )
    fixed = forms.CharField(label=_("Cannot be changed here"), required=False, disabled=True, initial="DỮ LIỆU MẪU")


def every_sort() -> EverySort:
    """The form as it comes back with two things to mend."""
    given = {"words": "DỮ LIỆU MẪU", "address": "khong-phai-dia-chi", "on": "2026-11-22", "audience": "internal"}
    return EverySort(given, auto_id="example_%s")
