"""Plans begin: anew, as a copy of an earlier one, or as an amendment of one that is issued."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.programme.domain.plan_activities import stored_names
from nhipcau.programme.domain.plan_contents import (
    contents_of,
    head_of,
    make_findable,
    write_recipients,
    written_in,
)
from nhipcau.programme.domain.plan_held import expect, held_plan, note
from nhipcau.programme.domain.plan_telling import tell_of_plan
from nhipcau.programme.models import (
    PLAN_IN_WORK,
    PLAN_OUT,
    Plan,
    PlanActivity,
    PlanKind,
    PlanPart,
    PlanState,
)
from nhipcau.programme.plan_parts import parts_of
from nhipcau.programme.queries.plans import last_plan, recipients_by_duty, template_on
from nhipcau.text import nfc
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError
from nhipcau.workspace.domain.revisions import add_revision

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation

_FIRST_YEAR, _LAST_YEAR, _MOST_YEARS = 2010, 2100, 30
_LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What is taken over from an earlier plan.

    Attributes:
        plan: the earlier plan.
        activities: keys of the activities to take over; None for all.
        parts: keys of the parts whose text is taken over; None for all.
    """

    plan: Plan
    activities: Collection[int] | None = None
    parts: Collection[str] | None = None


def draft_plan(
    *,
    actor: Person,
    organisation: Organisation,
    year_from: int,
    year_to: int | None = None,
    kind: str = PlanKind.ANNUAL,
    copied: Copied | None = None,
) -> Plan:
    """Begin a plan of an office, with the template of the day, addressed to whom the office sends plans that day.

    What is copied is moved by as many years as lie between the two plans, and counts as untouched until it is saved.

    Args:
        actor: a writer of the office.
        organisation: the office.
        year_from: first year of the plan.
        year_to: last year; the same for an annual plan.
        kind: a :class:`PlanKind`.
        copied: what to take over from an earlier plan of the office.

    Raises:
        PermissionDeniedError: the actor does not write for that office.
        IncompleteError: the years cannot be, there is no template, or the office has a plan for that year.
    """
    year_to = year_to or year_from
    with transaction.atomic():
        require("programme.draft_plan", actor, organisation)
        _check_years(kind, year_from, year_to)
        template = template_on(timezone.localdate())
        if template is None:
            raise IncompleteError(
                gettext("No plan template is in force today; the coordinating ministry publishes one.")
            )
        same = Plan.objects.filter(organisation=organisation, kind=kind, year_from=year_from, amends__isnull=True)
        if same.exclude(state__in=(PlanState.DISCARDED, PlanState.RECALLED)).exists():
            raise IncompleteError(gettext("The office has a plan for this year already."), "year_from")
        last = last_plan(organisation)
        plan = Plan(
            organisation=organisation,
            kind=PlanKind(kind),
            year_from=year_from,
            year_to=year_to,
            title=_title(template.title, year_from, year_to),
            template=template,
            symbol=last.symbol if last else "",
            place=last.place if last else "",
            archive_line=last.archive_line if last else "",
            classification=last.classification if last else "internal",
            copied_from=copied.plan if copied else None,
            drafter=actor,
            sample=organisation.sample,
        )
        plan.save(force_insert=True)
        write_recipients(plan, [office.pk for office in recipients_by_duty(organisation, timezone.localdate())])
        _begin_parts(plan, actor, copied)
        if copied is not None:
            _copy_activities(plan, actor, copied, by_years=year_from - copied.plan.year_from)
        _begun(plan, actor)
        payload = {"copied_from": [None, copied.plan.pk]} if copied else {}
        note(actor, "programme.draft_plan", plan, {"year_from": [None, year_from], **payload})
    return plan


