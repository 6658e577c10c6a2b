"""Filling in a report: the form in the order of the paper, each part saved by itself while one goes on writing."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access.rights import require
from nhipcau.documents.forms.flat import flatten
from nhipcau.documents.forms.form import FigureItem, TableItem
from nhipcau.reporting import showing
from nhipcau.reporting.domain.pulling import pull_figures
from nhipcau.reporting.domain.reports import draft_to_write
from nhipcau.reporting.domain.writing import DRAFT, write_fields, write_into, write_letter
from nhipcau.reporting.models import EDITABLE, Estimate, Report
from nhipcau.reporting.queries.history import earlier_submissions, last_letter, texts_before, values_before
from nhipcau.reporting.queries.reports import form_of, reports_alone
from nhipcau.text import read_number
from nhipcau.ui.templatetags.ui import vi_number
from nhipcau.workspace.domain.attachments import attach_file, remove_file
from nhipcau.workspace.domain.comments import add_comment
from nhipcau.workspace.domain.errors import WorkspaceError, WrongStateError
from nhipcau.workspace.domain.writing import begin_writing, drop_unsaved, keep_unsaved, unsaved
from nhipcau.workspace.models import Attachment, Comment
from nhipcau.workspace.views.attached import threads_on
from nhipcau.workspace.views.letter_writing import version_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse, QueryDict

    from nhipcau.documents.forms import Form, Section
    from nhipcau.reporting.domain.writing import Written
    from nhipcau.reporting.models import ReportDraft


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_fill(request: Any, report_id: int) -> HttpResponse:
    """What the office answers; a part that is sent is saved, joined with what somebody else wrote meanwhile."""
    if request.method == "POST" and "symbol" not in request.POST:
        return _save(request, report_id)
    row = _writable(request, report_id)
    if row is None:
        return _closed(request, report_id)
    if request.method == "POST":
        return _letter(request, row)
    other = begin_writing(actor=request.user, target=row.draft) if request.method == "GET" else None
    return render(request, "reporting/fill.html", _page(request, row) | {"other": other})


@login_required
@require_POST
def report_pull(request: Any, report_id: int) -> HttpResponse:
    """Take in the figures that the rooms of the desk offer."""
    row = _writable(request, report_id)
    if row is None:
        return _closed(request, report_id)
    try:
        written = pull_figures(actor=request.user, report=row, form=form_of(row), version=row.draft.version)
    except WorkspaceError as error:
        messages.error(request, str(error))
    else:
        found = sum(path.endswith(".pulled") for path in written.fields)
        sentence = ngettext(
            "%(number)s figure was counted on the desk; it stands beside your own.",
            "%(number)s figures were counted on the desk; they stand beside your own.",
            found,
        )
        messages.success(request, sentence % {"number": vi_number(found)})
    return redirect("reporting:report_fill", row.pk)


@login_required
@require_POST
def report_answer(request: Any, report_id: int) -> HttpResponse:
    """Answer a comment with which the report was sent back."""
    row = _writable(request, report_id)
    if row is None:
        return _closed(request, report_id)
    try:
        _answer_comment(request, row, request.POST.get("comment", ""), request.POST.get("text"))
    except WorkspaceError as error:
        messages.error(request, str(error))
    return redirect("reporting:report_fill", row.pk)


@login_required
@require_POST
def report_file(request: Any, report_id: int) -> HttpResponse:
    """Attach a file under an item of the form, or take one away again."""
    row = _writable(request, report_id)
    if row is None:
        return _closed(request, report_id)
    key = request.POST.get("item", "")
    if key not in form_of(row).items:
        raise Http404
    path, version = f"files.{key}", row.draft.version
    named = flatten(row.draft.plain).get(path, "").split()
    try:
        if "remove" in request.POST:
            gone = get_object_or_404(Attachment.objects.on(row.draft), pk=request.POST["remove"])
            remove_file(actor=request.user, attachment=gone)
            fields = {path: " ".join(each for each in named if each != str(gone.pk))}
        else:
            made = _attached(request, row)
            fields = {path: " ".join([*named, str(made.pk)]), f"nones.{key}": ""} if made else {}
        write_fields(actor=request.user, report=row, fields=fields, version=version)
    except WorkspaceError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('reporting:report_fill', args=[row.pk])}#{path}")


def _answer_comment(request: Any, row: Report, key: str, text: str | None) -> None:
    """An answer goes to whoever reads the comment, and from its writer's office it settles it."""
    if not key.isdecimal():
        raise Http404
    said = get_object_or_404(Comment.objects.on(row), pk=key)
    add_comment(actor=request.user, target=row, text=text or "", audience=said.audience, reply_to=said)


