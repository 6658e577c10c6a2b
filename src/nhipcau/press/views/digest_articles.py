from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhipcau.press import queries
from nhipcau.press.filters import EVERYTHING, DigestArticlesFilter
from nhipcau.press.models import DigestStory

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from nhipcau.press.models import Digest

#: Rows of one page.
PAGE = 50


@login_required
@require_safe
def digest_articles(request: HttpRequest, digest_id: int) -> HttpResponse:
    """What a number of a digest is made of: the articles as they were judged when it was built."""
    digest = get_object_or_404(queries.digests(), pk=digest_id)
    narrowed = DigestArticlesFilter(request.GET, queryset=queries.listed_of_digest(digest))
    page = Paginator(narrowed.qs, PAGE).get_page(request.GET.get("page"))
    context = {
        "digest": digest,
        "page": page,
        "rows": [row.article for row in page],
        "everything": narrowed.form.cleaned_data.get("part") == EVERYTHING,
        "limits": narrowed.limits(),
        "story": _story(digest, narrowed.form.cleaned_data.get("story")),
        "sample": digest.sample,
    }
    return render(request, "press/digest_articles.html", context)


def _story(digest: Digest, key: int | None) -> DigestStory | None:
    """The story of the digest that the list is limited to, to be named above it with the numbers that led here."""
    found: DigestStory | None = DigestStory.objects.filter(digest=digest, pk=key).first() if key else None
    return found
