"""The lists of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from nhipcau.law import queries, words
from nhipcau.law.forms import BasesForm, RegisterForm
from nhipcau.law.models import valid_on
from nhipcau.law.templatetags.law import actor_classes
from nhipcau.ui.listing import Column, Empty, FormFilter, Listing, register
from nhipcau.ui.templatetags.ui import day as written
from nhipcau.ui.templatetags.ui import vi_number

if TYPE_CHECKING:
    from nhipcau.law.models import Deadline, LegalBasis
    from nhipcau.ui.listing import Shown


def _in_force(rows: Any, cleaned: dict[str, Any]) -> Any:
    rows = rows.filter(valid_on(cleaned.get("on") or timezone.localdate()))
    actor = cleaned.get("actor")
    # The classes are a list; in quotation marks, no name of a class stands within another.
    return rows.filter(actors__icontains=f'"{actor}"') if actor else rows


def _bases_in_force(rows: Any, cleaned: dict[str, Any]) -> Any:
    day = cleaned.get("on")
    return rows.filter(valid_on(day)) if day else rows


def _rules(shown: Shown) -> str:
    on = shown.form.cleaned_data.get("on") if shown.form and shown.form.is_valid() else None
    said = ngettext("%(number)s deadline in force on %(day)s", "%(number)s deadlines in force on %(day)s", shown.number)
    return said % {"number": vi_number(shown.number), "day": written(on or timezone.localdate())}


def _documents(shown: Shown) -> str:
    said = ngettext("%(number)s legal basis", "%(number)s legal bases", shown.number)
    return said % {"number": vi_number(shown.number)}


def _until(row: Deadline | LegalBasis) -> str:
    return written(row.valid_to) if row.valid_to else gettext("in force")


def _changed_by(row: LegalBasis) -> str:
    if row.replaced_by:
        return gettext("replaced by %(number)s") % {"number": row.replaced_by}
    return gettext("amended by %(number)s") % {"number": row.amended_by} if row.amended_by else ""


_NOTHING_YET = Empty(
    _("The law is not loaded yet"),
    _("Whoever runs this system loads the legal bases and deadlines that come with it: nhipcau manage load_law."),
)

DEADLINES = register(
    Listing(
        name="law.deadlines",
        view="law:deadlines",
        title=_("Deadlines by law"),
        heading=_rules,
        rows=queries.deadlines,
        order=("kind", "valid_from"),
        columns=(
            Column(
                key="deliverable",
                label=_("What is due"),
                value="deliverable",
                link=lambda row: reverse("law:deadline", args=[row.pk]),
                card="title",
            ),
            Column(key="actor", label=_("Who must act"), value="actor", card="plain", css="why"),
            Column(key="limit", label=_("Limit"), value=words.limit, order_by=("unit", "value"), css="law-limit"),
            Column(key="trigger", label=_("Counted from"), value="trigger", css="why"),
            Column(
                key="basis",
                label=_("Legal basis"),
                value=words.cited,
                link=lambda row: reverse("law:basis", args=[row.basis_id]),
                order_by=("basis__valid_from", "basis__number"),
                css="law-limit",
            ),
            Column(key="valid_from", label=_("From"), css="when", order_by=("valid_from",), card="none"),
            Column(key="valid_to", label=_("Until"), value=_until, css="when", order_by=("valid_to",), chosen=False),
            Column(key="classes", label=_("Classes of bodies"), value=actor_classes, chosen=False),
            Column(key="kind", label=_("Key"), order_by=("kind",), chosen=False),
            Column(
                key="confidence", label=_("Confidence"), value=lambda row: row.get_confidence_display(), chosen=False
            ),
            Column(key="source", label=_("Source"), chosen=False, css="why"),
        ),
        filters=FormFilter.of(RegisterForm, _in_force),
        empty=lambda _shown: _NOTHING_YET,
        template="law/deadlines.html",
    )
)

BASES = register(
    Listing(
        name="law.bases",
        view="law:bases",
        title=_("Legal bases"),
        heading=_documents,
        rows=queries.bases,
        order=("-valid_from", "number"),
        columns=(
            Column(
                key="number",
                label=_("Number and symbol"),
                link=lambda row: reverse("law:basis", args=[row.pk]),
                order_by=("number",),
                card="title",
            ),
            Column(key="title", label=_("Title"), css="why", card="plain"),
            Column(key="issuer", label=_("Issued by"), chosen=False),
            Column(key="issued_on", label=_("Date of issue"), css="when", order_by=("issued_on",), chosen=False),
            Column(key="valid_from", label=_("From"), css="when", order_by=("valid_from",)),
            Column(key="valid_to", label=_("Until"), value=_until, css="when", order_by=("valid_to",)),
            Column(key="changed_by", label=_("Replaced or amended by"), value=_changed_by),
            Column(key="note", label=_("Note"), css="why"),
            Column(
                key="confidence", label=_("Confidence"), value=lambda row: row.get_confidence_display(), chosen=False
            ),
            Column(key="source", label=_("Source"), chosen=False, css="why"),
        ),
        filters=FormFilter.of(BasesForm, _bases_in_force),
        empty=lambda _shown: _NOTHING_YET,
        template="law/bases.html",
    )
)
