from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.network import queries
from nhipcau.network.comparison import compare
from nhipcau.network.forms import ComparisonForm
from nhipcau.network.models import Kind
from nhipcau.network.nation import PROVINCES_MERGED
from nhipcau.network.phrases import KINDS
from nhipcau.network.tree import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from nhipcau.network.tree import Node


@login_required
@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """What changed between two days: who ended and began, who merged into whom, who was renamed or moved.

    Sample offices are compared only where there are no real bodies: their changes are invented.
    """
    form = ComparisonForm(request.GET)
    form.is_valid()
    days = [
        form.cleaned_data.get("since") or PROVINCES_MERGED - ONE_DAY,
        form.cleaned_data.get("until") or timezone.localdate(),
    ]
    since, until = sorted(days)
    before, after = (queries.tree_on(day, sample=False) for day in (since, until))
    sample = not before.nodes and not after.nodes
    if sample:
        before, after = (queries.tree_on(day, sample=True) for day in (since, until))
    provinces = [sum(n.kind == Kind.PEOPLES_COMMITTEE for n in tree.nodes.values()) for tree in (before, after)]
    changes = compare(before, after, queries.successions(), since, until)
    context = {
        "form": form if form.is_bound and form.data else ComparisonForm({"since": since, "until": until}),
        "since": since,
        "until": until,
        "before": before,
        "after": after,
        "provinces": provinces,
        "changes": changes,
        "ended": list(_by_class(changes.ended)),
        "created": list(_by_class(changes.created)),
        "sample": sample and bool(before.nodes or after.nodes),
    }
    return render(request, "network/comparison.html", context)


def _by_class(rows: Sequence[tuple[Node, Any]]) -> Iterator[dict[str, Any]]:
    """Bodies with what they came from or went to, class by class."""
    order = {kind: number for number, kind in enumerate(Kind)}
    ordered = sorted(rows, key=lambda row: order[Kind(row[0].kind)])
    for kind, found in groupby(ordered, key=lambda row: row[0].kind):
        yield {"name": KINDS[Kind(kind)], "rows": list(found)}