def amend_plan(*, actor: Person, plan: Plan, reason: str) -> Plan:
    """Begin an amendment of an issued plan: a new version of all of it, which replaces it when it is issued.

    Raises:
        PermissionDeniedError: the actor does not write for its office.
        WrongStateError: it is not issued, or is being amended already.
        IncompleteError: no reason is given.
    """
    said = nfc(reason).replace("\r\n", "\n").strip()
    with transaction.atomic():
        row = held_plan(plan)
        require("programme.amend_plan", actor, row)
        expect(row, PlanState.ISSUED)
        if Plan.objects.filter(amends=row, state__in=PLAN_IN_WORK).exists():
            raise WrongStateError(gettext("This plan is being amended already."))
        if not said:
            raise IncompleteError(gettext("A plan is not amended without a reason."), "reason")
        taken = ("organisation_id", "kind", "year_from", "year_to", "title", "template_id", "symbol", "place")
        made = Plan(
            **{name: getattr(row, name) for name in (*taken, "archive_line", "classification", "sample")},
            amends=row,
            amend_reason=said,
            edition=row.edition + 1,
            drafter=actor,
        )
        made.save(force_insert=True)
        today = {office.pk for office in recipients_by_duty(row.organisation, timezone.localdate())}
        write_recipients(made, sorted({*head_of(row)["recipients"], *today}))
        source = Copied(plan=row)
        _begin_parts(made, actor, source)
        _copy_activities(made, actor, source, by_years=0)
        _begun(made, actor)
        note(actor, "programme.amend_plan", made, {"amends": [None, row.pk]}, said)
        tell_of_plan(actor=actor, verb="programme.amend_plan", plan=made)
    return made


def _check_years(kind: str, year_from: int, year_to: int) -> None:
    if not _FIRST_YEAR <= year_from <= _LAST_YEAR:
        raise IncompleteError(gettext("There is no such year."), "year_from")
    if year_to < year_from or year_to - year_from >= _MOST_YEARS:
        raise IncompleteError(gettext("It ends before it begins, or lasts more than thirty years."), "year_to")
    if (kind == PlanKind.ANNUAL) != (year_from == year_to):
        sentence = gettext("An annual plan is for one year, a medium-term or long-term one for several.")
        raise IncompleteError(sentence, "year_to")


def _title(template: str, year_from: int, year_to: int) -> str:
    """As a plan is called on paper, in Vietnamese."""
    years = f"năm {year_from}" if year_from == year_to else f"giai đoạn {year_from}–{year_to}"
    return f"{template} {years}"


def _begin_parts(plan: Plan, actor: Person, copied: Copied | None) -> None:
    """A row for each part of the template, with the text that is taken over."""
    texts: dict[str, str] = {}
    if copied is not None:
        rows = PlanPart.objects.filter(plan=copied.plan)
        texts = {row.key: row.text for row in rows if copied.parts is None or row.key in copied.parts}
    for part in parts_of(plan.template.parts):
        made = PlanPart.objects.create(plan=plan, key=part.key, text=texts.get(part.key, ""))
        add_revision(made, number=made.version, actor=actor, fields={"text": made.text})


def _copy_activities(plan: Plan, actor: Person, copied: Copied, *, by_years: int) -> None:
    rows = PlanActivity.objects.filter(plan=copied.plan, removed_at__isnull=True).order_by("position", "pk")
    chosen = [row for row in rows if copied.activities is None or row.pk in copied.activities]
    for position, row in enumerate(chosen):
        made = PlanActivity(plan=plan, line=row.line, position=position)
        for name in stored_names():
            setattr(made, name, getattr(row, name))
        if by_years:
            made.begins_on, made.ends_on = _moved(row.begins_on, by_years), _moved(row.ends_on, by_years)
            # A task is given anew; which one the activity serves now is for its writer to say.
            made.task_id, made.copied_from = None, row
        made.save(force_insert=True)
        add_revision(made, number=made.version, actor=actor, fields=written_in(made))


def _moved(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    leap = (day.month, day.day) == _LEAP_DAY and not calendar.isleap(day.year + years)
    return day.replace(year=day.year + years, day=28 if leap else day.day)


def _begun(plan: Plan, actor: Person) -> None:
    add_revision(plan, number=plan.version, actor=actor, fields=contents_of(plan))
    make_findable(plan)


def may_copy(plan: Plan) -> bool:
    """Whether a plan is far enough to be copied for another year."""
    return plan.state in PLAN_OUT
