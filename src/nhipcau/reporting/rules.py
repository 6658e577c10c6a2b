"""Who may do what in the reporting room. How far a report must be for it, the domain functions say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules

from nhipcau.access import current, system
from nhipcau.access.rights import holds, is_not_among_drafters, is_system
from nhipcau.accounts.models import Role
from nhipcau.reporting.models import (
    EDITABLE,
    NATIONAL_OUT,
    NATIONAL_WRITABLE,
    NationalReport,
    NationalState,
    Report,
    ReportDraft,
)
from nhipcau.workspace.models import host_of
from nhipcau.workspace.rules.attached import SPEAKERS
from nhipcau.workspace.rules.letters import RECEIVERS, WRITERS, in_office

if TYPE_CHECKING:
    from nhipcau.access import Actor


def of_campaign(*roles: str) -> rules.predicates.Predicate:
    """The actor holds one of the roles in the office of the campaign, or of the campaign that the row belongs to."""
    held = holds(*roles)

    @rules.predicate(f"{' or '.join(roles)} of the campaign's office")
    def there(actor: Actor, row: Any) -> bool:
        return row is not None and bool(held(actor, getattr(row, "campaign", row).organisation))

    checked: rules.predicates.Predicate = there
    return checked


@rules.predicate
def is_being_written(_actor: Actor, draft: object) -> bool:
    """What is submitted is what was approved, so files come and go while the report is written."""
    return isinstance(draft, ReportDraft) and draft.office_state in EDITABLE and draft.report.is_writable(current().at)


@rules.predicate
def had_no_hand_in_it(actor: Actor, report: Report | None) -> bool:
    """Whoever wrote a report or approved it in its office does not receive it above."""
    if report is None:
        return False
    # The draft is not theirs to see above: the system looks who is in it.
    with system("reporting"):
        draft = ReportDraft.objects.filter(report_id=report.pk).first()
        hands = set() if draft is None else {*draft.drafter_ids(), f"person:{draft.approver_id}"}
    return actor.actor_id not in hands


@rules.predicate
def speaks_for_an_office_that_has_it(actor: Actor, report: object) -> bool:
    """The actor, whose access is open, speaks for the office that owes it, or coordinates in the one that asked."""
    if report is None or current().actor != actor:
        return False
    host, mine = host_of(report), current().organisations(*SPEAKERS, Role.COORDINATOR)
    return host.office(report).pk in mine or any(office.pk in mine for office in host.receivers(report))


@rules.predicate
def is_of_an_office_that_has_it(actor: Actor, row: object) -> bool:
    """The actor, whose access is open, holds any role in the office of it, or in one that it was given to."""
    if row is None or current().actor != actor:
        return False
    host, mine = host_of(row), current().organisations()
    return host.office(row).pk in mine or any(office.pk in mine for office in host.receivers(row))


def of_national(*roles: str) -> rules.predicates.Predicate:
    """The actor holds one of the roles in the office of the national report that the row belongs to."""
    held = holds(*roles)

    @rules.predicate(f"{' or '.join(roles)} of the national report's office")
    def there(actor: Actor, row: Any) -> bool:
        return row is not None and bool(held(actor, row.national.organisation))

    checked: rules.predicates.Predicate = there
    return checked


@rules.predicate
def national_is_being_written(_actor: Actor, national: object) -> bool:
    """What goes out is what was approved, so files come and go while it is written."""
    return isinstance(national, NationalReport) and national.state in NATIONAL_WRITABLE


@rules.predicate
def national_is_to_be_signed(_actor: Actor, national: object) -> bool:
    """The signed copy is made of what was approved."""
    return isinstance(national, NationalReport) and national.state in {NationalState.APPROVED, *NATIONAL_OUT}


writes = in_office(*WRITERS)
checks = in_office(Role.REVIEWER, Role.APPROVER)
signs = in_office(Role.APPROVER)
coordinates = of_campaign(Role.COORDINATOR)

rules.add_perm("reporting.draft_campaign", is_system | holds(Role.COORDINATOR))
rules.add_perm("reporting.edit_campaign", is_system | coordinates)
rules.add_perm("reporting.open_campaign", is_system | coordinates)
rules.add_perm("reporting.close_campaign", is_system | coordinates)
rules.add_perm("reporting.reopen_campaign", is_system | coordinates)
rules.add_perm("reporting.discard_campaign", is_system | coordinates)
rules.add_perm("reporting.renew_expected", is_system | coordinates)

rules.add_perm("reporting.edit_report", is_system | writes)
rules.add_perm("reporting.submit_for_review", is_system | writes)
rules.add_perm("reporting.withdraw_report", is_system | writes)
rules.add_perm("reporting.send_back_inside", checks)
# Nobody approves what they wrote, the system neither: it writes nothing that goes out unseen. Asked of the draft.
rules.add_perm("reporting.approve_report", signs & is_not_among_drafters)
rules.add_perm("reporting.submit_report", signs)
rules.add_perm("reporting.attach_to_report", is_being_written & (is_system | writes))
rules.add_perm("reporting.sign_submission", writes | signs)
rules.add_perm("reporting.comment_report", speaks_for_an_office_that_has_it)

rules.add_perm("reporting.check_report", coordinates & had_no_hand_in_it)
rules.add_perm("reporting.accept_report", coordinates & had_no_hand_in_it)
rules.add_perm("reporting.send_back_report", coordinates)
rules.add_perm("reporting.give_exception", coordinates)
rules.add_perm("reporting.end_exception", is_system | coordinates)
rules.add_perm("reporting.release_report", is_system | coordinates)

rules.add_perm("reporting.draft_form", is_system | holds(Role.COORDINATOR))
rules.add_perm("reporting.edit_form", is_system | in_office(Role.COORDINATOR))
rules.add_perm("reporting.publish_form", is_system | in_office(Role.COORDINATOR))
rules.add_perm("reporting.withdraw_form", is_system | in_office(Role.COORDINATOR))
rules.add_perm("reporting.remind_of_report", coordinates)

rules.add_perm("reporting.take_workbook", is_system | writes)
# Whoever belongs to the office that asked follows who has reported; figures of timeliness go to nobody else.
rules.add_perm("reporting.follow_campaign", is_system | of_campaign(*Role.values))


# A national report is written by those who coordinate, and approved by somebody who wrote none of it.
writes_national = in_office(Role.COORDINATOR)
rules.add_perm("reporting.draft_national", coordinates)
rules.add_perm("reporting.edit_national", writes_national)
rules.add_perm("reporting.edit_sentence", of_national(Role.COORDINATOR))
rules.add_perm("reporting.submit_national", writes_national)
rules.add_perm("reporting.withdraw_national", writes_national)
rules.add_perm("reporting.discard_national", writes_national)
rules.add_perm("reporting.send_back_national", checks)
rules.add_perm("reporting.approve_national", signs & is_not_among_drafters)
rules.add_perm("reporting.issue_national", signs)
rules.add_perm("reporting.recall_national", signs)
rules.add_perm("reporting.receive_national", in_office(*RECEIVERS, Role.COORDINATOR))
rules.add_perm("reporting.attach_to_national", national_is_being_written & writes_national)
rules.add_perm("reporting.sign_national", national_is_to_be_signed & (writes_national | signs))
rules.add_perm("reporting.comment_national", speaks_for_an_office_that_has_it)
# Take a national report, sealed figures or a submitted report along as a file: whoever of an office that has it.
rules.add_perm("reporting.take_national", is_of_an_office_that_has_it)
rules.add_perm("reporting.take_submission", is_of_an_office_that_has_it)
rules.add_perm("reporting.take_seal", in_office(*Role.values))
rules.add_perm("reporting.seal_figures", coordinates)