def _attached(request: Any, row: Report) -> Attachment | None:
    sent = request.FILES.get("file")
    if sent is None:
        messages.error(request, _("Choose a file first."))
        return None
    made = attach_file(actor=request.user, target=row.draft, name=sent.name, chunks=sent.chunks())
    messages.success(request, _("%(file)s is attached.") % {"file": made.name})
    return made


def _save(request: Any, report_id: int) -> HttpResponse:
    """Save a part of the form. The report is read once, locked: on its last evening everybody asks for this."""
    written, wrong = None, ""
    try:
        with transaction.atomic():
            draft = _to_write(request, report_id)
            if draft is None:
                return _closed(request, report_id)
            row, form = draft.report, form_of(draft.report)
            section = next((part for part in form.sections if part.key == request.POST.get("section")), None)
            if section is None:
                raise Http404
            sent, version = _sent(request.POST, section, form), version_of(request.POST)
            sent, version = _chosen(request, draft, sent, version)
            written = write_into(draft, actor=request.user, fields=sent, version=version)
            if (said := request.POST.get("answer")) is not None:
                _answer_comment(request, row, said, request.POST.get(f"answer.{said}"))
    except WorkspaceError as error:
        # What was typed stays typed: it is kept for this person beside what was kept before, and said with the reason.
        _keep(request, draft, _mine(request, draft) | sent, version)
        written, wrong = None, str(error)
    if request.headers.get("HX-Request") == "true":
        if written is None:
            return render(request, "reporting/fill_saved.html", {"wrong_to_save": wrong, "part_key": section.key})
        changed = _items_changed_by_others(sent, written)
        asked = any(name in request.POST for name in ("add_row", "drop_row", "use", "forget", "answer"))
        if asked or changed:
            return _drawn_again(request, row, section, changed, whole=asked)
        return _saved(request, row, section, form, written)
    if wrong:
        messages.error(request, wrong)
    else:
        messages.success(request, _("Saved."))
    return redirect(f"{reverse('reporting:report_fill', args=[row.pk])}#{section.key}")


def _letter(request: Any, row: Report) -> HttpResponse:
    """Symbol and place of the letter with which it is submitted."""
    try:
        write_letter(actor=request.user, report=row, symbol=request.POST["symbol"], place=request.POST.get("place", ""))
        wrong = ""
    except WorkspaceError as error:
        wrong = str(error)
    if request.headers.get("HX-Request") == "true":
        return render(request, "reporting/fill_saved.html", {"wrong_to_save": wrong, "saved_at": timezone.now()})
    messages.error(request, wrong) if wrong else messages.success(request, _("Saved."))
    return redirect(f"{reverse('reporting:report_fill', args=[row.pk])}#letter")


def _writable(request: Any, report_id: int) -> Report | None:
    """The report, where it is this person's to write; None where it is not being written now."""
    row = get_object_or_404(reports_alone(), pk=report_id)
    require("reporting.edit_report", request.user, row)
    return row if row.is_writable(timezone.now()) and row.draft.office_state in EDITABLE else None


def _to_write(request: Any, report_id: int) -> ReportDraft | None:
    """What the office writes, locked, where it is this person's to write; None where it is not being written now."""
    try:
        return draft_to_write(request.user, Report(pk=report_id))
    except WrongStateError:
        return None
    except PermissionDenied:
        get_object_or_404(reports_alone(), pk=report_id)
        raise


def _closed(request: Any, report_id: int) -> HttpResponse:
    row = get_object_or_404(reports_alone(), pk=report_id)
    return render(request, "reporting/fill_closed.html", {"report": row, "sample": row.sample}, status=409)


def _sent(data: QueryDict, section: Section, form: Form) -> dict[str, str]:
    """The fields of a part of the form as they were sent; numbers in the notation of the program."""
    rows = _rows(data, section)
    fields = {}
    for path in showing.paths_of(section, form, rows):
        text = data.get(path, "")
        fields[path] = read_number(text, get_language() or "vi") if text and _is_number(form, path) else text
    fields.update({f"tables.{key}.rows": " ".join(ids) for key, ids in rows.items()})
    return fields


def _rows(data: QueryDict, section: Section) -> dict[str, list[str]]:
    """The ids of the rows of each table, with the row that is asked for put in and the one that is dropped left out."""
    found = {}
    for item in section.items:
        if not isinstance(item, TableItem):
            continue
        ids = [row for row in data.getlist(f"tables.{item.key}.rows") if row.isalnum()]
        ids = [row for row in ids if f"{item.key}.{row}" != data.get("drop_row")]
        if data.get("add_row") == item.key:
            ids.append(secrets.token_hex(4))
        found[item.key] = ids
    return found


