"""Reads of reports that have a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from nhipcau.access import current
from nhipcau.network.models import Organisation
from nhipcau.reporting.handing_over import unit_axis
from nhipcau.reporting.models import Report, ReportDraft, ReportPart, Submission

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nhipcau.documents.forms import Form


def reports() -> QuerySet[Report]:
    """The reports that the reader sees, each with its office, its campaign and the exceptions given."""
    return reports_alone().prefetch_related("exceptions")


def reports_alone() -> QuerySet[Report]:
    """The same for a page of one report, most of which were never unlocked: exceptions are read where they matter."""
    rows: QuerySet[Report] = Report.objects.select_related("organisation", "campaign__organisation")
    return rows


def reports_of_my_offices() -> QuerySet[Report]:
    """The reports that the reader's own offices owe or owed, and those of old units that they took over."""
    mine = current().organisations()
    # A campaign of one's own shows every report of it; this is the list of what one has to write oneself.
    taken = Report.objects.filter(organisation_id__in=mine).order_by().values("pk")
    return reports().filter(Q(organisation_id__in=mine) | Q(handed_over_to_id__in=taken))


def draft_of(report: Report) -> ReportDraft | None:
    """What the office is writing; None for a reader whose it is not."""
    found: ReportDraft | None = ReportDraft.objects.filter(report=report).first()
    if found is not None:
        found.report = report
        if found.organisation_id == report.organisation_id:
            found.organisation = report.organisation
    return found


def submissions_of(report: Report) -> QuerySet[Submission]:
    """What was submitted of a report, the last one first."""
    rows: QuerySet[Submission] = Submission.objects.filter(report=report).order_by("-number")
    return rows


def latest_submission(report: Report) -> Submission | None:
    """What came in last; None before the first."""
    found: Submission | None = submissions_of(report).first()
    return found


def parts_of(report: Report) -> list[Organisation]:
    """The old units that a report speaks for, by name."""
    units = ReportPart.objects.of(report, "report").values("organisation_id")
    return list(Organisation.objects.filter(pk__in=units).order_by("sort_key", "pk"))


def form_of(report: Report) -> Form:
    """What the report asks: the form of its campaign; for a successor broken down by its old units and itself, too.

    Raises:
        FormError: the stored definition is none; a form in use cannot be so.
    """
    form = report.campaign.form_version.plain
    units = parts_of(report)
    if not units:
        return form
    named = [(unit.pk, str(unit)) for unit in units]
    return form.broken_down_by(
        unit_axis(_("old unit and successor"), [*named, (report.organisation_id, str(report.organisation))])
    )
