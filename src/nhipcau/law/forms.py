from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.law.domain.due import ZONE
from nhipcau.law.models import ActorClass
from nhipcau.law.phrases import MONTHS
from nhipcau.law.working_days import FIRST, LAST

WHOLE_YEAR = "0"


class DayField(forms.DateField):
    """A day of the calendar, as a browser's date field sends it or as people write it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            validators=[MinValueValidator(FIRST), MaxValueValidator(LAST)],
            **options,
        )


def actor_field() -> forms.ChoiceField:
    """The classes of bodies, all of them at first."""
    return forms.ChoiceField(label=_("Bodies"), choices=[("", _("All bodies")), *ActorClass.choices], required=False)


class CalendarForm(forms.Form):
    """Which part of the calendar, for whom."""

    month = forms.TypedChoiceField(
        label=_("Month"),
        choices=[(WHOLE_YEAR, _("The whole year")), *((str(n), name) for n, name in enumerate(MONTHS, start=1))],
        required=False,
        coerce=int,
        empty_value=None,
    )
    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST.year + 1, max_value=LAST.year - 1, required=False, widget=forms.NumberInput
    )
    actor = actor_field()


class RegisterForm(forms.Form):
    """The rules of which day, for whom."""

    on = DayField(label=_("In force on"), required=False, help_text=_("Today where nothing is chosen."))
    actor = actor_field()


class BasesForm(forms.Form):
    """The documents of which day; all of them where none is chosen."""

    on = DayField(label=_("In force on"), required=False)


class CalculatorForm(forms.Form):
    """What is to be computed: a deadline, and when the event was."""

    kind = forms.ChoiceField(label=_("Deadline"))
    day = DayField(label=_("Day of the event"))
    at = forms.TimeField(
        label=_("Time of the event"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("For limits in hours; Hanoi time."),
    )
    on = DayField(
        label=_("Day that decides which rule applies"),
        required=False,
        help_text=_("Only where it is not the day of the event, such as a file opened before the law changed."),
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["kind"]
        field.choices = kinds

    @property
    def trigger(self) -> Any:
        """The moment where a time was given, otherwise the day."""
        day, at = self.cleaned_data["day"], self.cleaned_data.get("at")
        return datetime.combine(day, at or time.min, ZONE) if at else day


class WorkingDayForm(forms.Form):
    """A decision about one day."""

    day = DayField(label=_("Day"))
    working = forms.TypedChoiceField(
        label=_("What is decided"),
        choices=[("off", _("Day off")), ("worked", _("Working day"))],
        coerce=lambda value: value == "worked",
    )
    name = forms.CharField(label=_("What it is"), max_length=200, help_text=_("As it will stand in the calendar."))
    basis = forms.CharField(label=_("Legal basis"), max_length=200, help_text=_("Number and symbol of the document."))
    source = forms.CharField(label=_("Source"), max_length=300, required=False)


class YearForm(forms.Form):
    """Which year's decisions."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST.year, max_value=LAST.year, required=False)

    def chosen(self) -> int:
        """The year asked for, or this one."""
        return (self.is_valid() and self.cleaned_data["year"]) or timezone.localdate().year
