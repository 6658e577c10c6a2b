from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhipcau.programme import words
from nhipcau.programme.listings.directives import DIRECTIVES
from nhipcau.programme.queries.directives import clause_tree, directives, links_of, schemes_of
from nhipcau.programme.queries.tasks import holders_of_roles
from nhipcau.ui.listing import show
from nhipcau.workspace.views.attached import attached_context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from nhipcau.programme.models import Task


@login_required
def directive_list(request: HttpRequest) -> HttpResponse:
    """What steers the work."""
    return show(request, DIRECTIVES)


@login_required
@require_safe
def directive(request: Any, directive_id: int) -> HttpResponse:
    """A directive, its clauses, and what came of each of them."""
    shown = get_object_or_404(directives(), pk=directive_id)
    tree = clause_tree(shown)
    nodes = [node for top in tree for node in top.walk()]
    later, earlier = links_of(shown)
    word, code = words.directive_standing(shown)
    tasks = [task for node in nodes for task in node.tasks]
    context = {
        "directive": shown,
        "word": word,
        "code": code,
        "nodes": nodes,
        "tasks": tasks,
        "tasks_done": sum(task.state == "done" for task in tasks),
        "later": later,
        "earlier": earlier,
        "schemes": schemes_of(shown),
        "roles": held_roles_of(tasks),
        "may_edit": rules.has_perm("programme.edit_directive", request.user, shown),
        "sample": shown.sample,
    }
    return render(request, "programme/directive.html", context | attached_context(request.user, shown))


def held_roles_of(tasks: Iterable[Task]) -> list[tuple[str, Any]]:
    """The roles of the network that tasks name, each with who held it from when to when."""
    asked = list(tasks)
    rows = {row.role: row for task in asked for row in task.agencies.all() if row.role}
    if not rows:
        return []
    held = holders_of_roles(sorted(rows), sample=asked[0].sample)
    return [(str(rows[role].get_role_display()), found) for role, found in held.items() if found]
