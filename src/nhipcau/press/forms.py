"""Forms of the press room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.access.classification import Classification
from nhipcau.network.models import Organisation
from nhipcau.newswire import gazetteer
from nhipcau.press.domain.contents import DigestHead
from nhipcau.press.phrases import topic_name
from nhipcau.text import sort_key

if TYPE_CHECKING:
    from nhipcau.press.models import DigestEntry


def section_choices() -> list[tuple[str, str]]:
    """The sections of a digest, by name; other topics last."""
    named = sorted(((code, topic_name(code)) for code in gazetteer.TOPICS), key=lambda pair: sort_key(pair[1]))
    return [*named, ("", str(_("Other topics")))]


class EntryForm(forms.Form):
    """What is written in an entry, in Vietnamese, beside the original."""

    headline = forms.CharField(label=_("Headline in Vietnamese"), max_length=500, required=False)
    gist = forms.CharField(
        label=_("Gist in Vietnamese"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    note = forms.CharField(
        label=_("Note for the reader"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    section = forms.ChoiceField(label=_("Section"), required=False)

    def __init__(self, *args: Any, entry: DigestEntry, **options: Any) -> None:
        # One page holds many of these: the fields' ids carry the entry.
        super().__init__(*args, auto_id=f"%s-{entry.pk}", **options)
        self.fields["section"].choices = section_choices()
        for name in ("headline", "gist", "note"):
            self.fields[name].widget.attrs |= {"lang": "vi", "autocomplete": "off"}


class HeadForm(forms.Form):
    """What a digest says besides its entries, in the order of the paper; its recipients are chosen beside it."""

    symbol = forms.CharField(
        label=_("Symbol"), max_length=60, required=False, help_text=_("As in ĐB-BVHTTDL; the number is given at issue.")
    )
    place = forms.CharField(
        label=_("Place"), max_length=100, required=False, help_text=_("As in Hà Nội; the date is that of issue.")
    )
    classification = forms.ChoiceField(choices=Classification, label=_("Classification"))
    title = forms.CharField(
        label=_("Title"), max_length=300, required=False, help_text=_("Without one it is called by its kind and day.")
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The day in about five lines; stands before everything else."),
    )
    outlook = forms.CharField(
        label=_("Outlook"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the foreign press is likely to take up next."),
    )
    archive_line = forms.CharField(
        label=_("Kept on file"),
        max_length=200,
        required=False,
        help_text=_("As in VT, TTĐN; printed after “Lưu:”."),
    )

    def head(self, recipients: list[Organisation]) -> DigestHead:
        """What was written, once the form is valid."""
        return DigestHead(**self.cleaned_data, recipients=recipients)


class NoticeForm(forms.Form):
    """What is corrected in an issued digest."""

    text = forms.CharField(
        label=_("What was wrong, and what is right"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )


class BeginForm(forms.Form):
    """The week of a weekly digest, by any day in it."""

    organisation = forms.ModelChoiceField(None, label=_("Issuing office"), empty_label=None)
    day = forms.DateField(
        label=_("A day of the week"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The digest runs from its Monday to its Sunday."),
    )

    def __init__(self, *args: Any, offices: list[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=[office.pk for office in offices])
        field.initial = offices[0] if offices else None
