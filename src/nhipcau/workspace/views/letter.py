from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.workspace.models import SENT, LetterState, Purpose
from nhipcau.workspace.queries.letters import letters, parent_at_issue, receipts_of
from nhipcau.workspace.queries.steps import steps_for
from nhipcau.workspace.views.attached import attached_context

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nhipcau.workspace.models import Letter


@login_required
@require_safe
def letter(request: Any, letter_id: int) -> HttpResponse:
    """A letter as it is read and printed, what can be done with it now, and what became of it."""
    shown = get_object_or_404(letters(), pk=letter_id)
    context = letter_context(request.user, shown) | attached_context(request.user, shown)
    return render(request, "workspace/letter.html", context)


def letter_context(person: Any, shown: Letter) -> dict[str, Any]:
    """Everything that the page of a letter shows."""
    to = list(shown.recipients.all())
    return {
        "letter": shown,
        "parent": parent_at_issue(shown),
        "steps": steps_for(person, shown),
        "receipts": receipts_of(shown),
        "own": shown.organisation_id in current().organisations(),
        "sent": shown.state in SENT,
        "recalled": shown.state == LetterState.RECALLED,
        "for_action": [row for row in to if row.purpose == Purpose.ACTION],
        "for_information": [row for row in to if row.purpose == Purpose.INFORMATION],
        "paragraphs": [part for part in shown.body.split("\n\n") if part.strip()],
        "sample": shown.sample,
    }
