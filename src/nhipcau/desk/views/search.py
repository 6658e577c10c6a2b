from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nhipcau.desk import finding
from nhipcau.search.registry import kinds

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Hits of each kind on the first page, and of one kind on a page of its own.
EACH, PAGE = 5, 50


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything that the reader may see and that holds the words typed, by kind; one kind alone with ``loai``."""
    text, exact = request.GET.get("q", "").strip(), request.GET.get("dung") == "1"
    wanted = request.GET.get("loai", "")
    shown: dict[str, Any] = {"q": text, "exact": exact, "wanted": wanted, "kinds": kinds()}
    if wanted and text:
        kind = next((kind for kind in kinds() if kind.name == wanted), None)
        if kind is None:
            raise Http404
        page = Paginator(kind.find(text, exact=exact), PAGE).get_page(request.GET.get("page"))
        shown |= {"kind": kind, "page": page, "hits": [finding.hit(kind, row) for row in page]}
        shown["count"] = page.paginator.count
    else:
        found = finding.found(text, exact=exact, limit=EACH)
        places = [(group, _everything(group, text)) for group in found]
        shown |= {"found": places, "count": sum(group.count for group in found)}
        shown["more"] = any(group.more for group in found)
    return render(request, "desk/search.html", shown)


def _everything(group: finding.Found, text: str) -> str:
    return group.kind.everything(text) if group.kind.everything else ""
