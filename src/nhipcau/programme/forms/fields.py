"""Fields that several forms of this room share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language

from nhipcau.network.models import Organisation
from nhipcau.network.queries import organisations_on
from nhipcau.text import read_number
from nhipcau.ui.templatetags.ui import vi_number
from nhipcau.workspace.forms.letters import DayField
from nhipcau.workspace.models import Letter

__all__ = ["DayField", "LetterField", "MoneyField", "long", "office_field", "own_offices", "short", "version_field"]


def short(label: Any, longest: int, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """One line."""
    return forms.CharField(label=label, max_length=longest, required=required, help_text=help_text)


def long(label: Any, *, rows: int = 4, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=20_000, required=required, help_text=help_text, widget=widget)


def version_field() -> forms.IntegerField:
    """The version that a form was opened with."""
    return forms.IntegerField(min_value=0, max_value=10**9, required=False, widget=forms.HiddenInput, initial=1)


def office_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.ModelChoiceField:
    """One organisation of those that exist today; :func:`of_nation` says of which nation."""
    return forms.ModelChoiceField(None, label=label, required=required, help_text=help_text, empty_label="–")


def of_nation(field: Any, *, sample: bool) -> None:
    """Sample offices and real ones do not mix."""
    field.queryset = organisations_on(timezone.localdate()).filter(sample=sample)


def own_offices(field: Any, keys: Any) -> None:
    """The offices for which the reader acts; where there is one, it is chosen."""
    field.queryset = Organisation.objects.filter(pk__in=list(keys))
    offices = list(field.queryset[:2])
    if len(offices) == 1:
        field.initial, field.empty_label = offices[0], None


class MoneyField(forms.DecimalField):
    """An amount in whole đồng, shown and typed as the reader's language writes it: 6.500.000.000."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__(min_value=0, max_digits=18, decimal_places=0, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field: what was typed, as it was typed."""
        return vi_number(value) if isinstance(value, Decimal | int) else value

    def to_python(self, value: Any) -> Decimal | None:
        """The amount."""
        amount: Decimal | None = super().to_python(read_number(str(value or ""), get_language() or "vi"))
        return amount


class LetterField(forms.ModelChoiceField):
    """A letter of this desk that an office has issued or received."""

    def __init__(self, **options: Any) -> None:
        super().__init__(None, required=False, empty_label="–", **options)

    def of_reader(self) -> None:
        """The last hundred that the reader sees."""
        seen = Letter.objects.exclude(issued_at=None, sender_name="").order_by("-changed_at", "-pk")
        self.queryset = Letter.objects.filter(pk__in=list(seen.values_list("pk", flat=True)[:100]))
