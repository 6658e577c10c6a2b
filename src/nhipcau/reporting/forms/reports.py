"""What the steps of a report ask for."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.network.forms import DayField
from nhipcau.reporting.domain.reports import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.documents.forms import Form, Item, Section

#: Kind of item -> where its answers lie: a line comment says ``figures.items``.
PLACES = {"text": "texts", "figure": "figures", "table": "tables", "file": "files"}


def place_of(item: Item) -> str:
    """The place of an item, as line comments name it."""
    return f"{PLACES[item.kind]}.{item.key}"


class SendBackForm(forms.Form):
    """What is to be mended: in general, and at each item of the form."""

    reason = forms.CharField(
        label=_("In general"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, asks: Form, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asks = asks
        for item in asks.items.values():
            self.fields[place_of(item)] = forms.CharField(
                label=item.label, required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 1})
            )

    def sections(self) -> Iterator[tuple[Section, list[Any]]]:
        """Each section of the form with the fields of its items."""
        for section in self.asks.sections:
            yield section, [self[place_of(item)] for item in section.items]

    def lines(self) -> list[Line]:
        """What was said at the items."""
        return [Line(name, text) for name, text in self.cleaned_data.items() if name != "reason" and text.strip()]


class UnlockForm(forms.Form):
    """Why an accepted report is unlocked, and until when."""

    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    until = DayField(label=_("Until, that day included"), help_text=_("By the clock of the desk."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["until"].initial = timezone.localdate() + timedelta(days=5)

    def moment(self) -> datetime:
        """The end of the day until which it is unlocked, aware, in Asia/Ho_Chi_Minh."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], time(23, 59, 59)))
