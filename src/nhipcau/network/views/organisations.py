from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.network import queries
from nhipcau.network.finding import found_by_name
from nhipcau.network.forms import TreeForm
from nhipcau.network.models import Kind
from nhipcau.network.moments import Moments
from nhipcau.network.nation import DUTY_MOVED, PROVINCES_MERGED
from nhipcau.network.phrases import KINDS
from nhipcau.network.rules import may_manage
from nhipcau.network.tree import ONE_DAY, matching

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from nhipcau.network.tree import Node

#: A group of more bodies than this is folded up at first.
OPEN = 30
#: Bodies found by a name that they do not bear on the day.
ELSEWHERE = 12
_ORDER = {kind: number for number, kind in enumerate(Kind)}


@login_required
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Who there was on a day, in whose tree: by class, with a day to choose, a name to find and a class to keep to."""
    form = TreeForm(request.GET)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name) for name in form.fields}
    today = timezone.localdate()
    day = asked["on"] or today
    tree = queries.tree_on(day)
    shown = matching(tree, words=asked["q"] or "", kind=asked["kind"] or "")
    counts = Counter(kind for node in tree.nodes.values() if not node.sample for kind in node.kinds)
    context: dict[str, Any] = {
        "form": form,
        "may_manage": may_manage(current().actor),
        "day": day,
        "moments": Moments(queries.days_of_change(), day),
        "presets": list(_presets(today)),
        "count": sum(not node.sample for node in tree.nodes.values()),
        "sample_count": sum(node.sample for node in tree.nodes.values()),
        "found": len(shown.nodes),
        "narrowed": bool(asked["q"] or asked["kind"]),
        "groups": list(_groups(node for node in shown.roots if not node.sample)),
        "sample_groups": list(_groups(node for node in shown.roots if node.sample)),
        "classes": [(kind, name, counts[kind]) for kind, name in KINDS.items() if counts[kind]],
        "kind": asked["kind"],
        "elsewhere": list(_elsewhere(asked["q"] or "", set(tree.nodes))),
        "sample": any(node.sample for node in tree.nodes.values()),
    }
    return render(request, "network/organisations.html", context)


def _presets(today: date) -> Iterator[date]:
    """The eves and the days of the great changes, and today."""
    for day in (DUTY_MOVED, PROVINCES_MERGED):
        yield day - ONE_DAY
        yield day
    yield today


def _groups(roots: Iterable[Node]) -> Iterator[dict[str, Any]]:
    """The roots by class, in the order of the classes."""
    ordered = sorted(roots, key=lambda node: _ORDER[Kind(node.kind)])
    for kind, nodes in groupby(ordered, key=lambda node: node.kind):
        found = list(nodes)
        yield {"kind": kind, "name": KINDS[Kind(kind)], "nodes": found, "open": len(found) <= OPEN}


def _elsewhere(words: str, here: set[int]) -> Iterator[Any]:
    """Bodies that bear or bore such a name and are not in the tree of the day."""
    if words.strip():
        found = found_by_name(words)[: ELSEWHERE + len(here)]
        yield from [body for body in found if body.pk not in here][:ELSEWHERE]