def _is_number(form: Form, path: str) -> bool:
    head, _dot, rest = path.partition(".")
    parts = rest.split(".")
    item = form.items.get(parts[0])
    if head == "figures" and isinstance(item, FigureItem):
        return parts[1:] not in (["comment"], ["none"])
    column = item.by_key.get(parts[-1]) if head == "tables" and isinstance(item, TableItem) else None
    return column is not None and column.numeric


def _chosen(request: Any, draft: ReportDraft, sent: dict[str, str], version: int) -> tuple[dict[str, str], int]:
    """Where two texts stand side by side: mine goes over theirs where I chose it, and is dropped where I did not."""
    use, forget = request.POST.get("use", ""), request.POST.get("forget", "")
    if not (use or forget):
        return sent, version
    mine = _mine(request, draft)
    chosen = mine.pop(use or forget, None)
    if mine:
        _keep(request, draft, mine, version)
    else:
        drop_unsaved(actor=request.user, object_type=DRAFT, target=draft)
    fields = {use: chosen} if use and chosen is not None else {}
    return fields, draft.version


def _mine(request: Any, draft: ReportDraft) -> dict[str, str]:
    """What this person typed and could not save, by path."""
    kept = unsaved(request.user, object_type=DRAFT, target=draft)
    return {path: texts[0] for path, texts in kept.values.items() if texts} if kept else {}


def _keep(request: Any, draft: ReportDraft, fields: Mapping[str, str], version: int) -> None:
    values = {path: [text] for path, text in fields.items() if text}
    if values:
        keep_unsaved(actor=request.user, object_type=DRAFT, target=draft, values=values, version=version)


def _page(request: Any, row: Report) -> dict[str, Any]:
    form, draft, threads = form_of(row), row.draft, _threads(row)
    files = {file.pk: file for file in Attachment.objects.on(draft).filter(removed_at__isnull=True)}
    sections = showing.shown(form, draft.plain, _before(row, files=files, threads=threads))
    return {
        "report": row,
        "draft": draft,
        "form": form,
        "sections": sections,
        "wrong": sum(part.wrong for part in sections),
        "offered": any(item.source for item in form.figures.values()),
        "estimated": row.campaign.estimate == Estimate.BY_OFFICE,
        "mine": _mine(request, draft),
        "general": [thread for thread in threads.get("", ()) if thread[0].must_answer],
        "letter": (draft.symbol, draft.place) if draft.version else last_letter(row),
        "sample": row.sample,
    }


def _before(row: Report, **more: Any) -> showing.Beside:
    """What the office reported before, to be shown beside what it writes now."""
    earlier = earlier_submissions(row)
    return showing.Beside(texts=texts_before(earlier), values=values_before(earlier), judged=True, **more)


def _threads(row: Report) -> dict[str, list[Any]]:
    """The comments on the report by the place that they speak of."""
    found: dict[str, list[Any]] = {}
    for thread in threads_on(row):
        found.setdefault(thread[0].place, []).append(thread)
    return found


def _saved(request: Any, row: Report, section: Section, form: Form, written: Written) -> HttpResponse:
    """What the page shows of a save that changed nothing but what was sent: when it was, and what is wrong now.

    The many who fill in a report on its last evening ask for this again and again: it reads no more than it needs.
    """
    sections = showing.shown(form, written.draft.plain, _before(row))
    context = {
        "report": row,
        "draft": written.draft,
        "part": next(part for part in sections if part.section.key == section.key),
        "part_key": section.key,
        "saved_at": timezone.now(),
    }
    return render(request, "reporting/fill_saved.html", context)


def _drawn_again(request: Any, row: Report, section: Section, changed: Sequence[str], *, whole: bool) -> HttpResponse:
    """The part as it is stored now, or in it the items that somebody else changed meanwhile."""
    context = _page(request, reports_alone().get(pk=row.pk))
    part = next(part for part in context["sections"] if part.section.key == section.key)
    context |= {"part": part, "part_key": section.key, "saved_at": timezone.now()}
    if whole:
        answer = render(request, "reporting/fill_section.html", context)
        answer["HX-Retarget"], answer["HX-Reswap"] = f"#{section.key}", "outerHTML"
        return answer
    context["refreshed"] = [item for item in part.items if item.item.key in changed]
    return render(request, "reporting/fill_saved.html", context)


def _items_changed_by_others(sent: Mapping[str, str], written: Written) -> Sequence[str]:
    """Items of which something else is stored than what I sent: they are drawn again."""
    return [path.split(".")[1] for path, text in sent.items() if written.fields.get(path, "") != text]
