"""What is entered of schemes and master plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.law.models import Confidence
from nhipcau.network.models import Organisation
from nhipcau.programme import words
from nhipcau.programme.domain.schemes import PhaseContent, SchemeContent
from nhipcau.programme.forms.fields import (
    DayField,
    MoneyField,
    long,
    of_nation,
    office_field,
    own_offices,
    short,
    version_field,
)
from nhipcau.programme.models import Directive, Finding, ReviewKind, Scheme, SchemeKind
from nhipcau.text import sort_key
from nhipcau.ui.templatetags.ui import country_name

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Phases that a form has room for beside those there are.
_ROOM = 2


class SchemesForm(forms.Form):
    """What narrows schemes."""

    q = forms.CharField(label=_("Words"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *SchemeKind.choices], required=False)
    standing = forms.ChoiceField(
        label=_("State"), choices=[("", _("All states")), *words.SCHEME_STANDINGS.items()], required=False
    )


class SchemeForm(forms.Form):
    """A scheme: what it is, its term, its money."""

    organisation = forms.ModelChoiceField(None, label=_("Office that keeps the register"))
    kind = forms.ChoiceField(label=_("Kind"), choices=SchemeKind.choices)
    title_vi = long(_("Title in Vietnamese"), rows=2, required=True)
    title_en = long(_("Title in English"), rows=2)
    directive = forms.ModelChoiceField(None, label=_("Directive"), required=False, empty_label="–")
    lead = office_field(_("Lead agency"), required=False)
    lead_words = short(_("Lead agency: as written"), 300, required=False)
    term = short(_("Term as written"), 200, required=False, help_text=_("As in giai đoạn 2026 - 2030."))
    begin = DayField(label=_("From"), required=False)
    end = DayField(label=_("Until, that day included"), required=False)
    country = forms.ChoiceField(label=_("Target country"), required=False)
    budget = MoneyField(label=_("Budget in đồng"), required=False)
    budget_source = short(_("Source of the money"), 300, required=False)
    note = long(_("Note"), rows=3)
    source = short(_("Source"), 400, required=False)
    confidence = forms.ChoiceField(label=_("Confidence"), choices=Confidence.choices)
    finding = forms.ChoiceField(label=_("What was read"), choices=Finding.choices)
    version = version_field()

    def __init__(
        self, *args: Any, offices: Iterable[int], sample: bool, scheme: Scheme | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        own_offices(fields["organisation"], offices)
        if scheme is not None:
            del fields["organisation"]
        fields["directive"].queryset = Directive.objects.filter(sample=sample)
        of_nation(fields["lead"], sample=sample)
        # The countries where Viet Nam has a mission.
        codes = Organisation.objects.exclude(country="").order_by().values_list("country", flat=True).distinct()
        known = {*codes, scheme.country if scheme else ""} - {""}
        named = sorted(((code, country_name(code)) for code in known), key=lambda pair: sort_key(pair[1]))
        fields["country"].choices = [("", "–"), *named]

    def content(self) -> SchemeContent:
        """What was entered, once the form is valid."""
        left_out = {"organisation", "version"}
        return SchemeContent(**{name: value for name, value in self.cleaned_data.items() if name not in left_out})


class PhaseForm(forms.Form):
    """One phase; without a title it is none."""

    title = short(_("Title"), 300, required=False)
    begin = DayField(label=_("From"), required=False)
    end = DayField(label=_("Until, that day included"), required=False)
    aim = long(_("What is to be reached"), rows=2)


Phases = forms.formset_factory(PhaseForm, extra=_ROOM, max_num=40)


def phases_of(formset: Any) -> list[PhaseContent]:
    """The phases entered, in their order."""
    return [
        PhaseContent(**one.cleaned_data) for one in formset.forms if one.cleaned_data and one.cleaned_data.get("title")
    ]


class ReviewForm(forms.Form):
    """By when a scheme is to be reviewed."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ReviewKind.choices)
    due_on = DayField(label=_("Due on"))


class HeldForm(forms.Form):
    """What a review found."""

    held_on = DayField(label=_("Held on"))
    document = short(_("Number and symbol of its report"), 100, required=False)
    result = long(_("Result"), rows=6, required=True)
