"""What is entered of recommendations and of their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.network.models import Organisation
from nhipcau.programme.forms.fields import (
    DayField,
    LetterField,
    long,
    of_nation,
    office_field,
    own_offices,
    short,
    version_field,
)
from nhipcau.programme.models import RecommendationState

if TYPE_CHECKING:
    from collections.abc import Iterable


class RecommendationsForm(forms.Form):
    """What narrows recommendations."""

    q = forms.CharField(label=_("Words"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All states")), ("late", _("Late")), *RecommendationState.choices],
        required=False,
    )


class RecommendationForm(forms.Form):
    """What is recommended to whom."""

    organisation = forms.ModelChoiceField(None, label=_("Office that asks"))
    addressee = office_field(_("Addressee"), help_text=_("The office that can do it, and that answers."))
    title = short(_("In short"), 300)
    text = long(_("What is recommended"), rows=8, required=True)
    origin_words = short(
        _("Where it comes from"), 300, required=False, help_text=_("As in the annual report 2026, part VII; a meeting.")
    )
    due_on = DayField(label=_("Answer by"), required=False)
    version = version_field()

    def __init__(self, *args: Any, offices: Iterable[int], sample: bool | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        keys = list(offices)
        own_offices(fields["organisation"], keys)
        if sample is None:
            sample = Organisation.objects.filter(pk__in=keys, sample=True).exists()
        else:
            del fields["organisation"]
        of_nation(fields["addressee"], sample=sample)


class AnswerForm(forms.Form):
    """What is answered."""

    answer = long(_("Answer"), rows=8, required=True)
    letter = LetterField(label=_("Letter of the answer"))
    number = short(_("Or number and symbol of another letter"), 100, required=False)
    day = DayField(label=_("Date of the letter"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["letter"]
        field.of_reader()


class AgainForm(forms.Form):
    """What is missing in an answer."""

    reason = long(_("What is missing in the answer"), rows=4, required=True)
    due_on = DayField(label=_("Answer by"), required=False, help_text=_("As before where nothing is chosen."))
