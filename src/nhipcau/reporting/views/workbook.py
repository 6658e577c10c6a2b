"""A report as an Excel workbook: taken along, given back, looked at, and taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access.rights import require
from nhipcau.documents.packages import MB, MOST_BYTES
from nhipcau.documents.sentences import FileRefusedError as NoWorkbookError
from nhipcau.reporting.domain.workbooks import (
    compare,
    give_workbook,
    hand_out_workbook,
    set_aside_workbook,
    take_workbook,
)
from nhipcau.reporting.intake import address_of
from nhipcau.reporting.models import EDITABLE, GivenWorkbook, WorkbookState
from nhipcau.reporting.queries.reports import draft_of, reports
from nhipcau.workspace.domain.errors import WorkspaceError
from nhipcau.workspace.domain.imports import told
from nhipcau.workspace.files import XLSX, as_download
from nhipcau.workspace.models import Attachment

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from nhipcau.reporting.models import Report

#: Rows of each list of the comparison that are drawn; the others are counted.
MOST_SHOWN = 500


class WorkbookForm(forms.Form):
    """The file that comes back."""

    file = forms.FileField(
        label=gettext_lazy("Filled workbook"),
        help_text=gettext_lazy("Excel (.xlsx), 10 MB at most."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "empty": gettext_lazy("The file is empty."),
            "required": gettext_lazy("Choose a file first."),
        },
    )

    def clean_file(self) -> bytes:
        """The bytes; what is too large is not read."""
        file = self.cleaned_data["file"]
        self.name = file.name
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(mb)s MB: divide it."), params={"mb": MOST_BYTES // MB}
            )
        return bytes(file.read())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_workbook(request: Any, report_id: int) -> HttpResponse:
    """The workbook to be taken along, and the place where it is given back."""
    row = _report(request, report_id)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if request.method == "POST" and form.is_valid():
        try:
            given = give_workbook(actor=request.user, report=row, name=form.name, content=form.cleaned_data["file"])
        except NoWorkbookError as refused:
            form.add_error("file", told(refused.sentence))
        except WorkspaceError as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("reporting:given_workbook", given.pk)
    context = {
        "report": row,
        "form": form,
        "given": list(GivenWorkbook.objects.filter(report=row).select_related("given_by")[:20]),
        "writable": _is_written(row),
        "address": address_of(row.organisation),
        "sample": row.sample,
    }
    return render(request, "reporting/workbook.html", context)


@login_required
@require_POST
def report_workbook_file(request: Any, report_id: int) -> HttpResponseBase:
    """The workbook, filled with what is written so far."""
    row = _report(request, report_id)
    content = hand_out_workbook(actor=request.user, report=row)
    name = f"{row.campaign.title} {row.organisation}"
    return as_download(content, name=name, ending="xlsx", content_type=XLSX, dated=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def given_workbook(request: Any, given_workbook_id: int) -> HttpResponse:
    """What a workbook would change, cell by cell; with a click it becomes part of the draft."""
    row, given = _given(request, given_workbook_id)
    wrong = ""
    if request.method == "POST":
        try:
            written = take_workbook(
                actor=request.user,
                given=given,
                leave=set(request.POST.getlist("leave")),
                picked={name.removeprefix("pick."): request.POST[name] for name in request.POST if name[:5] == "pick."},
                version=_number(request.POST.get("version", "")),
            )
        except NoWorkbookError as refused:
            wrong = told(refused.sentence)
        except WorkspaceError as refused:
            wrong = str(refused)
        else:
            if written.clashes:
                sentence = _("Taken over. What somebody else changed meanwhile stands beside yours: choose there.")
                messages.warning(request, sentence)
            else:
                messages.success(request, _("Taken over into the report."))
            return redirect("reporting:report_fill", row.pk)
    return render(request, "reporting/given_workbook.html", _page(row, given) | {"wrong": wrong})


@login_required
@require_POST
def given_workbook_aside(request: Any, given_workbook_id: int) -> HttpResponse:
    """Leave the report as it is; the file stays."""
    row, given = _given(request, given_workbook_id)
    try:
        set_aside_workbook(actor=request.user, given=given)
    except WorkspaceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Set aside. Nothing was changed, and the file is kept."))
    return redirect("reporting:report_workbook", row.pk)


def _page(row: Report, given: GivenWorkbook) -> dict[str, Any]:
    context: dict[str, Any] = {
        "report": row,
        "given": given,
        "file": Attachment.objects.on(given).first(),
        "waiting": given.state == WorkbookState.WAITING and _is_written(row),
        "sample": row.sample,
    }
    if context["waiting"]:
        try:
            found = compare(given)
        except NoWorkbookError as refused:
            # The form of the campaign may have changed since it was given.
            context["refused"] = told(refused.sentence)
        else:
            context |= {"found": found, "changes": found.changes[:MOST_SHOWN]}
            context["more"] = max(len(found.changes) - MOST_SHOWN, 0)
    return context


def _report(request: Any, report_id: int) -> Report:
    row = get_object_or_404(reports(), pk=report_id)
    require("reporting.edit_report", request.user, row)
    return row


def _given(request: Any, key: int) -> tuple[Report, GivenWorkbook]:
    rows = GivenWorkbook.objects.select_related("given_by", "settled_by")
    given: GivenWorkbook = get_object_or_404(rows, pk=key)
    given.report = _report(request, given.report_id)
    return given.report, given


def _is_written(row: Report) -> bool:
    draft = draft_of(row)
    return draft is not None and row.is_writable(timezone.now()) and draft.office_state in EDITABLE


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - no report has so many versions
