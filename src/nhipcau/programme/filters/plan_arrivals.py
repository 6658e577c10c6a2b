"""How the list of who sent the annual plan, and who has not, is narrowed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.network.models import Kind
from nhipcau.programme.filters.plans import offices_named
from nhipcau.programme.queries.plan_arrivals import MISSING, OLD_UNITS
from nhipcau.programme.queries.plan_duty import OWING

if TYPE_CHECKING:
    from django.http import QueryDict

#: What came of an office, in the order in which it is asked for.
ARRIVAL_STATES = {
    MISSING: _("Missing"),
    OLD_UNITS: _("Only from old units"),
    "issued": _("Issued, not taken in"),
    "received": _("Plan taken in"),
    "returned": _("Sent back for amendment"),
    "accepted": _("Plan accepted"),
}
_EARLIEST, _LATEST = date(2010, 1, 1), date(2100, 12, 31)


class ArrivalForm(forms.Form):
    """Year and day say what is shown; the rest narrows it."""

    year = forms.IntegerField(label=_("Plan for the year"), min_value=2010, max_value=2100, required=False)
    day = forms.DateField(
        label=_("As of"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        validators=[MinValueValidator(_EARLIEST), MaxValueValidator(_LATEST)],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    kind = forms.ChoiceField(
        label=_("Class"),
        required=False,
        choices=[("", _("All classes")), *((code, label) for code, label in Kind.choices if code in OWING)],
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *ARRIVAL_STATES.items()]
    )
    office = forms.CharField(label=_("Office"), required=False)


def asked_of(data: QueryDict) -> tuple[int, date]:
    """The year and the day that an address asks for: the plans for next year, as of today, where it says nothing."""
    form = ArrivalForm(data)
    form.is_valid()
    today = timezone.localdate()
    return form.cleaned_data.get("year") or today.year + 1, form.cleaned_data.get("day") or today


def narrow_arrivals(rows: Any, asked: dict[str, Any]) -> Any:
    """The offices of a class, in a state, with these words in their name."""
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    if asked.get("state"):
        rows = rows.filter(plan_state=asked["state"])
    if asked.get("office"):
        rows = rows.filter(pk__in=offices_named(asked["office"]).order_by().values("pk"))
    return rows
