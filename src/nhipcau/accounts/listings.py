"""The lists of this room: the people of one's offices, and the focal officers of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau.access import current
from nhipcau.accounts import queries
from nhipcau.accounts.forms.people import CoverageFilterForm, PeopleFilterForm
from nhipcau.accounts.models import FULL_TIME, Membership, Role
from nhipcau.network.models import valid_on
from nhipcau.ui.listing import Column, Empty, FormFilter, Listing, register
from nhipcau.ui.templatetags.ui import vi_number

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nhipcau.access import Access
    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation
    from nhipcau.ui.listing import Shown


# People ---------------------------------------------------------------------------------------------------------------


def may_keep_people(access: Access) -> bool:
    """Whether the reader keeps the people of an office, or sets offices up: known without asking the database."""
    owns = bool(getattr(access.actor, "is_system_owner", False))
    return owns or bool(access.organisations(Role.OFFICE_ADMINISTRATOR))


def _narrowed(rows: QuerySet[Person], asked: dict[str, Any]) -> QuerySet[Person]:
    today = timezone.localdate()
    when = {
        "": valid_on(today),
        "coming": Q(valid_from__gt=today),
        "left": Q(valid_to__lt=today),
        "all": Q(),
    }[asked.get("when") or ""]
    held = Membership.objects.filter(when).order_by()
    if asked.get("office"):
        held = held.filter(organisation=asked["office"])
    if asked.get("role"):
        held = held.filter(role=asked["role"])
    rows = rows.filter(pk__in=held.values("person_id"))
    if asked.get("when") == "left":
        still = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
        if asked.get("office"):
            still = still.filter(organisation=asked["office"])
        rows = rows.exclude(pk__in=still.order_by().values("person_id"))
    if asked.get("q"):
        rows = rows.filter(pk__in=queries.found_by_name(asked["q"]).values("pk"))
    return rows


def _people_heading(shown: Shown) -> str:
    said = ngettext("%(number)s person in my offices", "%(number)s people in my offices", shown.number)
    return said % {"number": vi_number(shown.number)}


def _roles(person: Person) -> str:
    """The roles of today, each with its office where there are several; those of another time where none is left."""
    today = timezone.localdate()
    held = [one for one in person.seen_roles if one.holds_on(today)] or person.seen_roles  # type: ignore[attr-defined]
    offices = {one.organisation_id for one in held}
    return "; ".join(
        str(one.get_role_display()) if len(offices) == 1 else f"{one.get_role_display()}, {one.organisation}"
        for one in held
    )


def _office(person: Person) -> str:
    names = dict.fromkeys(str(one.organisation) for one in person.seen_roles)  # type: ignore[attr-defined]
    return "; ".join(names)


def _deputies(person: Person) -> str:
    """Who stands in for the person today, and for whom they stand in."""
    said = [
        gettext("%(person)s stands in") % {"person": one.deputy}
        for one in person.stood_in  # type: ignore[attr-defined]
    ]
    said += [
        gettext("stands in for %(person)s") % {"person": one.principal}
        for one in person.standing_in  # type: ignore[attr-defined]
    ]
    return "; ".join(dict.fromkeys(said))


def _account(person: Person) -> str:
    """Whether somebody uses the account yet; for whoever invites people, and nobody else."""
    if not may_keep_people(current()):
        return ""
    if not person.is_active:
        return gettext("closed")
    if person.has_usable_password() or person.last_login is not None:
        return gettext("in use")
    return gettext("invited, no password yet") if person.asked else gettext("not invited yet")  # type: ignore[attr-defined]


PEOPLE = register(
    Listing(
        name="accounts.people",
        view="people:people",
        title=gettext_lazy("People of my offices"),
        heading=_people_heading,
        rows=queries.office_people,
        filters=FormFilter.of(PeopleFilterForm, _narrowed),
        order=("sort_key",),
        empty=lambda _shown: Empty(
            gettext("Nobody is in an office of yours today"),
            gettext("People stand here once somebody is admitted to the office."),
            "users",
        ),
        sample=lambda rows: any(person.sample for person in rows),
        template="accounts/people.html",
        context=lambda _shown: {"keeps": may_keep_people(current())},
        columns=[
            Column(
                key="name",
                label=gettext_lazy("Full name"),
                link=lambda person: reverse("people:person", args=[person.pk]),
                order_by=("sort_key",),
                card="title",
            ),
            Column(key="roles", label=gettext_lazy("Roles"), value=_roles, card="plain", css="why"),
            Column(key="office", label=gettext_lazy("Office"), value=_office, card="plain"),
            Column(key="email", label=gettext_lazy("E-mail address"), card="plain", order_by=("email",)),
            Column(key="deputies", label=gettext_lazy("Deputies"), value=_deputies, card="plain"),
            Column(key="account", label=gettext_lazy("Account"), value=_account),
        ],
    )
)


# Focal officers -------------------------------------------------------------------------------------------------------


def _covered(rows: QuerySet[Organisation], asked: dict[str, Any]) -> QuerySet[Organisation]:
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    which = {
        "none": Q(officer_count=0),
        "any": Q(officer_count__gt=0),
        "full": Q(full_time__gt=0),
        "part": Q(officer_count__gt=0, full_time=0),
    }.get(asked.get("focal") or "")
    return rows.filter(which) if which is not None else rows


def _offices_heading(shown: Shown) -> str:
    said = ngettext("%(number)s office", "%(number)s offices", shown.number)
    return said % {"number": vi_number(shown.number)}


def _officers(office: Organisation) -> str:
    """Each with the share of working time."""
    return "; ".join(f"{duty.person} ({duty.share} %)" for duty in office.officers)  # type: ignore[attr-defined]


FOCAL_OFFICES = register(
    Listing(
        name="accounts.focal_offices",
        view="people:focal_offices",
        title=gettext_lazy("Focal officers by office"),
        heading=_offices_heading,
        rows=queries.focal_offices,
        filters=FormFilter.of(CoverageFilterForm, _covered),
        order=("sort_key",),
        template="accounts/focal_offices.html",
        sample=lambda rows: any(office.sample for office in rows),
        columns=[
            Column(
                key="name",
                label=gettext_lazy("Office"),
                value=str,
                link=lambda office: reverse("network:organisation", args=[office.pk]),
                order_by=("sort_key",),
                card="title",
            ),
            Column(
                key="kind",
                label=gettext_lazy("Class"),
                value=lambda office: str(office.get_kind_display()),
                card="plain",
            ),
            Column(key="officers", label=gettext_lazy("Focal officers"), value=_officers, css="why", card="plain"),
            Column(
                key="shares",
                label=gettext_lazy("People, full-time equivalent"),
                value=lambda office: office.shares / FULL_TIME,
                order_by=("shares",),
                numeric=True,
            ),
            Column(
                key="decision",
                label=gettext_lazy("Decision"),
                value=lambda office: "; ".join(duty.number for duty in office.officers if duty.number),
                chosen=False,
            ),
        ],
    )
)
