"""People from a sheet: one row for each role that somebody holds, so that joiners, movers and leavers are all rows.

Whoever is not in the sheet stays as they are: a sheet that lacks somebody must not put them out of office.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from nhipcau.access import PermissionDeniedError
from nhipcau.accounts.domain.deputies import DeputyshipError
from nhipcau.accounts.domain.focal import FocalDutyError, assign_focal_duty, change_focal_share, end_focal_duty
from nhipcau.accounts.domain.invitations import InvitationError, mail_invitation
from nhipcau.accounts.domain.joining import admit_person
from nhipcau.accounts.domain.people import PersonError
from nhipcau.accounts.domain.roles import (
    MembershipError,
    end_membership,
    grant_membership,
    withdraw_membership,
)
from nhipcau.accounts.models import FULL_TIME, FocalDuty, Membership, Person, Role
from nhipcau.documents.importing import ImportColumn, Importer, Outcome, Problem, Taken
from nhipcau.network.models import Organisation
from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.documents.importing import ImportRow

DAY = timedelta(days=1)

COLUMNS = (
    ImportColumn(key="name", label=gettext_lazy("Full name"), required=True, help=gettext_lazy("Family name first.")),
    ImportColumn(
        key="email",
        label=gettext_lazy("E-mail address"),
        required=True,
        help=gettext_lazy("The person signs in with it; it tells two people of one name apart."),
    ),
    ImportColumn(
        key="office",
        label=gettext_lazy("Office"),
        required=True,
        help=gettext_lazy("Its name in Vietnamese or English, or its key."),
    ),
    ImportColumn(
        key="role",
        label=gettext_lazy("Role"),
        required=True,
        choices={role.value: role.label for role in Role},
        help=gettext_lazy("One row for each role."),
    ),
    ImportColumn(
        key="valid_from",
        label=gettext_lazy("From"),
        kind="date",
        help=gettext_lazy("First day. Empty for a role that is held already, and for one that begins today."),
    ),
    ImportColumn(
        key="valid_to",
        label=gettext_lazy("Until, that day included"),
        kind="date",
        help=gettext_lazy("Last day, for who leaves or moves. Empty where it is open."),
    ),
    ImportColumn(
        key="share",
        label=gettext_lazy("Share of working time, percent"),
        kind="whole",
        help=gettext_lazy("For focal officers: 1 to 100."),
    ),
    ImportColumn(key="number", label=gettext_lazy("Number and symbol of the decision")),
    ImportColumn(key="decided_on", label=gettext_lazy("Date of the decision"), kind="date"),
    ImportColumn(key="issuer", label=gettext_lazy("Issued by")),
)

#: Error of the domain -> the column at which it is shown, where the row itself says no better.
_AT: dict[type[Exception], str] = {
    PersonError: "email",
    InvitationError: "email",
    MembershipError: "valid_from",
    DeputyshipError: "valid_from",
    FocalDutyError: "share",
    PermissionDeniedError: "role",
}
#: How weighty what a row did is, where it did several things.
_WEIGHT = ("same", "change", "end", "create")


class _WrongCellError(Exception):
    """A cell that only this import can judge."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


class _Post(NamedTuple):
    """Who holds what where."""

    person: Person
    office: Organisation
    role: str


@dataclass(slots=True)
class _Done:
    """What a row has done so far."""

    action: str = "same"
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def note(self, action: str, what: Any, before: Any, after: Any) -> None:
        self.action = max(self.action, action, key=_WEIGHT.index)
        self.changes[str(what)] = (before, after)


def may_import_people(actor: Any) -> bool:
    """Whoever keeps the people of an office, or sets offices up."""
    return bool(
        getattr(actor, "is_system_owner", False) or actor.holds(Role.OFFICE_ADMINISTRATOR, None, timezone.localdate())
    )


