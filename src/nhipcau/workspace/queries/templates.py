from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.workspace.models import DocumentTemplate

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nhipcau.network.models import Organisation


def templates() -> QuerySet[DocumentTemplate]:
    """Templates of the offices of whoever asks, newest first within each kind, without their files."""
    rows: QuerySet[DocumentTemplate] = (
        DocumentTemplate.objects.select_related("organisation", "uploaded_by")
        .defer("content")
        .order_by("kind", "-uploaded_at", "-pk")
    )
    return rows


def template_in_use(organisation: Organisation, kind: str) -> DocumentTemplate | None:
    """What the office's documents of this kind are written in; None where it is the standard form."""
    found: DocumentTemplate | None = DocumentTemplate.objects.filter(
        organisation=organisation, kind=kind, active=True
    ).first()
    return found
