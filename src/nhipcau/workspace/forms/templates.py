from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.documents.packages import MB
from nhipcau.documents.studio.checking import MOST_BYTES


class TemplateForm(forms.Form):
    """A template for one kind of document of one office."""

    office = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.CharField(max_length=32, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Template"),
        help_text=_("Word (.docx) without macros, 5 MB at most."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        error_messages={"empty": _("The file is empty."), "required": _("Choose a file first.")},
    )

    def clean_file(self) -> bytes:
        """The bytes; what is too large is not read."""
        file = self.cleaned_data["file"]
        self.name = file.name
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than %(mb)s MB."), params={"mb": MOST_BYTES // MB})
        return bytes(file.read())
