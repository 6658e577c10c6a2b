"""What is read about the law, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.law.models import Deadline, LegalBasis, WorkingDayOverride, valid_on

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def bases() -> QuerySet[LegalBasis]:
    """Legal documents, the newest first, with what amended and replaced them."""
    rows: QuerySet[LegalBasis] = LegalBasis.objects.select_related("amended_by", "replaced_by")
    return rows


def bases_on(day: date) -> QuerySet[LegalBasis]:
    """The legal documents in force on a day."""
    return bases().filter(valid_on(day))


def deadlines() -> QuerySet[Deadline]:
    """Every rule with its basis, kinds together, each in the order of time."""
    rows: QuerySet[Deadline] = Deadline.objects.select_related("basis")
    return rows


def deadlines_on(day: date) -> QuerySet[Deadline]:
    """The rules in force on a day."""
    return deadlines().filter(valid_on(day))


def versions_of(kind: str) -> QuerySet[Deadline]:
    """The rules of one kind, the oldest first."""
    return deadlines().filter(kind=kind).order_by("valid_from")


def decisions_in(year: int) -> QuerySet[WorkingDayOverride]:
    """What was decided about the days of a year."""
    rows: QuerySet[WorkingDayOverride] = WorkingDayOverride.objects.filter(day__year=year)
    return rows


def deadlines_of(basis: LegalBasis) -> QuerySet[Deadline]:
    """The deadlines that a document sets."""
    return deadlines().filter(basis=basis).order_by("valid_from", "kind")
