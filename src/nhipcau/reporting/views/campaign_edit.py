from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.access.rights import require
from nhipcau.network.models import Kind, Organisation
from nhipcau.network.queries import organisations_on
from nhipcau.reporting.domain.campaigns import draft_campaign, edit_campaign
from nhipcau.reporting.forms.campaigns import AddresseeRows, CampaignForm
from nhipcau.reporting.models import CampaignState
from nhipcau.reporting.periods import COUNTED_BEFORE, due_by_law, period, periods_of
from nhipcau.reporting.queries.campaigns import coordinated_offices
from nhipcau.reporting.queries.owing import Addressees, owing
from nhipcau.reporting.views.campaign import campaign_of
from nhipcau.workspace.domain.errors import IncompleteError, WorkspaceError
from nhipcau.workspace.queries.letters import recipients_matching

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from nhipcau.reporting.models import Campaign
    from nhipcau.reporting.periods import Period

#: Buttons of the form that store nothing.
_LOOKING = ("find", "set_days", "preview")
_SINGLE = (
    "title", "guidance", "guidance_number", "guidance_date", "guidance_text", "period_kind", "begin", "end",
    "figures_as_of", "estimate", "estimate_note", "form_version", "due_on", "two_steps", "compared_with",
)  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request: Any) -> HttpResponse:
    """Begin a campaign of one of the offices in which the reader coordinates."""
    office = coordinated_offices().first()
    require("reporting.draft_campaign", request.user, office)
    if request.method != "POST":
        year = period(request.GET.get("period", "")) or next(iter(periods_of(timezone.localdate().year)))
        return _page(request, CampaignForm(initial=days_of(year)), AddresseeRows(_numbers(office)))
    form, rows = _read(request.POST, office)
    if any(name in request.POST for name in _LOOKING) or not (form.is_valid() & rows.is_valid()):
        return _page(request, form, rows)
    try:
        made = draft_campaign(
            actor=request.user, organisation=form.cleaned_data["organisation"], content=form.content(rows)
        )
    except WorkspaceError as error:
        _add_error(form, error)
        return _page(request, form, rows)
    messages.success(request, _("The campaign is saved as a draft."))
    return redirect("reporting:campaign", made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_edit(request: Any, campaign_id: int) -> HttpResponse:
    """Go on with a campaign that is not open yet."""
    shown = campaign_of(campaign_id)
    require("reporting.edit_campaign", request.user, shown)
    if shown.state != CampaignState.DRAFT:
        context = {"campaign": shown, "sample": shown.sample}
        return render(request, "reporting/campaign_closed.html", context, status=409)
    if request.method != "POST":
        initial = {name: getattr(shown, name) for name in _SINGLE} | {"organisation": shown.organisation}
        form = CampaignForm(initial=initial, campaign=shown)
        return _page(request, form, AddresseeRows.of(shown, _numbers(shown.organisation)), shown=shown)
    form, rows = _read(request.POST, shown.organisation, shown)
    if any(name in request.POST for name in _LOOKING) or not (form.is_valid() & rows.is_valid()):
        return _page(request, form, rows, shown=shown)
    said = request.POST.get("version", "")
    version = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0  # noqa: PLR2004 - of a column
    try:
        edit_campaign(actor=request.user, campaign=shown, content=form.content(rows), version=version)
    except WorkspaceError as error:
        _add_error(form, error)
        return _page(request, form, rows, shown=shown)
    messages.success(request, _("The campaign is saved."))
    return redirect("reporting:campaign", shown.pk)


def days_of(one: Period) -> dict[str, Any]:
    """What a usual period says of a campaign: its days, when the law wants the report, until when is counted."""
    due = due_by_law(one)
    counted = min(one.end, due - timedelta(days=COUNTED_BEFORE)) if due else one.end
    return {
        "preset": one.code,
        "period_kind": one.kind,
        "begin": one.begin.isoformat(),
        "end": one.end.isoformat(),
        "figures_as_of": counted.isoformat(),
        "due_on": due.isoformat() if due else "",
    }


def _numbers(office: Organisation | None) -> Counter[str]:
    """How many offices of each class exist today, among those that this office may ask."""
    there = organisations_on(timezone.localdate()).filter(sample=office is not None and office.sample)
    return Counter(there.values_list("kind", flat=True))


def _read(data: QueryDict, office: Organisation | None, shown: Campaign | None = None) -> tuple[Any, AddresseeRows]:
    """Form and rows as they were sent; with the days of the period chosen where that was asked for."""
    chosen = period(data.get("preset", "")) if "set_days" in data else None
    if chosen is not None:
        data = data.copy()
        for name, value in days_of(chosen).items():
            data[name] = value
    return CampaignForm(data, campaign=shown), AddresseeRows.read(data, _numbers(office))


def _add_error(form: CampaignForm, error: WorkspaceError) -> None:
    field = error.field if isinstance(error, IncompleteError) else ""
    form.add_error(field if field in form.fields else None, str(error))


def _preview(form: CampaignForm, rows: AddresseeRows, office: Organisation) -> list[tuple[Any, list[Any]]] | None:
    """Who would owe by the map of the due day, by class; None while the days cannot be read."""
    form.is_valid()
    begin, due_on = form.cleaned_data.get("begin"), form.cleaned_data.get("due_on")
    if begin is None or due_on is None or not rows.is_valid():
        return None
    asked = Addressees(
        begin=begin,
        due_on=due_on,
        sample=office.sample,
        classes=rows.classes,
        named={row.organisation.pk: row.day for row in rows.offices if row.reports},
        left_out=frozenset(row.organisation.pk for row in rows.offices if not row.reports),
    )
    return who_owes(asked)


def who_owes(asked: Addressees) -> list[tuple[Any, list[Any]]]:
    """Class -> its offices, each as ``(office, due day, old units)``, in the order of classes."""
    owed = owing(asked).reports
    offices = Organisation.objects.in_bulk(
        {pk for pk, row in owed.items()} | {u for r in owed.values() for u in r.parts}
    )
    found: dict[str, list[Any]] = {}
    for pk, row in owed.items():
        found.setdefault(row.kind, []).append((offices[pk], row.due_on, [offices[unit] for unit in row.parts]))
    order = {kind.value: place for place, kind in enumerate(Kind)}
    return [(Kind(kind).label, found[kind]) for kind in sorted(found, key=order.__getitem__)]


def _page(request: Any, form: CampaignForm, rows: AddresseeRows, *, shown: Campaign | None = None) -> HttpResponse:
    asked = request.POST.get("find_text", "")
    office = shown.organisation if shown is not None else coordinated_offices().first()
    preview = _preview(form, rows, office) if "preview" in request.POST else None
    found = recipients_matching(asked, timezone.localdate(), without=rows.ids, limit=30)
    context = {
        "form": form,
        "rows": rows,
        "campaign": shown,
        "asked": asked,
        "found": [one for one in found if one.sample == office.sample],
        "preview": preview,
        "previewed": "preview" in request.POST,
        "owed": sum(len(offices) for _kind, offices in preview or ()),
        "version": request.POST.get("version") or (shown.version if shown else 0),
        "sample": office.sample,
    }
    return render(request, "reporting/campaign_form.html", context)
