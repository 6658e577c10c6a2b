from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nhipcau.access.rights import require
from nhipcau.accounts.models import Role
from nhipcau.press import queries, triage_list
from nhipcau.press.domain import triage as domain
from nhipcau.press.domain.errors import PressError
from nhipcau.press.models import WRITABLE, Digest, DigestArticle, DropReason
from nhipcau.workspace.domain.errors import WorkspaceError
from nhipcau.workspace.queries.people import holding

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from nhipcau.accounts.models import Person
    from nhipcau.press.models import DigestChoice

#: Items of one page.
PAGE = 100
_VERBS: dict[str, Callable[..., DigestChoice]] = {
    "keep": domain.keep_item,
    "drop": domain.drop_item,
    "reopen": domain.reopen_item,
    "assign": domain.assign_item,
}


@login_required
@require_safe
def triage(request: Any, digest_id: int) -> HttpResponse:
    """What goes into a digest: its items by story, one key each to keep or to leave out."""
    shown = get_object_or_404(queries.digests(), pk=digest_id)
    require("press.triage_digest", request.user, shown)
    part = request.GET.get("part", triage_list.OPEN)
    part = part if part in triage_list.PARTS else triage_list.OPEN
    rows = triage_list.narrowed(triage_list.rows_of(shown), part, request.user.pk)
    page = Paginator(triage_list.in_full(rows), PAGE).get_page(request.GET.get("page"))
    context = _context(request.user, shown, part) | {
        "page": page,
        "items": triage_list.items_of(shown, page.object_list),
        "sample": shown.sample,
    }
    return render(request, "press/triage.html", context)


@login_required
@require_POST
def triage_choose(request: Any, digest_id: int) -> HttpResponse:
    """Keep an item, leave it out, make it undecided again, give it to a colleague, or undo the last of these."""
    shown = get_object_or_404(queries.digests(), pk=digest_id)
    part = request.POST.get("part", triage_list.OPEN)
    do = "drop" if "drop" in request.POST else request.POST.get("do", "")
    key = request.POST.get("article", "")
    row = None
    if do != "undo":
        rows = DigestArticle.objects.filter(digest=shown).select_related("article")
        row = get_object_or_404(rows, article_id=int(key) if key.isascii() and key.isdigit() else 0)
    try:
        choice = _do(request, shown, do, row)
    except (WorkspaceError, PressError) as error:
        return _answer(request, shown, part, key, wrong=str(error))
    if choice is None:
        return HttpResponseBadRequest()
    return _answer(request, shown, part, str(choice.article_id), done=_said(do, choice))


def _do(request: Any, shown: Digest, do: str, row: DigestArticle | None) -> DigestChoice | None:
    who: Person = request.user
    if do == "undo":
        return domain.take_back(actor=who, digest=shown)
    if row is None or do not in _VERBS:
        return None
    more: dict[str, Any] = {}
    if do == "drop":
        more = {"reason": request.POST["drop"], "words": request.POST.get("words", "")}
    elif do == "assign":
        people = {str(person.pk): person for person in _colleagues(shown)}
        more = {"to": people.get(request.POST.get("to", ""))}
    return _VERBS[do](actor=who, digest=shown, article=row.article, **more)


def _said(do: str, choice: DigestChoice) -> str:
    what = {"title": choice.article.title or choice.article.excerpt[:80]}
    if do == "undo":
        return _("Taken back: %(title)s") % what
    if do == "assign":
        return _("Given to %(who)s") % {"who": choice.assignee.name} if choice.assignee else _("Given to nobody")
    return {
        "kept": _("Kept: %(title)s"),
        "dropped": _("Left out: %(title)s"),
        "": _("Undecided again: %(title)s"),
    }[choice.decision] % what


def _answer(request: Any, shown: Digest, part: str, key: str, *, done: str = "", wrong: str = "") -> HttpResponse:
    """The item as it is now and the counts, for the script; the list again, for a browser without."""
    if request.headers.get("HX-Request") != "true":
        if wrong:
            messages.error(request, wrong)
        else:
            messages.success(request, done)
        return redirect(f"{reverse('press:triage', args=[shown.pk])}?part={part}#item-{key}")
    rows = triage_list.in_full(triage_list.rows_of(shown)).filter(article_id=int(key) if key.isdigit() else 0)
    items = triage_list.items_of(shown, rows)
    context = _context(request.user, shown, part) | {"item": items[0] if items else None, "done": done, "wrong": wrong}
    answer = render(request, "press/triage_answer.html", context)
    if request.POST.get("do") == "undo" and items:
        # The button belongs to the page: the answer goes to the item whose choice it was.
        answer["HX-Retarget"] = f"#item-{key}"
    return answer


def _context(person: Any, shown: Digest, part: str) -> dict[str, Any]:
    return {
        "digest": shown,
        "part": part,
        "counts": triage_list.counts_of(shown, person.pk),
        "writable": shown.state in WRITABLE,
        "reasons": DropReason.choices,
        "colleagues": _colleagues(shown),
    }


def _colleagues(shown: Digest) -> list[Person]:
    return holding([Role.PRESS_ANALYST], [shown.organisation_id])
