"""Reads of report forms that have a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.access import current
from nhipcau.accounts.models import Role
from nhipcau.network.models import Organisation
from nhipcau.reporting.models import FormState, FormVersion, ReportForm

if TYPE_CHECKING:
    from django.db.models import QuerySet


def form_versions() -> QuerySet[FormVersion]:
    """Every version that the reader sees, form by form, the last first."""
    forms = ReportForm.objects.all()
    rows: QuerySet[FormVersion] = FormVersion.objects.filter(form__in=forms.order_by().values("pk"))
    return rows.prefetch_related("form__organisation").order_by("form_id", "-number")


def versions_in_use() -> QuerySet[FormVersion]:
    """Versions by which a campaign may ask."""
    return form_versions().filter(state=FormState.PUBLISHED)


def form_keepers() -> QuerySet[Organisation]:
    """The offices whose forms the reader writes."""
    rows: QuerySet[Organisation] = Organisation.objects.filter(pk__in=current().organisations(Role.COORDINATOR))
    return rows
