from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.network.models import Kind
from nhipcau.reporting import showing
from nhipcau.reporting.models import EDITABLE, Report, ReportState
from nhipcau.reporting.queries.reports import draft_of, form_of, parts_of, reports_alone, submissions_of
from nhipcau.reporting.showing import Beside
from nhipcau.reporting.steps import steps_above, steps_inside
from nhipcau.reporting.timeliness import OVERDUE, came_late, days_late, due_moment, standing
from nhipcau.workspace.views.attached import attached_context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from nhipcau.reporting.models import Submission
    from nhipcau.reporting.showing import ShownSection
    from nhipcau.workspace.models import Attachment


@login_required
@require_safe
def report(request: Any, report_id: int) -> HttpResponse:
    """A report: where it stands, what can be done with it now, what was submitted of it and what was said."""
    shown = report_of(report_id)
    now, draft = timezone.now(), draft_of(shown)
    submissions = list(submissions_of(shown).select_related("signer"))
    read = chosen(submissions, request.GET.get("nop", ""))
    found = standing(shown, now)
    said = attached_context(request.user, shown)
    begun = draft is not None and draft.version > 0
    writing = begun and shown.is_writable(now)
    # What an old unit had begun is its successor's to read.
    left = begun and read is None and shown.state == ReportState.HANDED_OVER
    held: Any = draft if writing or left else read
    papers = attached_context(request.user, held) if held is not None else {}
    context = {
        "report": shown,
        "standing": found,
        "kind": Kind(shown.kind).label,
        "draft": draft,
        "own": shown.organisation_id in current().organisations(),
        "writable": draft is not None and shown.is_writable(now),
        "steps": [*steps_inside(request.user, shown, draft), *steps_above(request.user, shown)],
        "parts": parts_of(shown),
        "submissions": submissions,
        "read": read,
        "writing": writing,
        "left": left,
        "fills": draft is not None
        and shown.is_writable(now)
        and draft.office_state in EDITABLE
        and rules.has_perm("reporting.edit_report", request.user, shown),
        "papers": papers,
        "sections": answers_of(shown, held, papers["files"], said["threads"], judged=writing) if held else [],
        "late": days_late(shown, now) if found.code == OVERDUE or came_late(shown) else 0,
        "due": due_moment(shown),
        "exception": shown.exception_at(now),
        "exceptions": list(shown.exceptions.all()),
        "handed_over": shown.state == ReportState.HANDED_OVER,
        "threads": said["threads"],
        "may_comment": said["may_comment"],
        "may_share": said["may_share"],
        "sample": shown.sample,
    }
    return render(request, "reporting/report.html", context)


def report_of(report_id: int) -> Report:
    """A report that the reader sees, or 404."""
    found: Report = get_object_or_404(reports_alone(), pk=report_id)
    return found


def answers_of(
    shown: Report, held: Any, files: Sequence[Attachment], threads: Sequence[Any], *, judged: bool
) -> list[ShownSection]:
    """What is answered, in a draft or in a submission, in the order of the form, with comments at their places."""
    places: dict[str, list[Any]] = {}
    for thread in threads:
        places.setdefault(thread[0].place, []).append(thread)
    there = {file.pk: file for file in files if file.removed_at is None}
    return showing.shown(form_of(shown), held.plain, Beside(files=there, threads=places, judged=judged))


def chosen(submissions: Sequence[Submission], asked: str) -> Submission | None:
    """The submission that is asked for by its number, else the last one."""
    named = [one for one in submissions if str(one.number) == asked]
    return next(iter([*named, *submissions]), None)
