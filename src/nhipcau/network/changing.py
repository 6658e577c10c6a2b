"""The forms of the system owner: what happens to organisations, asked for in the words of the decree that says so."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.network.domain.changes import change_parent, close_organisation, rename_organisation
from nhipcau.network.domain.organisations import create_organisation
from nhipcau.network.domain.roles import grant_held_role
from nhipcau.network.domain.successions import merge_organisations
from nhipcau.network.forms import DayField
from nhipcau.network.models import HOME_ZONE, Confidence, Kind, Organisation, RoleInNetwork
from nhipcau.network.rows import NameRow, OrganisationRow
from nhipcau.network.tree import ONE_DAY

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.access import Actor


class ChangeForm(forms.Form):
    """One change of the network: on which day, by which text.

    A subclass says in ``make`` which function of the domain does it.
    """

    title: Any = ""
    done: Any = ""

    day = DayField(label=_("From the day"))
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("The text that says so, with number and date, or where it was read."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = Organisation.objects.filter(valid_to__isnull=True)

    def make(self, actor: Actor) -> Organisation:
        """Do it through the domain; the organisation that the reader wants to see afterwards."""
        raise NotImplementedError

    def eve_and_day(self) -> tuple[date, date]:
        """The two days whose maps show what the change does."""
        day: date = self.cleaned_data["day"]
        return day - ONE_DAY, day

    def mark(self) -> str:
        """What was shown before it is done: done is only what was shown."""
        said = {
            name: [str(getattr(one, "pk", one)) for one in _several(value)] for name, value in self.cleaned_data.items()
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


class FactForm(ChangeForm):
    """A change that enters a fact, which may be more or less sure."""

    confidence = forms.ChoiceField(label=_("Confidence"), choices=Confidence, initial=Confidence.HIGH)

    def _where(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("source", "confidence")}


class RenameForm(FactForm):
    """Other names for the same body."""

    title = _("Rename an organisation")
    done = _("Renamed from that day on.")

    organisation: Any = forms.ModelChoiceField(label=_("Organisation"), queryset=None)
    name_vi = forms.CharField(label=_("New name in Vietnamese"), max_length=300)
    name_en = forms.CharField(label=_("New name in English"), max_length=300)
    field_order = ("organisation", "name_vi", "name_en", "day")

    def make(self, actor: Actor) -> Organisation:
        """Rename."""
        given = {name: self.cleaned_data[name] for name in ("organisation", "name_vi", "name_en", "day")}
        return rename_organisation(actor=actor, **given, **self._where())


class MoveForm(FactForm):
    """Another body above it."""

    title = _("Put an organisation below another")
    done = _("It belongs there from that day on.")

    organisation: Any = forms.ModelChoiceField(label=_("Organisation"), queryset=None)
    parent: Any = forms.ModelChoiceField(
        label=_("Belongs to"), queryset=None, required=False, help_text=_("Empty: it belongs to none.")
    )
    field_order = ("organisation", "parent", "day")

    def make(self, actor: Actor) -> Organisation:
        """Move."""
        given = {name: self.cleaned_data[name] for name in ("organisation", "parent", "day")}
        return change_parent(actor=actor, **given, **self._where())


class CloseForm(ChangeForm):
    """A body ends, and nobody takes over."""

    title = _("End an organisation without a successor")
    done = _("Its last day is entered.")

    organisation: Any = forms.ModelChoiceField(label=_("Organisation"), queryset=None)
    day = DayField(label=_("Last day"))
    field_order = ("organisation", "day")

    def make(self, actor: Actor) -> Organisation:
        """End."""
        given = self.cleaned_data
        return close_organisation(
            actor=actor, organisation=given["organisation"], last_day=given["day"], reason=given["source"]
        )

    def eve_and_day(self) -> tuple[date, date]:
        """The last day is still before."""
        return self.cleaned_data["day"], self.cleaned_data["day"] + ONE_DAY


class NewBodyFields(forms.Form):
    """What a new body needs."""

    slug = forms.CharField(
        label=_("Key"),
        max_length=100,
        validators=[validate_slug],
        help_text=_("Small letters, figures and hyphens; never changes and is no official code."),
    )
    kind = forms.ChoiceField(label=_("Class"), choices=Kind)
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=300)
    name_en = forms.CharField(label=_("Name in English"), max_length=300)


class CreateForm(NewBodyFields, FactForm):
    """A body that did not come from another."""

    title = _("Enter an organisation")
    done = _("Entered.")

    day = DayField(label=_("Exists from"))
    parent: Any = forms.ModelChoiceField(label=_("Belongs to"), queryset=None, required=False)
    country = forms.CharField(
        label=_("Host country"), required=False, max_length=2, help_text=_("For missions: two letters, such as CU.")
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), initial=HOME_ZONE)
    field_order = ("slug", "kind", "name_vi", "name_en", "day", "parent", "country", "time_zone")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        zones: Any = self.fields["time_zone"]
        zones.choices = [(zone, zone) for zone in sorted(available_timezones()) if "/" in zone]

    def make(self, actor: Actor) -> Organisation:
        """Enter."""
        given = dict(self.cleaned_data)
        given["country"] = given["country"].upper()
        return create_organisation(actor=actor, valid_from=given.pop("day"), **given)


class MergeForm(FactForm):
    """Several bodies become one."""

    title = _("Merge organisations")
    done = _("Merged; what they were is answered for by their successor.")

    members: Any = forms.ModelMultipleChoiceField(
        label=_("Organisations that end"),
        queryset=None,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=_("Hold Ctrl to choose several. A single one that becomes a new body was reorganised."),
    )
    into: Any = forms.ModelChoiceField(
        label=_("Merged into"),
        queryset=None,
        required=False,
        help_text=_("An existing body that goes on; empty for a new one."),
    )
    slug = forms.CharField(label=_("Key of the new body"), required=False, max_length=100, validators=[validate_slug])
    kind = forms.ChoiceField(label=_("Class of the new body"), required=False, choices=[("", "–"), *Kind.choices])
    name_vi = forms.CharField(label=_("Name of the new body in Vietnamese"), required=False, max_length=300)
    name_en = forms.CharField(label=_("Name of the new body in English"), required=False, max_length=300)
    day = DayField(label=_("From the day"), help_text=_("The first on which the successor answers."))
    basis = forms.CharField(label=_("Legal basis"), required=False, max_length=300)
    field_order = ("members", "into", "slug", "kind", "name_vi", "name_en", "day", "basis")

    def clean(self) -> dict[str, Any]:
        """Either an existing body, or everything of a new one."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("into"):
            for name in ("slug", "kind", "name_vi", "name_en"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, gettext("A new body needs this; or choose an existing one."))
        return given

    def make(self, actor: Actor) -> Organisation:
        """Merge."""
        given = self.cleaned_data
        into = given["into"] or self._new_body()
        return merge_organisations(
            actor=actor,
            members=list(given["members"]),
            into=into,
            day=given["day"],
            basis=given["basis"],
            **self._where(),
        )

    def _new_body(self) -> OrganisationRow:
        given = self.cleaned_data
        name = NameRow(name_vi=given["name_vi"], name_en=given["name_en"], valid_from=given["day"])
        return OrganisationRow(
            slug=given["slug"],
            kind=given["kind"],
            names=(name,),
            valid_from=given["day"],
            sample=any(member.sample for member in given["members"]),
            **self._where(),
        )


class GrantRoleForm(FactForm):
    """A role in the network passes to a body."""

    title = _("Give a role in the network")
    done = _("Held from that day on; whoever alone held it before holds it until the eve.")

    role = forms.ChoiceField(label=_("Role"), choices=RoleInNetwork)
    organisation: Any = forms.ModelChoiceField(label=_("Organisation"), queryset=None)
    basis = forms.CharField(label=_("Legal basis"), max_length=300)
    field_order = ("role", "organisation", "day", "basis")

    def make(self, actor: Actor) -> Organisation:
        """Grant."""
        given = self.cleaned_data
        held = grant_held_role(
            actor=actor,
            role=given["role"],
            organisation=given["organisation"],
            valid_from=given["day"],
            basis=given["basis"],
            **self._where(),
        )
        return held.organisation


def _several(value: Any) -> list[Any]:
    return list(value) if hasattr(value, "__iter__") and not isinstance(value, str) else [value]
