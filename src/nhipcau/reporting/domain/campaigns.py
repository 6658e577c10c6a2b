"""Campaigns: one function for each step. The allowed steps are in docs/explanation/reports.md."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.reporting.domain.expected import ask_for_reports
from nhipcau.reporting.domain.held import expect_campaign, held_campaign
from nhipcau.reporting.models import (
    Campaign,
    CampaignClass,
    CampaignOffice,
    CampaignState,
    Estimate,
    FormState,
    FormVersion,
    PeriodKind,
)
from nhipcau.reporting.queries.owing import addressees_of, owing
from nhipcau.text import nfc
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation
    from nhipcau.workspace.models import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignContent:
    """What a coordinator writes of a campaign; the days are of Asia/Ho_Chi_Minh.

    Attributes:
        classes: class that reports -> its own due day, or None for that of the campaign.
        named: office that reports whatever its class -> its own due day, or None.
        left_out: offices that do not report though their class does.
    """

    title: str
    period_kind: str
    begin: date
    end: date
    figures_as_of: date
    due_on: date
    form_version: FormVersion
    estimate: str = Estimate.NONE
    estimate_note: str = ""
    two_steps: bool = False
    guidance: Letter | None = None
    guidance_number: str = ""
    guidance_date: date | None = None
    guidance_text: str = ""
    compared_with: Campaign | None = None
    classes: Mapping[str, date | None] = field(default_factory=dict)
    named: Mapping[Organisation, date | None] = field(default_factory=dict)
    left_out: Iterable[Organisation] = ()

    def cleaned(self) -> CampaignContent:
        """The same, tidied.

        Raises:
            IncompleteError: something in it cannot be; the sentence says what.
        """
        title = " ".join(nfc(self.title).split())
        for wrong, name, sentence in (
            (not title, "title", gettext("A campaign needs a title.")),
            (self.begin > self.end, "end", gettext("The period ends before it begins.")),
            (
                not self.begin <= self.figures_as_of <= self.end,
                "figures_as_of",
                gettext("The day until which figures are counted lies within the period."),
            ),
            (self.due_on < self.begin, "due_on", gettext("It cannot be due before the period begins.")),
            (
                self.form_version.state == FormState.DRAFT,
                "form_version",
                gettext("A form that is still being drafted cannot be filled in."),
            ),
        ):
            if wrong:
                raise IncompleteError(sentence, name)
        return replace(
            self,
            title=title,
            period_kind=PeriodKind(self.period_kind),
            estimate=Estimate(self.estimate),
            guidance_number=" ".join(nfc(self.guidance_number).split()),
            guidance_text=nfc(self.guidance_text).replace("\r\n", "\n").strip(),
            estimate_note=nfc(self.estimate_note).strip(),
        )


#: The fields of the row itself.
_FIELDS = tuple(each.name for each in fields(CampaignContent) if each.name not in {"classes", "named", "left_out"})


def draft_campaign(
    *, actor: Person, organisation: Organisation, content: CampaignContent, sample: bool = False
) -> Campaign:
    """Begin a campaign of an office. Nobody else knows of it before it is opened.

    Raises:
        PermissionDeniedError: the actor does not coordinate there.
        IncompleteError: something in it cannot be; nothing was stored.
    """
    with transaction.atomic():
        require("reporting.draft_campaign", actor, organisation)
        campaign = Campaign(organisation=organisation, drafter=actor, sample=sample or organisation.sample)
        changed = _write(campaign, content.cleaned())
        _record(actor, "reporting.draft_campaign", campaign, changed)
    return campaign


def edit_campaign(*, actor: Actor, campaign: Campaign, content: CampaignContent, version: int) -> Campaign:
    """Save what is written of a campaign that is not opened yet; the same again changes nothing.

    Raises:
        PermissionDeniedError: the actor does not coordinate in its office.
        WrongStateError: it is open already.
        ConflictError: somebody saved another version meanwhile.
        IncompleteError: something in it cannot be.
    """
    with transaction.atomic():
        held = held_campaign(campaign)
        require("reporting.edit_campaign", actor, held)
        expect_campaign(held, CampaignState.DRAFT)
        if held.version != version:
            raise ConflictError(gettext("Somebody else saved this campaign meanwhile. Your text is kept."))
        changed = _write(held, content.cleaned())
        if changed:
            _record(actor, "reporting.edit_campaign", held, changed)
    return held


def open_campaign(*, actor: Actor, campaign: Campaign) -> Campaign:
    """Open a campaign: a report is expected of every office that owes one, and their officers are told.

    Raises:
        PermissionDeniedError: the actor does not coordinate in its office.
        WrongStateError: it is open already.
        IncompleteError: nobody would owe a report.
    """
    with transaction.atomic():
        held = held_campaign(campaign)
        require("reporting.open_campaign", actor, held)
        expect_campaign(held, CampaignState.DRAFT)
        owed = owing(addressees_of(held)).reports
        if not owed:
            raise IncompleteError(gettext("Nobody would owe a report: name a class or an office."), "classes")
        held.opened_at = timezone.now()
        _move(actor, "reporting.open_campaign", held, CampaignState.OPEN, {"reports": len(owed)})
        ask_for_reports(actor=actor, campaign=held, owed=owed.values())
    return held


def close_campaign(*, actor: Actor, campaign: Campaign, reason: str = "") -> Campaign:
    """Close a campaign: reports that did not come in stay as they are, and cannot be submitted any more.

    What lies with the coordinator, what is sent back and what an exception opens still goes its way.

    Raises:
        PermissionDeniedError: the actor does not coordinate in its office.
        WrongStateError: it is not open.
    """
    with transaction.atomic():
        held = held_campaign(campaign)
        require("reporting.close_campaign", actor, held)
        expect_campaign(held, CampaignState.OPEN)
        held.closed_at = timezone.now()
        return _move(actor, "reporting.close_campaign", held, CampaignState.CLOSED, reason=reason.strip())


def reopen_campaign(*, actor: Actor, campaign: Campaign, reason: str) -> Campaign:
    """Open a closed campaign again, so that what is missing can come in.

    Raises:
        PermissionDeniedError: the actor does not coordinate in its office.
        WrongStateError: it is not closed.
        IncompleteError: no reason is given.
    """
    with transaction.atomic():
        held = held_campaign(campaign)
        require("reporting.reopen_campaign", actor, held)
        expect_campaign(held, CampaignState.CLOSED)
        if not reason.strip():
            raise IncompleteError(gettext("A closed campaign is not opened again without a reason."), "reason")
        held.closed_at = None
        return _move(actor, "reporting.reopen_campaign", held, CampaignState.OPEN, reason=reason.strip())


def discard_campaign(*, actor: Actor, campaign: Campaign, reason: str = "") -> Campaign:
    """Put a campaign aside for good that was never opened.

    Raises:
        PermissionDeniedError: the actor does not coordinate in its office.
        WrongStateError: it is open already.
    """
    with transaction.atomic():
        held = held_campaign(campaign)
        require("reporting.discard_campaign", actor, held)
        expect_campaign(held, CampaignState.DRAFT)
        return _move(actor, "reporting.discard_campaign", held, CampaignState.DISCARDED, reason=reason.strip())


def _write(campaign: Campaign, content: CampaignContent) -> dict[str, Any]:
    """Store what was written, as one version more where it is new; what changed, for the audit entry."""
    given = {name: getattr(content, name) for name in _FIELDS}
    adding = campaign.pk is None
    before = {} if adding else {name: _said(getattr(campaign, name)) for name in _FIELDS} | _asked(campaign)
    offices = {office.pk: (True, day) for office, day in content.named.items()}
    offices |= {office.pk: (False, None) for office in content.left_out}
    after = {name: _said(value) for name, value in given.items()} | {
        "classes": {kind: _said(day) for kind, day in sorted(content.classes.items())},
        "offices": {str(pk): [reports, _said(day)] for pk, (reports, day) in sorted(offices.items())},
    }
    if before == after:
        return {}
    for name, value in given.items():
        setattr(campaign, name, value)
    campaign.version += not adding
    campaign.save()
    CampaignClass.objects.filter(campaign=campaign).delete()
    CampaignOffice.objects.filter(campaign=campaign).delete()
    CampaignClass.objects.bulk_create(
        CampaignClass(campaign=campaign, kind=kind, due_on=day) for kind, day in content.classes.items()
    )
    CampaignOffice.objects.bulk_create(
        CampaignOffice(campaign=campaign, organisation_id=pk, reports=reports, due_on=day)
        for pk, (reports, day) in offices.items()
    )
    return {} if adding else {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def _asked(campaign: Campaign) -> dict[str, Any]:
    classes = CampaignClass.objects.filter(campaign=campaign).order_by("kind")
    offices = CampaignOffice.objects.filter(campaign=campaign).order_by("organisation_id")
    return {
        "classes": {row.kind: _said(row.due_on) for row in classes},
        "offices": {str(row.organisation_id): [row.reports, _said(row.due_on)] for row in offices},
    }


def _said(value: object) -> object:
    return value if value is None or isinstance(value, (bool, int)) else str(getattr(value, "pk", value))


def _move(
    actor: Actor,
    verb: str,
    campaign: Campaign,
    state: CampaignState,
    more: Mapping[str, object] | None = None,
    *,
    reason: str = "",
) -> Campaign:
    before, campaign.state = campaign.state, state
    campaign.save()
    _record(actor, verb, campaign, {"state": [before, state.value], **(more or {})}, reason)
    return campaign


def _record(actor: Actor, verb: str, campaign: Campaign, payload: Mapping[str, object], reason: str = "") -> None:
    record(actor=actor, verb=verb, target=campaign, organisation=campaign.organisation, payload=payload, reason=reason)
