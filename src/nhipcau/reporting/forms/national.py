"""Forms of national reports and seals."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.reporting.domain.national import NationalHead
from nhipcau.reporting.models import Campaign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.network.models import Organisation


class DraftForm(forms.Form):
    """Of which campaign, under which title, from which reports."""

    campaign = forms.ModelChoiceField(None, label=_("Campaign"), empty_label=None)
    title = forms.CharField(label=_("Title"), max_length=300)
    only_accepted = forms.BooleanField(
        label=_("Accepted reports only"),
        required=False,
        help_text=_("Otherwise reports that lie here and are not accepted yet are taken in too, and marked."),
    )

    def __init__(self, *args: Any, campaigns: Sequence[Campaign], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["campaign"]
        field.queryset = Campaign.objects.filter(pk__in=[row.pk for row in campaigns])
        field.initial = campaigns[0] if campaigns else None
        self.fields["title"].widget.attrs["lang"] = "vi"


class NationalHeadForm(forms.Form):
    """What a national report says besides its sentences, in the order of the paper; recipients are chosen beside it."""

    symbol = forms.CharField(
        label=_("Symbol"), max_length=60, required=False, help_text=_("As in BC-BVHTTDL; the number is given at issue.")
    )
    place = forms.CharField(
        label=_("Place"), max_length=100, required=False, help_text=_("As in Hà Nội; the date is that of issue.")
    )
    title = forms.CharField(label=_("Title"), max_length=300)
    lead = forms.CharField(
        label=_("Introduction"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Stands before the first part; each line is a paragraph."),
    )
    archive_line = forms.CharField(
        label=_("Kept on file"),
        max_length=200,
        required=False,
        help_text=_("As in VT, TTĐN; printed after “Lưu:”."),
    )

    def head(self, recipients: Sequence[Organisation]) -> NationalHead:
        """What was written, once the form is valid."""
        return NationalHead(**self.cleaned_data, recipients=recipients)


class SealForm(forms.Form):
    """As of the end of which day figures are sealed, and what for."""

    day = forms.DateField(
        label=_("As submitted by the end of"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last submission of each report that had come in by then; today counts until now."),
    )
    reason = forms.CharField(label=_("What for"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    @property
    def moment(self) -> datetime:
        """The end of that day in Viet Nam, or now where it is today."""
        end = timezone.make_aware(datetime.combine(self.cleaned_data["day"], time.max))
        today = self.cleaned_data["day"] == timezone.localdate()
        return timezone.now() if today else end
