from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.press import edited, queries, sections
from nhipcau.press.models import OUT, DigestState
from nhipcau.press.steps import steps_for
from nhipcau.workspace.views.attached import attached_context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from nhipcau.press.models import Digest, DigestStory


#: Stories that the engine found and that are shown while nobody has written; triage has all of them.
MOST = 60


@login_required
@require_safe
def digest(request: Any, digest_id: int) -> HttpResponse:
    """A digest as it is read, what can be done with it, and how it was made.

    It says what the office tells; while that is nothing, what the engine found.
    """
    shown = get_object_or_404(queries.digests(), pk=digest_id)
    told = edited.told_by(shown)
    stories = [] if told else list(queries.stories_of_digest(shown)[:MOST])
    context: dict[str, Any] = {
        "digest": shown,
        "told": told,
        "sections": edited.by_section(told),
        "stories": stories,
        "topics": by_topic(stories),
        "more_stories": 0 if told else shown.story_count - len(stories),
        "of_rooms": sections.of_digest(shown) if told else [],
        "articles": queries.articles_of_digest(shown, relevant=True).count(),
        "everything": queries.articles_of_digest(shown).count(),
        "reprints": queries.articles_of_digest(shown, relevant=True, reprint=True).count(),
        "outlets": queries.outlets_of_digest(shown),
        "countries": queries.numbers_by(shown, "article__outlet__country"),
        "languages": queries.numbers_by(shown, "article__language"),
        "codes": queries.numbers_by(shown, "article__topics__code"),
        "rejected": sorted(shown.counts.get("rejected", {}).items()),
        "sample": shown.sample,
    }
    return render(request, "press/digest.html", context | _paper(request.user, shown))


def _paper(person: Any, shown: Digest) -> dict[str, Any]:
    """What a digest has as a document of its office: steps, recipients, corrections, files and comments."""
    own = shown.organisation_id in current().organisations()
    notices = list(queries.notices_of(shown))
    return {
        "steps": steps_for(person, shown),
        "own": own,
        "sent": shown.state in OUT,
        "recalled": shown.state == DigestState.RECALLED,
        "recipients": list(queries.recipients_of(shown)) if own else [],
        "receipts": list(queries.receipts_of(shown)),
        "published": [notice for notice in notices if notice.published_at],
        "waiting": [
            (notice, rules.has_perm("press.publish_notice", person, notice))
            for notice in notices
            if not notice.published_at and not notice.withdrawn_at
        ],
        "may_withdraw": rules.has_perm("press.withdraw_notice", person, shown),
        "may_triage": rules.has_perm("press.triage_digest", person, shown),
        **attached_context(person, shown),
    }


def by_topic(stories: Iterable[DigestStory]) -> list[tuple[str, list[DigestStory]]]:
    """The stories grouped by topic; the topic of the best story first, stories without one last."""
    groups: dict[str, list[DigestStory]] = {}
    for story in stories:
        groups.setdefault(story.topic, []).append(story)
    return sorted(groups.items(), key=lambda group: (not group[0], group[1][0].rank))
