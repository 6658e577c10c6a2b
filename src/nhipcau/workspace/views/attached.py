"""The files and comments of an object, for the page of any room that shows them."""

from __future__ import annotations

from typing import Any

import rules
from django.utils import timezone

from nhipcau.workspace.domain.comments import EDITABLE_FOR
from nhipcau.workspace.models import Attachment, Comment, host_of


def attached_context(person: Any, target: Any) -> dict[str, Any]:
    """What ``workspace/attachments.html`` and ``workspace/comments.html`` need."""
    host = host_of(target)
    return {
        "files": list(Attachment.objects.on(target).select_related("uploaded_by", "removed_by")),
        "may_attach": rules.has_perm(host.attach, person, target),
        "may_sign": rules.has_perm(host.sign, person, target),
        "threads": threads_on(target),
        "may_comment": rules.has_perm(host.comment, person, target),
        "may_share": any(True for _office in host.receivers(target)),
    }


def threads_on(target: Any) -> list[tuple[Comment, list[Comment]]]:
    """The comments on an object that the reader sees, the first one first, each with the answers to it.

    Each carries ``still_editable``.
    """
    said = list(Comment.objects.on(target).select_related("author", "organisation"))
    answers: dict[int, list[Comment]] = {}
    for comment in said:
        comment.still_editable = timezone.now() - comment.made_at <= EDITABLE_FOR
        if comment.reply_to_id is not None:
            answers.setdefault(comment.reply_to_id, []).append(comment)
    first = [comment for comment in said if comment.reply_to_id is None]
    return [(comment, _below(comment, answers)) for comment in first]


def _below(comment: Comment, answers: dict[int, list[Comment]]) -> list[Comment]:
    """Every answer under a comment, answers to answers too, in one row."""
    below = [deeper for answer in answers.get(comment.pk, []) for deeper in (answer, *_below(answer, answers))]
    return sorted(below, key=lambda answer: (answer.made_at, answer.pk))
