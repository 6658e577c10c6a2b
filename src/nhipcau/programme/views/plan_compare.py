from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import rules
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nhipcau.programme.domain.plan_contents import contents_of
from nhipcau.programme.models import PLAN_OUT
from nhipcau.programme.plan_comparing import compare_plans
from nhipcau.programme.queries import plans as queries
from nhipcau.ui.templatetags.ui import moment
from nhipcau.workspace.models import Revision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from nhipcau.programme.models import Plan


class Version(NamedTuple):
    """Something that can be compared: its code in the address, what it is called, what it says."""

    code: str
    name: str
    contents: Mapping[str, Any]


@login_required
@require_safe
def plan_compare(request: Any, plan_id: int) -> HttpResponse:
    """What changed between two editions of a plan, or, inside its office, between two kept versions."""
    shown = get_object_or_404(queries.plans(), pk=plan_id)
    there = versions_of(request.user, shown)
    codes = [each.code for each in there]
    after = request.GET.get("after", "")
    after = after if after in codes[1:] else codes[-1]
    older = codes[: codes.index(after)]
    before = request.GET.get("before", "")
    before = before if before in older else _first_guess(older, shown)
    by_code = {each.code: each for each in there}
    found = None
    if before:
        found = compare_plans(shown, by_code[before].contents, by_code[after].contents)
    context = {
        "plan": shown,
        "versions": there,
        "before": before,
        "after": after,
        "found": found,
        "sample": shown.sample,
    }
    return render(request, "programme/plan_compare.html", context)


def versions_of(person: Any, plan: Plan) -> list[Version]:
    """Everything that the reader may compare, the earliest first; at the end the plan as it is now."""
    found = []
    for edition in queries.editions_of(plan):
        if edition.pk != plan.pk and edition.edition >= plan.edition:
            continue
        if edition.pk != plan.pk and edition.state in PLAN_OUT:
            name = _("Edition %(number)s, %(symbol)s") % {
                "number": edition.edition,
                "symbol": edition.number_and_symbol,
            }
            found.append(Version(f"e{edition.pk}", name, contents_of(edition)))
    if rules.has_perm("programme.read_plan_versions", person, plan):
        kept = Revision.objects.on(plan).select_related("person").order_by("number")
        found += [Version(f"v{row.number}", _version_name(row), row.fields) for row in kept]
    return [*found, Version("now", _("As it is now"), contents_of(plan))]


def _version_name(row: Revision) -> str:
    given = {"number": row.number, "at": moment(row.saved_at), "who": row.person or "Nhịp Cầu"}
    return _("Version %(number)s, %(at)s, %(who)s") % given


def _first_guess(older: list[str], plan: Plan) -> str:
    """An amendment is first compared with what it amends, anything else with the version before."""
    amended = f"e{plan.amends_id}"
    if amended in older:
        return amended
    return older[-1] if older else ""
