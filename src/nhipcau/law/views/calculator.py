from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.law import words
from nhipcau.law.book import LawBook
from nhipcau.law.domain.due import due_at
from nhipcau.law.errors import LawError
from nhipcau.law.forms import CalculatorForm
from nhipcau.text import sort_key

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """When is it due? The moment, the rule, and every day that was counted, so that an official can check it."""
    book = LawBook.read()
    asked = request.GET if "kind" in request.GET and "day" in request.GET else None
    initial = {"kind": request.GET.get("kind", ""), "day": timezone.localdate()}
    form = CalculatorForm(asked, kinds=_kinds(book), initial=initial)
    context: dict[str, Any] = {"form": form, "due": None, "refused": ""}
    if asked is not None and form.is_valid():
        try:
            due = due_at(form.cleaned_data["kind"], form.trigger, on=form.cleaned_data["on"], book=book)
        except LawError as error:
            context["refused"] = str(error)
        else:
            context |= {"due": due, "how": words.how(due)}
    return render(request, "law/calculator.html", context)


def _kinds(book: LawBook) -> list[tuple[str, Any]]:
    """The kinds under who must act, both in alphabetical order; a kind is called as its latest rule calls it."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind, versions in book.deadlines.items():
        latest = versions[-1]
        groups.setdefault(latest.actor, []).append((kind, f"{latest.deliverable} ({words.limit(latest)})"))
    return [
        (actor, sorted(kinds, key=lambda one: sort_key(one[1])))
        for actor, kinds in sorted(groups.items(), key=lambda group: sort_key(group[0]))
    ]
