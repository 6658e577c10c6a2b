"""Organisations by any name that they bear or bore. A small table whose names change: no index that keeps old words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import F

from nhipcau.network.models import Organisation, OrganisationName
from nhipcau.search import parse
from nhipcau.text import nfc

if TYPE_CHECKING:
    from django.db.models import QuerySet

_QUOTES = re.compile('["“”„‟«»「」『』]')
#: Longer names there are none, so nothing longer is compared.
_LETTERS = 300


def found_by_name(text: str, *, exact: bool = False) -> QuerySet[Organisation]:
    """Organisations one of whose names holds every word; those that still exist first.

    A word is found by its beginning, marks or none; words in quotation marks stand together. ``exact`` asks for the
    marks too, never for capitals. Without a word nothing is found.
    """
    phrases = [" ".join(phrase) for phrase in parse(text).phrases]
    if not phrases:
        nothing: QuerySet[Organisation] = Organisation.objects.none()
        return nothing
    names = OrganisationName.objects.order_by()
    for phrase in phrases:
        names = names.filter(folded__contains=f" {phrase}")
    if exact:
        names = names.filter(
            pk__in=[pk for pk, *both in names.values_list("pk", "name_vi", "name_en") if _as_written(text, both)]
        )
    rows: QuerySet[Organisation] = Organisation.objects.filter(pk__in=names.values("organisation_id"))
    return rows.order_by(F("valid_to").desc(nulls_first=True), "sort_key", "pk")


def _as_written(text: str, names: list[str]) -> bool:
    """Whether one of the names holds what was typed, mark by mark."""
    typed = nfc(text[:_LETTERS]).casefold()
    parts = [part for n, piece in enumerate(_QUOTES.split(typed)) for part in ([piece] if n % 2 else piece.split())]
    return any(all(part.strip() in name.casefold() for part in parts) for name in names)