def take_people(*, actor: Actor, rows: Sequence[ImportRow]) -> Taken:
    """Make the people and roles be as the rows say; a row that is so already changes nothing.

    A role that runs from the day in the row is shortened or prolonged to the last day in the row; without a first day
    it is the one that is held or coming. Where mail is sent, whoever is new gets an invitation once all is done.
    """
    offices = _offices()
    outcomes, problems = [], []
    for row in rows:
        try:
            with transaction.atomic():
                outcomes.append(_row(actor, row, offices))
        except _WrongCellError as error:
            problems.append(Problem(row=row.number, column=error.column, sentence=str(error)))
        except tuple(_AT) as error:
            column = next(column for kind, column in _AT.items() if isinstance(error, kind))
            problems.append(Problem(row=row.number, column=column, sentence=str(error)))
    return Taken(outcomes=outcomes, problems=problems)


def _offices() -> dict[str, list[Organisation]]:
    """Whatever an office may be called in a sheet, folded -> the offices that are called so and still exist."""
    found: dict[str, list[Organisation]] = {}
    there = Organisation.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate()))
    for office in there:
        for name in {fold(office.slug), fold(office.name_vi), fold(office.name_en)}:
            found.setdefault(name, []).append(office)
    return found


def _row(actor: Actor, row: ImportRow, offices: Mapping[str, list[Organisation]]) -> Outcome:
    given = row.values
    office = _office(given["office"], offices)
    role = given["role"]
    if given.get("share") is not None and role != Role.FOCAL_OFFICER:
        raise _WrongCellError("share", gettext("Only focal officers have a share of working time: leave it empty."))
    done = _Done()
    person = Person.objects.filter(email=given["email"].strip().lower()).first()
    if person is not None and fold(person.name) != fold(given["name"]):
        sentence = gettext("%(email)s is the address of %(person)s: write the name like that, or give another address.")
        raise _WrongCellError("name", sentence % {"email": person.email, "person": person})
    if person is None or not person.is_active:
        person = _admitted(actor, office, role, given, done)
    else:
        _duty_ends(actor, person, office, given, done)
        _role(actor, _Post(person, office, role), given, done)
    if given.get("share") is not None:
        _duty(actor, person, office, given, done)
    label = f"{person}, {Role(role).label}, {office}"
    return Outcome(row=row.number, action=done.action, label=label, changes=done.changes)


def _office(name: str, offices: Mapping[str, list[Organisation]]) -> Organisation:
    found = offices.get(fold(name), [])
    if not found:
        raise _WrongCellError("office", gettext("There is no office of this name or key today."))
    if len(found) > 1:
        keys = ", ".join(sorted(office.slug for office in found))
        sentence = gettext("Several offices are called so; give the key of the one: %(keys)s.")
        raise _WrongCellError("office", sentence % {"keys": keys})
    return found[0]


def _admitted(actor: Actor, office: Organisation, role: str, given: Mapping[str, Any], done: _Done) -> Person:
    admitted = admit_person(
        actor=actor,
        organisation=office,
        email=given["email"],
        name=given["name"],
        roles=[role],
        valid_from=given.get("valid_from") or timezone.localdate(),
        valid_to=given.get("valid_to"),
        invited=settings.MAIL,
    )
    if admitted.invitation is not None:
        invitation, token = admitted.invitation, admitted.token
        transaction.on_commit(lambda: mail_invitation(invitation=invitation, token=token))
    done.note("create", gettext("Account"), None, admitted.person.email)
    done.note("create", gettext("Role"), None, str(Role(role).label))
    return admitted.person


def _run(held: Sequence[Membership], first: date) -> list[Membership]:
    """The rows of one role that follow each other without a gap, from the one that begins on this day."""
    run: list[Membership] = []
    for membership in held:
        begins = run[-1].valid_to + DAY if run and run[-1].valid_to else first
        if membership.valid_from == begins and (not run or run[-1].valid_to is not None):
            run.append(membership)
    return run


