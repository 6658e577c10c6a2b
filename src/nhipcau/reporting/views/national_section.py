from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhipcau.reporting.models import NATIONAL_WRITABLE
from nhipcau.reporting.national_figures import figures_of_standing
from nhipcau.reporting.national_showing import EVERYTHING, NARROWED, items_of, told_of
from nhipcau.reporting.plain_words import change_words
from nhipcau.reporting.queries.national import inputs_of, is_made_here, nationals, sentences_of
from nhipcau.workspace.models import UnsavedText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from nhipcau.reporting.models import NationalReport, NationalSentence


@login_required
@require_safe
def national_section(request: Any, national_id: int, national_part: str) -> HttpResponse:
    """A part of a national report: its sentences with the offices they come from, and its figures."""
    shown, section = get_object_or_404(nationals(), pk=national_id), national_part
    if not is_made_here(shown):
        return _printed(request, shown, section)
    form = shown.campaign.form_version.plain
    asked = next((each for each in form.sections if each.key == section), None)
    if asked is None:
        raise Http404
    standing = inputs_of(shown)
    rows = sentences_of(shown, dropped=True).filter(section=section)
    narrowed = request.GET.get("show", "")
    narrowed = narrowed if narrowed in NARROWED else EVERYTHING
    told = told_of(rows, current={row.submission_id for row in standing})
    writable = shown.state in NATIONAL_WRITABLE
    keys = [each.key for each in form.sections]
    at = keys.index(section)
    context = {
        "national": shown,
        "section": asked,
        "items": items_of(asked, told, narrowed),
        "kept": sum(row.sentence.dropped_at is None for row in told),
        "narrowed": narrowed,
        "counts": _counts(told),
        "figures": _figures(shown, standing, section),
        "may_edit": writable and rules.has_perm("reporting.edit_national", request.user, shown),
        "typed": typed_by(request.user, [row.sentence for row in told]),
        "before": form.sections[at - 1] if at else None,
        "after": form.sections[at + 1] if at + 1 < len(keys) else None,
        "reports": {row.submission_id: row.report_id for row in standing},
        "sample": shown.sample,
    }
    return render(request, "reporting/national_section.html", context)


def typed_by(person: Any, sentences: Iterable[NationalSentence]) -> dict[int, str]:
    """Sentence -> what the person typed of it and could not save."""
    keys = [sentence.pk for sentence in sentences]
    rows = UnsavedText.objects.of_kind("reporting.nationalsentence").filter(person=person, object_id__in=keys)
    return {row.object_id: (row.values.get("text") or [""])[0] for row in rows}


def _counts(told: Iterable[Any]) -> dict[str, int]:
    kept = [row for row in told if row.sentence.dropped_at is None]
    rows = list(told)
    return {
        "edited": sum(row.edited for row in kept),
        "own": sum(row.own for row in kept),
        "dropped": len(rows) - len(kept),
        "alike": sum(row.group > 0 for row in kept),
        "stale": sum(row.stale for row in kept),
    }


def _figures(shown: NationalReport, standing: Any, section: str) -> list[tuple[Any, str]]:
    sections = figures_of_standing(shown.campaign, standing)
    totals = next((totals for each, totals in sections if each.key == section), [])
    return [(total, change_words(total.compared) if total.compared else "") for total in totals]


def _printed(request: Any, shown: NationalReport, section: str) -> HttpResponse:
    sections = (shown.printed or {}).get("sections", [])
    if not section.isdecimal() or int(section) >= len(sections):
        raise Http404
    place = int(section)
    context = {
        "national": shown,
        "printed": sections[place],
        "compared": shown.printed["compared"],
        "before": {**sections[place - 1], "key": str(place - 1)} if place else None,
        "after": {**sections[place + 1], "key": str(place + 1)} if place + 1 < len(sections) else None,
        "sample": shown.sample,
    }
    return render(request, "reporting/national_printed.html", context)
