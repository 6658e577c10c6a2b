"""The form of a campaign, in the order in which a guidance letter says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.network.forms import DayField
from nhipcau.network.models import Kind, Organisation
from nhipcau.reporting.domain.campaigns import CampaignContent
from nhipcau.reporting.models import Campaign, Estimate, FormVersion, PeriodKind
from nhipcau.reporting.periods import periods_of
from nhipcau.reporting.queries.campaigns import coordinated_offices, forms_in_use, guidance_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from django.http import QueryDict

#: Classes that no office of this network reports as.
_NO_REPORTERS = {Kind.CENTRAL_CITY}


class _FormChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        version: FormVersion = obj
        return _("%(title)s, version %(number)s") % {"title": version.form, "number": version.number}


class CampaignForm(forms.Form):
    """What a coordinator says of a campaign; whom it asks is :class:`AddresseeRows` beside it."""

    organisation = forms.ModelChoiceField(None, label=_("Office that asks"))
    title = forms.CharField(label=_("Title"), max_length=300, help_text=_("As the offices will call it."))
    guidance = forms.ModelChoiceField(
        None, label=_("Guidance letter"), required=False, help_text=_("An issued letter of the office on this desk.")
    )
    guidance_number = forms.CharField(
        label=_("Its number and symbol"),
        max_length=100,
        required=False,
        help_text=_("Where the letter is not on this desk."),
    )
    guidance_date = DayField(label=_("Its date"), required=False)
    guidance_text = forms.CharField(
        label=_("What the offices are to keep in mind"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("They read it above the form."),
    )
    preset = forms.ChoiceField(label=_("Usual periods"), required=False)
    period_kind = forms.ChoiceField(label=_("Period"), choices=PeriodKind)
    begin = DayField(label=_("From"))
    end = DayField(label=_("To, that day included"))
    figures_as_of = DayField(
        label=_("Figures as of"), help_text=_("The last day that is counted; what follows it is an estimate.")
    )
    estimate = forms.ChoiceField(label=_("Days after it"), choices=Estimate)
    estimate_note = forms.CharField(
        label=_("How it is estimated"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    form_version = _FormChoice(None, label=_("Form"))
    due_on = DayField(label=_("Due on"), help_text=_("The last day, by the clock of each office."))
    two_steps = forms.BooleanField(label=_("One coordinator checks, another accepts"), required=False, initial=False)
    compared_with = forms.ModelChoiceField(
        None,
        label=_("Compared with"),
        required=False,
        help_text=_("The campaign of the year before: figures and timeliness are set beside it."),
    )

    def __init__(self, *args: Any, campaign: Campaign | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        offices = (
            coordinated_offices() if campaign is None else Organisation.objects.filter(pk=campaign.organisation_id)
        )
        self.fields["organisation"].queryset = offices
        if len(offices) == 1:
            self.fields["organisation"].initial, self.fields["organisation"].empty_label = offices[0], None
        self.fields["guidance"].queryset = guidance_letters(offices)
        self.fields["form_version"].queryset = forms_in_use()
        others = Campaign.objects.filter(organisation__in=offices).order_by("-end", "-pk")
        self.fields["compared_with"].queryset = others if campaign is None else others.exclude(pk=campaign.pk)
        year = timezone.localdate().year
        offered = [(p.code, p.name) for y in (year + 1, year, year - 1) for p in periods_of(y)]
        self.fields["preset"].choices = [("", _("Choose, then set the days")), *offered]

    def content(self, rows: AddresseeRows) -> CampaignContent:
        """What was written, once form and rows are valid."""
        given = {name: self.cleaned_data[name] for name in self.fields if name not in {"organisation", "preset"}}
        return CampaignContent(
            **given,
            classes=rows.classes,
            named={row.organisation: row.day for row in rows.offices if row.reports},
            left_out=[row.organisation for row in rows.offices if not row.reports],
        )


@dataclass(slots=True)
class ClassRow:
    """A class in the form: ticked or not, and its own due day as it was typed."""

    kind: str
    word: Any
    number: int
    ticked: bool = False
    due_on: str = ""
    day: date | None = None
    error: Any = ""


@dataclass(slots=True)
class OfficeRow:
    """An office named by itself: it reports, or does not; its own due day as it was typed."""

    organisation: Organisation
    reports: bool = True
    due_on: str = ""
    day: date | None = None
    error: Any = ""


class AddresseeRows:
    """Whom the campaign asks: classes with the number of offices that exist today, and offices by name."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self.kinds = [
            ClassRow(kind.value, kind.label, numbers.get(kind.value, 0))
            for kind in Kind
            if kind not in _NO_REPORTERS and numbers.get(kind.value)
        ]
        self.offices: list[OfficeRow] = []

    @classmethod
    def of(cls, campaign: Campaign, numbers: Mapping[str, int]) -> AddresseeRows:
        """As the campaign has them."""
        made = cls(numbers)
        stored = {row.kind: row.due_on for row in campaign.classes.all()}
        for row in made.kinds:
            row.ticked, row.day = row.kind in stored, stored.get(row.kind)
            row.due_on = row.day.isoformat() if row.day else ""
        made.offices = [
            OfficeRow(row.organisation, row.reports, row.due_on.isoformat() if row.due_on else "", row.due_on)
            for row in campaign.offices.select_related("organisation")
        ]
        return made

    @classmethod
    def read(cls, data: QueryDict, numbers: Mapping[str, int]) -> AddresseeRows:
        """As the form sends them: ``class`` are the classes ticked, ``to`` and ``add`` offices, ``drop`` those out."""
        made, ticked = cls(numbers), set(data.getlist("class"))
        for row in made.kinds:
            row.ticked, row.due_on = row.kind in ticked, data.get(f"due-{row.kind}", "")
            row.day, row.error = _day(row.due_on)
        kept = [key for key in data.getlist("to") if key not in data.getlist("drop")]
        keys = [int(key) for key in dict.fromkeys([*kept, *data.getlist("add")]) if key.isascii() and key.isdigit()]
        there = Organisation.objects.in_bulk([key for key in keys if key < 2**63])
        for key in keys:
            if key in there:
                typed = data.get(f"due-office-{key}", "")
                day, error = _day(typed)
                reports = data.get(f"reports-{key}", "1") == "1"
                made.offices.append(OfficeRow(there[key], reports, typed, day, error))
        return made

    def is_valid(self) -> bool:
        """Whether every day that was typed is one."""
        return not any(row.error for row in (*self.kinds, *self.offices))

    @property
    def classes(self) -> dict[str, date | None]:
        """The classes ticked -> their own due days."""
        return {row.kind: row.day for row in self.kinds if row.ticked}

    @property
    def ids(self) -> Sequence[int]:
        """The offices named."""
        return [row.organisation.pk for row in self.offices]

    @property
    def errors(self) -> Iterator[Any]:
        """What is wrong with the days."""
        return (row.error for row in (*self.kinds, *self.offices) if row.error)


def _day(typed: str) -> tuple[date | None, Any]:
    field = DayField(required=False)
    try:
        return field.clean(typed), ""
    except forms.ValidationError as error:
        return None, " ".join(error.messages)
