"""The forms by which an office keeps its people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.accounts.models import (
    FULL_TIME,
    GIVEN_BY_SYSTEM_OWNER,
    GIVEN_BY_SYSTEM_OWNER_ALONE,
    Membership,
    Person,
    Role,
)
from nhipcau.network.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


class DayField(forms.DateField):
    """A day as a browser's date field sends it, or as people write it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], widget=widget, **options)


class OfficeField(forms.ModelChoiceField):
    """One of the offices that the reader may do this for; where there is one, it is chosen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(None, label=_("Office"), **options)

    def among(self, offices: QuerySet[Organisation]) -> None:
        """Offer these."""
        self.queryset = offices
        first = list(offices[:2])
        if len(first) == 1:
            self.initial, self.empty_label = first[0], None


def roles_given_by(actor: Person) -> list[tuple[str, Any]]:
    """The roles that this person may give in the offices that are theirs to keep."""
    if actor.is_system_owner:
        return [(role.value, role.label) for role in Role if role in GIVEN_BY_SYSTEM_OWNER]
    return [(role.value, role.label) for role in Role if role not in GIVEN_BY_SYSTEM_OWNER_ALONE]


class _OfOffices(forms.Form):
    """A form about an office, for whoever keeps one or several."""

    organisation = OfficeField()

    def __init__(self, *args: Any, actor: Person, offices: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].among(offices)
        if "roles" in self.fields:
            self.fields["roles"].choices = roles_given_by(actor)


class RolesField(forms.MultipleChoiceField):
    """One role or several, ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(label=_("Roles"), error_messages={"required": _("Choose at least one role.")})


class AdmitForm(_OfOffices):
    """Who comes into the office."""

    name = forms.CharField(label=_("Full name"), max_length=200, help_text=_("Family name first."))
    email = forms.EmailField(
        label=_("E-mail address for work"),
        max_length=254,
        help_text=_("The person signs in with it. Somebody who has an account already keeps it."),
    )
    roles = RolesField()
    valid_from = DayField(label=_("From"), initial=timezone.localdate)
    valid_to = DayField(label=_("Until, that day included"), required=False, help_text=_("Empty where it is open."))

    field_order = ("name", "email", "organisation", "roles", "valid_from", "valid_to")


class GrantForm(_OfOffices):
    """Another role for somebody who is known."""

    roles = RolesField()
    valid_from = DayField(label=_("From"), initial=timezone.localdate)
    valid_to = DayField(label=_("Until, that day included"), required=False, help_text=_("Empty where it is open."))


class EndForm(forms.Form):
    """The last day of something."""

    last_day = DayField(label=_("Last day"), initial=timezone.localdate)


class DismissForm(_OfOffices):
    """Who leaves the office, and when."""

    last_day = DayField(
        label=_("Last day in the office"),
        initial=timezone.localdate,
        help_text=_("Rights hold until the end of that day. Choose yesterday to end them at once."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, help_text=_("In few words, for the record.")
    )


class MoveForm(forms.Form):
    """Who goes from one office of the reader's to another."""

    origin = OfficeField()
    destination = OfficeField()
    roles = RolesField()
    first_day = DayField(label=_("First day in the new office"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def __init__(
        self,
        *args: Any,
        actor: Person,
        origins: QuerySet[Organisation],
        offices: QuerySet[Organisation],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["origin"].among(origins)
        self.fields["destination"].among(offices)
        self.fields["origin"].label, self.fields["destination"].label = _("From the office"), _("To the office")
        self.fields["roles"].choices = roles_given_by(actor)


class DeputiseForm(forms.Form):
    """Who stands in for whom, in what, how long, on what basis: in the order of the paper."""

    memberships = forms.MultipleChoiceField(
        label=_("Roles to be acted in"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )
    deputy = forms.ModelChoiceField(None, label=_("Deputy"), help_text=_("Somebody of the same office."))
    valid_from = DayField(label=_("From"), initial=timezone.localdate)
    valid_to = DayField(label=_("Until, that day included"))
    number = forms.CharField(label=_("Number and symbol of the decision"), max_length=100, required=False)
    decided_on = DayField(label=_("Date of the decision"), required=False)
    note = forms.CharField(
        label=_("Basis, where there is no numbered decision"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    case = forms.CharField(
        label=_("Case, for a spokesperson's deputy"),
        max_length=300,
        required=False,
        help_text=_("A spokesperson authorises for one case, by a numbered decision (Decree 09/2017/NĐ-CP, Art. 3)."),
    )

    def __init__(
        self, *args: Any, memberships: Iterable[Membership], colleagues: QuerySet[Person], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        held = [one for one in memberships if one.role != Role.AUTHORISED_SPOKESPERSON]
        self.memberships = {str(one.pk): one for one in held}
        self.fields["memberships"].choices = [
            (key, f"{one.get_role_display()}, {one.organisation}") for key, one in self.memberships.items()
        ]
        if len(held) == 1:
            self.fields["memberships"].initial = [str(held[0].pk)]
        self.fields["deputy"].queryset = colleagues

    def chosen(self) -> list[Membership]:
        """The roles that were ticked, once the form is valid."""
        return [self.memberships[key] for key in self.cleaned_data["memberships"]]


class FocalDutyForm(_OfOffices):
    """The duty of a focal officer, as the decision has it."""

    share = forms.IntegerField(
        label=_("Share of working time, percent"),
        min_value=1,
        max_value=FULL_TIME,
        help_text=_("100 for somebody who does nothing else."),
    )
    number = forms.CharField(label=_("Number and symbol of the decision"), max_length=100, required=False)
    decided_on = DayField(label=_("Date of the decision"), required=False)
    issuer = forms.CharField(label=_("Issued by"), max_length=300, required=False)
    valid_from = DayField(label=_("From"), initial=timezone.localdate)
    valid_to = DayField(label=_("Until, that day included"), required=False, help_text=_("Empty where it is open."))


class TrainingForm(forms.Form):
    """A course that a focal officer took."""

    course = forms.CharField(label=_("Course"), max_length=300)
    organiser = forms.CharField(label=_("Held by"), max_length=300, required=False)
    held_from = DayField(label=_("First day"))
    held_to = DayField(label=_("Last day"), required=False)


class FirstPasswordForm(forms.Form):
    """The first password of an account, written twice. Whether it is good is judged where it is set."""

    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters; a short sentence is easy to remember."),
    )
    again = forms.CharField(
        label=_("The same again"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("This is not the same password."))
        return given


class PeopleFilterForm(forms.Form):
    """What narrows the list of people."""

    q = forms.CharField(label=_("Name or address"), required=False)
    office = forms.ModelChoiceField(None, label=_("Office"), required=False, empty_label=_("All offices"))
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices])
    when = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[("", _("Today")), ("coming", _("Coming")), ("left", _("Left")), ("all", _("At any time"))],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        seen = Membership.objects.order_by().values("organisation_id")
        self.fields["office"].queryset = Organisation.objects.filter(pk__in=seen)


class CoverageFilterForm(forms.Form):
    """What narrows the list of offices and their focal officers."""

    kind = forms.ChoiceField(label=_("Class"), required=False)
    focal = forms.ChoiceField(
        label=_("Focal officer"),
        required=False,
        choices=[
            ("", _("All offices")),
            ("none", _("Without a focal officer")),
            ("any", _("With a focal officer")),
            ("full", _("With somebody who does nothing else")),
            ("part", _("With part of somebody's time only")),
        ],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        from nhipcau.network.models import Kind

        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", _("All classes")), *Kind.choices]
