from django import forms
from django.utils.translation import gettext_lazy as _


class CommentForm(forms.Form):
    """What is said; ``@Full Name`` names somebody."""

    text = forms.CharField(label=_("Comment"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
