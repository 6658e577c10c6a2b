from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nhipcau.press import queries
from nhipcau.press.filters import CoverageFilter
from nhipcau.press.models import Collection, Story

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Rows of one page of a list.
PAGE = 50


@login_required
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """What the press wrote: folded search, filters, newest first, and how many articles are not shown."""
    narrowed = CoverageFilter(request.GET, queryset=queries.coverage())
    form = narrowed.form
    page = Paginator(narrowed.shown, PAGE).get_page(request.GET.get("page"))
    shown = page.paginator.count
    hidden = 0 if narrowed.shows_everything else narrowed.qs.filter(relevant=False).count()
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "shown": shown,
        "hidden": hidden,
        "everything": narrowed.shows_everything,
        "narrowed": any(
            value for name, value in form.data.items() if name in form.fields and name not in _NOT_NARROWING
        ),
        "story": _row(Story, form, "story"),
        "collection": _row(Collection, form, "collection"),
        "sample": any(article.outlet.sample for article in page),
    }
    return render(request, "press/articles.html", context)


_NOT_NARROWING = frozenset({"show", "sort"})


def _row(model: Any, form: Any, name: str) -> Any:
    """The row that the list is limited to, to be named above it."""
    key = form.cleaned_data.get(name)
    return model.objects.filter(pk=key).first() if key else None
