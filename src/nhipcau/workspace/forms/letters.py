"""The form of a letter, in the order of the paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.access.classification import Classification
from nhipcau.network.models import Organisation
from nhipcau.workspace.domain.letter_content import LetterContent, To
from nhipcau.workspace.models import Channel, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.http import QueryDict

    from nhipcau.workspace.models import Letter


class DayField(forms.DateField):
    """A day as a browser's date field sends it, or as people write it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], widget=widget, **options)


def _text(label: Any, longest: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, **options)


class LetterForm(forms.Form):
    """What is written in a letter; its recipients are :class:`RecipientRows` beside it."""

    organisation = forms.ModelChoiceField(None, label=_("Issuing office"))
    symbol = _text(
        _("Symbol"),
        60,
        required=False,
        help_text=_("As in CV-BVHTTDL; the number is given at issue."),
    )
    place = _text(_("Place"), 100, required=False, help_text=_("As in Hà Nội; the date is that of issue."))
    classification = forms.ChoiceField(choices=Classification, label=_("Classification"))
    subject = _text(_("Subject"), 500, help_text=_("What it is about, in one sentence, without “V/v”."))
    body = forms.CharField(
        label=_("What it says"),
        max_length=100_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("An empty line parts two paragraphs."),
    )
    archive_line = _text(_("Kept on file"), 200, required=False, help_text=_("As in VT, TTĐN; printed after “Lưu:”."))

    def __init__(self, *args: Any, offices: Iterable[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = list(offices)
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[office.pk for office in choices])
        if len(choices) == 1:
            self.fields["organisation"].initial = choices[0]
            self.fields["organisation"].empty_label = None

    def content(self, recipients: Sequence[To]) -> LetterContent:
        """What was written, once the form is valid."""
        names = ("subject", "body", "place", "symbol", "archive_line", "classification")
        return LetterContent(**{name: self.cleaned_data[name] for name in names}, recipients=recipients)


class RegisterForm(LetterForm):
    """A letter that came from outside of the desk."""

    field_order = (
        "organisation", "sender", "sender_number", "sender_date", "channel", "classification", "subject", "body",
    )  # fmt: skip

    sender = _text(_("Sender"), 300)
    sender_number = _text(_("Number and symbol"), 100, required=False)
    sender_date = DayField(label=_("Date of the letter"), required=False)
    channel = forms.ChoiceField(choices=Channel, label=_("Came"))
    due_on = DayField(label=_("Answer by"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("symbol", "place", "archive_line"):
            del self.fields[name]
        self.fields["organisation"].label = _("For the office")
        self.fields["body"].label = _("What it says")
        self.fields["body"].help_text = _("A summary, or its text; the copy itself is attached afterwards.")

    def content(self, recipients: Sequence[To] = ()) -> LetterContent:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        own = [To(given["organisation"], Purpose.ACTION, given["due_on"]), *recipients]
        return LetterContent(
            subject=given["subject"], body=given["body"], classification=given["classification"], recipients=own
        )


@dataclass(slots=True)
class RecipientRow:
    """One recipient in the form, as it was typed; ``error`` says what is wrong with its day."""

    organisation: Organisation
    purpose: str = Purpose.ACTION
    due_on: str = ""
    error: Any = ""


class RecipientRows:
    """The recipients in the form: those there, less those taken out, and those ticked in the search."""

    def __init__(self, rows: list[RecipientRow]) -> None:
        self.rows = rows

    @classmethod
    def of(cls, letter: Letter) -> RecipientRows:
        """As the letter has them."""
        return cls(
            [
                RecipientRow(row.organisation, row.purpose, row.due_on.isoformat() if row.due_on else "")
                for row in letter.recipients.select_related("organisation")
            ]
        )

    @classmethod
    def read(cls, data: QueryDict) -> RecipientRows:
        """As the form sends them: ``to`` and ``add`` are organisations, ``drop`` those to take out."""
        kept = [key for key in data.getlist("to") if key not in data.getlist("drop")]
        keys = [int(key) for key in dict.fromkeys([*kept, *data.getlist("add")]) if key.isascii() and key.isdigit()]
        there = Organisation.objects.in_bulk([key for key in keys if key < 2**63])
        return cls(
            [
                RecipientRow(
                    there[key],
                    Purpose.INFORMATION if data.get(f"purpose-{key}") == Purpose.INFORMATION else Purpose.ACTION,
                    data.get(f"due-{key}", ""),
                )
                for key in keys
                if key in there
            ]
        )

    @property
    def ids(self) -> list[int]:
        """The organisations named."""
        return [row.organisation.pk for row in self.rows]

    def is_valid(self) -> bool:
        """Whether every day can be read; what cannot is said at its row."""
        for row in self.rows:
            row.error = "" if row.due_on == "" or _day(row.due_on) else _("Not a day: write it as 22/11/2026.")
        return not any(row.error for row in self.rows)

    def asked(self) -> list[To]:
        """What is asked for, once valid."""
        return [To(row.organisation, row.purpose, _day(row.due_on)) for row in self.rows]


def _day(text: str) -> date | None:
    try:
        found: date = DayField().clean(text)
    except forms.ValidationError:
        return None
    return found


class ReasonForm(forms.Form):
    """Why a step is taken, in the actor's own words."""

    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class IssueForm(forms.Form):
    """What is added at issue."""

    post = forms.CharField(
        label=_("Post of the signer"),
        max_length=200,
        help_text=_("As it is printed above the name, e.g. KT. CỤC TRƯỞNG, PHÓ CỤC TRƯỞNG."),
    )