def _role(actor: Actor, post: _Post, given: Mapping[str, Any], done: _Done) -> None:
    """The role from its first day to its last."""
    today = timezone.localdate()
    first, last = given.get("valid_from"), given.get("valid_to")
    mine = Membership.objects.filter(person=post.person, organisation=post.office, role=post.role).order_by(
        "valid_from"
    )
    held = list(mine.order_by("valid_from").prefetch_related("person", "organisation"))
    if first is None:
        begun = [one for one in held if one.valid_to is None or one.valid_to >= min(today, last or today)]
        if not begun and last is not None and last < today:
            raise _WrongCellError("valid_to", gettext("The person does not hold this role there."))
        first = begun[0].valid_from if begun else today
    run = _run(held, first)
    if not run:
        _granted(actor, post, first, last, done)
        return
    end = run[-1].valid_to
    if end == last:
        return
    if end is not None and (last is None or last > end):
        _granted(actor, post, end + DAY, last, done)
        return
    for membership in reversed(run):
        _cut(actor, membership, last, done)  # type: ignore[arg-type] - an open end is longer than none


def _granted(actor: Actor, post: _Post, first: date, last: date | None, done: _Done) -> None:
    grant_membership(
        actor=actor,
        person=post.person,
        organisation=post.office,
        role=post.role,
        valid_from=first,
        valid_to=last,
    )
    done.note("create", gettext("Role"), None, str(Role(post.role).label))


def _cut(actor: Actor, membership: Membership, last: date, done: _Done) -> None:
    before = membership.valid_to
    if before is not None and before <= last:
        return
    if membership.valid_from > max(last, timezone.localdate()):
        withdraw_membership(actor=actor, membership=membership)
    elif membership.valid_from > last:
        raise _WrongCellError("valid_to", gettext("The role had begun by then: it can only end later."))
    else:
        end_membership(actor=actor, membership=membership, last_day=last)
    done.note("end", gettext("Until"), before, last)


def _duty_ends(actor: Actor, person: Person, office: Organisation, given: Mapping[str, Any], done: _Done) -> None:
    """A duty ends before the role that it gave, so that both end with one day."""
    last = given.get("valid_to")
    if given["role"] != Role.FOCAL_OFFICER or last is None:
        return
    longer = Q(valid_to__isnull=True) | Q(valid_to__gt=last)
    for duty in FocalDuty.objects.filter(longer, person=person, organisation=office, valid_from__lte=last):
        before = duty.valid_to
        end_focal_duty(actor=actor, duty=duty, last_day=last)
        done.note("end", gettext("Duty as focal officer"), before, last)


def _duty(actor: Actor, person: Person, office: Organisation, given: Mapping[str, Any], done: _Done) -> None:
    """The duty of a focal officer from the first day of the row to its last."""
    share, last = given["share"], given.get("valid_to")
    if not 1 <= share <= FULL_TIME:
        raise _WrongCellError("share", gettext("The share of working time lies between 1 and 100 percent."))
    first = given.get("valid_from") or timezone.localdate()
    over = Q(valid_to__isnull=True) | Q(valid_to__gte=min(first, last or first))
    there = FocalDuty.objects.filter(over, person=person, organisation=office).order_by("valid_from").first()
    if there is None:
        assign_focal_duty(
            actor=actor,
            person=person,
            organisation=office,
            share=share,
            valid_from=first,
            valid_to=last,
            number=given.get("number") or "",
            decided_on=given.get("decided_on"),
            issuer=given.get("issuer") or "",
        )
        done.note("create", gettext("Share of working time, percent"), None, share)
    elif there.share != share:
        before = there.share
        change_focal_share(actor=actor, duty=there, share=share, first_day=max(first, there.valid_from))
        done.note("change", gettext("Share of working time, percent"), before, share)


PEOPLE = Importer(
    name="accounts.people",
    title=gettext_lazy("People and their roles"),
    columns=COLUMNS,
    may=may_import_people,
    take=take_people,
)
