"""The forms by which a report form is written: an item, a part, its head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from nhipcau.documents.forms import FigureItem, FileItem, FormError, Section, TableItem, TextItem, editing
from nhipcau.programme import figures

if TYPE_CHECKING:
    from nhipcau.documents.forms import Form, Item

KINDS = (
    ("text", gettext_lazy("Text")),
    ("figure", gettext_lazy("Figure")),
    ("table", gettext_lazy("Table")),
    ("file", gettext_lazy("Files")),
)
NUMBERS = (
    ("whole", gettext_lazy("Whole number")),
    ("decimal", gettext_lazy("Decimal number")),
    ("money", gettext_lazy("Money")),
)
_KEY_HELP = gettext_lazy("Small letters, digits and _; the same key in the next version is the same question.")


class ItemForm(forms.Form):
    """An item of any kind: what does not belong to its kind is left out."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS)
    key = forms.CharField(label=gettext_lazy("Key"), max_length=60, help_text=_KEY_HELP)
    label = forms.CharField(label=gettext_lazy("What is asked"), max_length=300)
    guidance = forms.CharField(label=gettext_lazy("Guidance"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False)
    unit = forms.CharField(label=gettext_lazy("Unit"), required=False, max_length=60)
    number = forms.ChoiceField(label=gettext_lazy("Kind of number"), choices=NUMBERS, required=False)
    axes = forms.MultipleChoiceField(
        label=gettext_lazy("Broken down by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    source = forms.ChoiceField(label=gettext_lazy("Taken from the desk"), required=False)
    counted = forms.ChoiceField(label=gettext_lazy("Counted from a table"), required=False)
    columns = forms.CharField(
        label=gettext_lazy("Columns"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "form-control code"}),
        help_text=gettext_lazy(
            "One a line: key | label | kind | bắt buộc. Kinds: text, whole, decimal, money, date, choice:axis."
        ),
    )

    def __init__(self, *args: Any, form: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["axes"].choices = [(axis.key, axis.label) for axis in form.axes]  # type: ignore[attr-defined]
        offered = [(offer.key, str(offer.title)) for offer in figures.offers()]
        self.fields["source"].choices = [("", "–"), *offered]  # type: ignore[attr-defined]
        self.fields["counted"].choices = [("", "–"), *_countable(form)]  # type: ignore[attr-defined]

    def item(self) -> Item | None:
        """The item; None where the columns are none, which is said at their field."""
        said = self.cleaned_data
        common = {name: said[name] for name in ("key", "label", "guidance", "required")}
        match said["kind"]:
            case "figure":
                number = said["number"] or "whole"
                more = {name: said[name] for name in ("unit", "source", "counted")}
                return FigureItem(**common, **more, number=number, axes=tuple(said["axes"]))
            case "table":
                try:
                    return TableItem(**common, columns=editing.read_columns(said["columns"]))
                except FormError as error:
                    self.add_error("columns", error.sentence.told(gettext))
                    return None
            case "file":
                return FileItem(**common)
        return TextItem(**common)


def initial_of(item: Item) -> dict[str, Any]:
    """What stands in the form of an item that is there."""
    said = {name: getattr(item, name) for name in ("kind", "key", "label", "guidance", "required")}
    if isinstance(item, FigureItem):
        said |= {name: getattr(item, name) for name in ("unit", "number", "source", "counted")}
        said["axes"] = list(item.axes)
    if isinstance(item, TableItem):
        said["columns"] = editing.write_columns(item.columns)
    return said


def _countable(form: Form) -> list[tuple[str, str]]:
    found = []
    for item in form.items.values():
        if isinstance(item, TableItem):
            found.append((item.key, gettext("%(table)s: number of rows") % {"table": item.label}))
            numbers = (column for column in item.columns if column.numeric)
            found += [
                (
                    f"{item.key}.{column.key}",
                    gettext("%(table)s: sum of %(column)s") % {"table": item.label, "column": column.label},
                )
                for column in numbers
            ]
    return found


class SectionForm(forms.Form):
    """A part of the form."""

    key = forms.CharField(label=gettext_lazy("Key"), max_length=60, help_text=_KEY_HELP)
    number = forms.CharField(label=gettext_lazy("Number of the part"), max_length=10)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    guidance = forms.CharField(label=gettext_lazy("Guidance"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def section(self) -> Section:
        """The part, without items."""
        return Section(items=(), **self.cleaned_data)


class HeadForm(forms.Form):
    """Title and basis of the form, its rules."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    basis = forms.CharField(label=gettext_lazy("Legal basis"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    rules = forms.CharField(
        label=gettext_lazy("Rules between figures"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-control code"}),
        help_text=gettext_lazy(
            "One a line: figure + figure <= figure | what is said where it does not hold | chỉ nhắc (only asks for a "
            "comment). Also >= and ==."
        ),
    )


class AxisForm(forms.Form):
    """What figures are broken down by."""

    key = forms.CharField(label=gettext_lazy("Key"), max_length=60, help_text=_KEY_HELP)
    label = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-control code"}),
        help_text=gettext_lazy("One a line: key | label."),
    )


class UploadForm(forms.Form):
    """A form as JSON."""

    file = forms.FileField(label=gettext_lazy("File (.json)"), max_length=200)
