"""Reads of national reports and seals that have a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nhipcau.access import current
from nhipcau.network.models import Organisation
from nhipcau.reporting.models import (
    NATIONAL_OUT,
    NationalInput,
    NationalRecipient,
    NationalReport,
    NationalSentence,
    Report,
    ReportState,
    Seal,
)
from nhipcau.reporting.queries.consolidated import Standing, standing_in

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime


def nationals() -> QuerySet[NationalReport]:
    """National reports the newest first, each with how many offices are in it."""
    inputs = NationalInput.objects.filter(national=OuterRef("pk")).order_by().values("national")
    rows: QuerySet[NationalReport] = NationalReport.objects.select_related("organisation", "approver")
    return (
        rows.prefetch_related("campaign__organisation", "campaign__form_version")
        .annotate(office_count=Coalesce(Subquery(inputs.annotate(number=Count("pk")).values("number")), 0))
        .order_by("-moment", "-pk")
    )


def inputs_of(national: NationalReport) -> list[Standing]:
    """The submissions that a national report rests on, by the name of the office."""
    rows = NationalInput.objects.filter(national=national).order_by("organisation__sort_key", "pk")
    return [
        Standing(report_id=report, organisation_id=office, submission_id=submission, accepted=accepted)
        for report, office, submission, accepted in rows.values_list(
            "report_id", "organisation_id", "submission_id", "accepted"
        )
    ]


def is_made_here(national: NationalReport) -> bool:
    """Whether the reader is of the office that makes it: what it is made of is for nobody else."""
    found: bool = NationalInput.objects.filter(national=national).exists()
    return found


class Change(NamedTuple):
    """What came in, or went, after a national report was drafted: ``was`` and ``now``, None where it is not there."""

    report_id: int
    organisation_id: int
    was: Standing | None
    now: Standing | None


def changed_since(national: NationalReport, *, at: datetime) -> list[Change]:
    """Reports that count by another submission now than in the national report, or by none, by office."""
    taken = {row.report_id: row for row in inputs_of(national)}
    stands = {
        row.report_id: row for row in standing_in(national.campaign, moment=at, only_accepted=national.only_accepted)
    }
    found = []
    for report in {**taken, **stands}:
        was, now = taken.get(report), stands.get(report)
        if was is None or now is None or (was.submission_id, was.accepted) != (now.submission_id, now.accepted):
            office = (now or was).organisation_id  # type: ignore[union-attr]
            found.append(Change(report, office, was, now))
    return found


def sentences_of(national: NationalReport, *, dropped: bool = False) -> QuerySet[NationalSentence]:
    """Its sentences in order, each with its sources; those that were dropped where they are asked for."""
    rows: QuerySet[NationalSentence] = NationalSentence.objects.filter(national=national)
    rows = rows.prefetch_related("sources__organisation").select_related("edited_by").order_by("place", "pk")
    return rows if dropped else rows.filter(dropped_at__isnull=True)


def not_in(national: NationalReport, *, taken: Collection[int]) -> list[Report]:
    """The reports that are owed and not in a national report, by office."""
    rows = Report.objects.filter(campaign=national.campaign_id).exclude(
        state__in=(ReportState.HANDED_OVER, ReportState.RELEASED)
    )
    owed: QuerySet[Report] = rows.exclude(pk__in=taken).select_related("organisation")
    return list(owed.order_by("organisation__sort_key", "pk"))


def recipients_of(national: NationalReport) -> QuerySet[NationalRecipient]:
    """The offices that it goes to, in the order of the list."""
    rows: QuerySet[NationalRecipient] = NationalRecipient.objects.filter(national=national)
    return rows.select_related("organisation", "received_by").order_by("organisation__sort_key", "pk")


def receipts_of(national: NationalReport) -> QuerySet[NationalRecipient]:
    """The receipts of an issued one that are the reader's own offices'."""
    if national.state not in NATIONAL_OUT:
        nobody: QuerySet[NationalRecipient] = NationalRecipient.objects.none()
        return nobody
    return recipients_of(national).filter(organisation_id__in=current().organisations())


def offices_named(keys: Collection[int]) -> dict[int, Organisation]:
    """Organisations by key."""
    found: dict[int, Organisation] = Organisation.objects.in_bulk(keys)
    return found


def seals() -> QuerySet[Seal]:
    """Seals, the last moment first."""
    rows: QuerySet[Seal] = Seal.objects.select_related("sealed_by", "organisation")
    return rows.prefetch_related("campaign__organisation", "campaign__form_version").order_by("-moment", "-pk")
