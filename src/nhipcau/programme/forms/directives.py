"""What is entered of directives and their clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.law.models import Confidence, LegalBasis
from nhipcau.programme import words
from nhipcau.programme.domain.directives import LAW_SAYS, ClauseContent, DirectiveContent
from nhipcau.programme.forms.fields import DayField, long, own_offices, short, version_field
from nhipcau.programme.models import Clause, ClauseKind, Directive, DirectiveKind, Finding, LinkKind
from nhipcau.programme.queries.directives import choices_of_directives

if TYPE_CHECKING:
    from collections.abc import Iterable


class DirectivesForm(forms.Form):
    """What narrows the register."""

    q = forms.CharField(label=_("Words"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *DirectiveKind.choices], required=False)
    standing = forms.ChoiceField(
        label=_("In force"), choices=[("", _("All of them")), *words.STANDINGS.items()], required=False
    )
    year = forms.IntegerField(label=_("Year of issue"), min_value=1945, max_value=2100, required=False)


class DirectiveForm(forms.Form):
    """A directive, in the order in which its first page says it."""

    organisation = forms.ModelChoiceField(None, label=_("Office that keeps the register"))
    kind = forms.ChoiceField(label=_("Kind"), choices=DirectiveKind.choices)
    number = short(_("Number and symbol"), 60, required=False, help_text=_("As in 47/NQ-CP."))
    issued_on = DayField(label=_("Date of issue"), required=False)
    issuer = short(_("Issued by"), 200)
    title_vi = long(_("Title in Vietnamese"), rows=2, required=True)
    title_en = long(_("Title in English"), rows=2)
    signer_name = short(_("Signer"), 200, required=False)
    signer_post = short(_("Signer's post"), 200, required=False)
    valid_from = DayField(label=_("In force from"), required=False)
    valid_to = DayField(label=_("In force until, that day included"), required=False)
    basis = forms.ModelChoiceField(
        None,
        label=_("Legal basis"),
        required=False,
        empty_label="–",
        help_text=_("Where the law room holds the same document: what it says of it stays its to say."),
    )
    note = long(_("Note"), rows=3)
    source = short(_("Source"), 400, required=False, help_text=_("Where it can be read."))
    confidence = forms.ChoiceField(label=_("Confidence"), choices=Confidence.choices)
    finding = forms.ChoiceField(label=_("What was read"), choices=Finding.choices)
    version = version_field()

    def __init__(self, *args: Any, offices: Iterable[int], directive: Directive | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["basis"].queryset = LegalBasis.objects.all()
        if directive is None:
            own_offices(fields["organisation"], offices)
        else:
            del fields["organisation"]
            if directive.basis_id is not None:
                for name in LAW_SAYS:
                    fields[name].disabled = True

    def content(self) -> DirectiveContent:
        """What was entered, once the form is valid."""
        left_out = {"organisation", "version"}
        return DirectiveContent(**{name: value for name, value in self.cleaned_data.items() if name not in left_out})


class ClauseForm(forms.Form):
    """A clause of a directive."""

    parent = forms.ModelChoiceField(None, label=_("Part of"), required=False, empty_label=_("Directly under the head"))
    kind = forms.ChoiceField(label=_("Kind"), choices=ClauseKind.choices)
    number = short(_("Number as printed"), 60, required=False, help_text=_("As in Điều 3, Nhóm 2, Phụ lục I."))
    text_vi = long(_("Text in Vietnamese"), rows=6, required=True)
    text_en = long(_("Text in English"), rows=4)
    place = forms.IntegerField(
        label=_("Place"), min_value=0, max_value=9999, required=False, help_text=_("Small ones first; last if empty.")
    )
    finding = forms.ChoiceField(label=_("What was read"), choices=Finding.choices)
    source = short(_("Source"), 400, required=False)
    version = version_field()

    def __init__(self, *args: Any, directive: Directive, clause: Clause | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        others = Clause.objects.filter(directive=directive)
        parent: Any = self.fields["parent"]
        parent.queryset = others.exclude(pk=clause.pk) if clause else others

    def content(self) -> ClauseContent:
        """What was entered, once the form is valid."""
        return ClauseContent(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class LinkForm(forms.Form):
    """What a later directive does to this one."""

    other = forms.TypedChoiceField(label=_("Later directive"), coerce=int)
    kind = forms.ChoiceField(label=_("What it does"), choices=LinkKind.choices)
    day = DayField(label=_("From"), required=False)
    note = short(_("Note"), 300, required=False)

    def __init__(self, *args: Any, directive: Directive, **options: Any) -> None:
        super().__init__(*args, **options)
        other: Any = self.fields["other"]
        every = choices_of_directives(sample=directive.sample)
        other.choices = [(key, words) for key, words in every if key != directive.pk]
