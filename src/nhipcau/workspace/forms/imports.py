from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.documents.packages import MB, MOST_BYTES


class ImportForm(forms.Form):
    """The file to be tried."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx) or csv, 10 MB at most."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": _("The file is empty."), "required": _("Choose a file first.")},
    )

    def clean_file(self) -> bytes:
        """The bytes; what is too large is not read."""
        file = self.cleaned_data["file"]
        self.name = file.name
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(mb)s MB: divide it."), params={"mb": MOST_BYTES // MB}
            )
        return bytes(file.read())
