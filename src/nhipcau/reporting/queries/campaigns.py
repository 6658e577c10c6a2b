"""Reads of campaigns that have a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from nhipcau.access import current, system
from nhipcau.accounts.models import Role
from nhipcau.network.models import Organisation
from nhipcau.reporting.models import Campaign, FormState, FormVersion, Report, ReportState
from nhipcau.reporting.timeliness import ARRIVED, GONE
from nhipcau.workspace.models import Letter, LetterState, Notice
from nhipcau.workspace.reminding import LATE, SOON

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


def campaigns() -> QuerySet[Campaign]:
    """The campaigns that the reader sees, each with its office and its form."""
    rows: QuerySet[Campaign] = Campaign.objects.select_related("organisation", "drafter")
    return rows.prefetch_related("form_version__form", "compared_with", "guidance")


def listed_campaigns() -> QuerySet[Campaign]:
    """The same with ``owed``, ``arrived`` and ``accepted``: how many reports, among those that the reader sees."""
    owed = Report.objects.exclude(state__in=GONE)
    return campaigns().annotate(
        owed=_number(owed),
        arrived=_number(owed.filter(state__in=ARRIVED)),
        accepted=_number(owed.filter(state=ReportState.ACCEPTED)),
    )


def _number(rows: QuerySet[Report]) -> Coalesce:
    counted = rows.filter(campaign=OuterRef("pk")).order_by().values("campaign").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def reports_of_campaign(campaign: Campaign) -> QuerySet[Report]:
    """The reports of a campaign that the reader sees, each with its office and its exceptions."""
    rows: QuerySet[Report] = Report.objects.filter(campaign=campaign).select_related("organisation")
    return rows.prefetch_related("campaign__organisation", "exceptions", "accepted_submission")


def coordinated_offices() -> QuerySet[Organisation]:
    """The offices in which the reader coordinates."""
    rows: QuerySet[Organisation] = Organisation.objects.filter(pk__in=current().organisations(Role.COORDINATOR))
    return rows


def forms_in_use() -> QuerySet[FormVersion]:
    """The versions of forms that a campaign may use, by title, the last one first."""
    rows: QuerySet[FormVersion] = FormVersion.objects.filter(state=FormState.PUBLISHED).prefetch_related("form")
    return rows.order_by("form_id", "-number")


def guidance_letters(offices: Iterable[Organisation]) -> QuerySet[Letter]:
    """Issued letters of these offices, the last one first: one of them may be the guidance of a campaign."""
    rows: QuerySet[Letter] = Letter.objects.filter(organisation__in=list(offices), state=LetterState.ISSUED)
    return rows.order_by(F("issued_at").desc(), "-pk")


def reminders_of(reports: Iterable[Report]) -> int:
    """How many reminders of these reports people were given by the desk. The notices are theirs: the system counts."""
    keys = [str(report.pk) for report in reports]
    kinds = (SOON, LATE, "reporting.urged")
    with system("reporting"):
        told = Notice.objects.filter(target_type="reporting.report", target_id__in=keys, kind__in=kinds)
        return int(told.count())
