"""Correcting a story by hand: each step shows first what it moves, and works without script and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access import PermissionDeniedError
from nhipcau.press import queries
from nhipcau.press.domain import corrections
from nhipcau.press.domain.errors import PressError
from nhipcau.press.likely import likely_stories
from nhipcau.press.models import Article, CorrectionKind, Story, StoryCorrection

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from nhipcau.network.models import Organisation

#: Articles shown of each side before the rest is only counted.
MOST = 100


@login_required
@require_POST
def story_rename(request: Any, story_id: int) -> HttpResponse:
    """Give the story a name in Vietnamese."""
    story = get_object_or_404(Story.objects, pk=story_id)
    office = _office(request)
    try:
        made = corrections.rename_story(
            actor=request.user, organisation=office, story=story, name=request.POST.get("name", "")
        )
    except PressError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The name is kept.") if made else _("The story has that name already."))
    return redirect("press:story", story_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def story_split(request: Any, story_id: int) -> HttpResponse:
    """Make another story of the articles chosen, after showing which go and which stay."""
    story = get_object_or_404(Story.objects, pk=story_id)
    office = _office(request)
    chosen = _numbers(request.POST if request.method == "POST" else request.GET, "article")
    if request.method == "POST":
        try:
            other = corrections.split_story(actor=request.user, organisation=office, story=story, articles=chosen)
            corrections.rename_story(
                actor=request.user, organisation=office, story=other, name=request.POST.get("name", "")
            )
        except PressError as error:
            messages.error(request, str(error))
            return redirect("press:story", story_id)
        messages.success(request, _("The articles chosen are a story of their own now. This is it."))
        return redirect("press:story", other.pk)
    articles = list(queries.articles_of_story(story))
    going = corrections.parted(articles, chosen)
    if len(going) == len(articles) and articles:
        messages.error(request, _("All articles were chosen: leave at least one in this story."))
        going = []
    gone = {article.pk for article in going}
    context = {
        "going": going[:MOST],
        "going_count": len(going),
        "chosen": sorted(gone & chosen),
        "copies": len(gone - chosen),
        "staying": [article for article in articles if article.pk not in gone][:MOST],
        "staying_count": len(articles) - len(going),
        "longest": corrections.LONGEST_NAME,
    }
    return _page(request, "press/story_split.html", story, articles, **context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def story_merge(request: Any, story_id: int) -> HttpResponse:
    """Choose a story to join with this one, see what comes in, and join them."""
    story = get_object_or_404(Story.objects, pk=story_id)
    office = _office(request)
    if request.method == "POST":
        return _merge(request, story, office)
    key = _number(request.GET, "other")
    other = Story.objects.exclude(pk=story.pk).filter(pk=key).first() if key else None
    if other is not None:
        articles = list(queries.articles_of_story(other)[:MOST])
        own = list(queries.articles_of_story(story)[:MOST])
        context = {"other": other, "coming": articles, "own": own}
        return _page(request, "press/story_merge.html", story, [*articles, *own], **context)
    asked = request.GET.get("q", "").strip()[:200]
    found = likely_stories(story, asked)
    return _page(request, "press/story_choose.html", story, found_in(found), found=found, asked=asked)


def _merge(request: Any, story: Story, office: Organisation) -> HttpResponse:
    other = Story.objects.filter(pk=_number(request.POST, "other")).first()
    if other is None:
        messages.error(request, _("Choose the story that it is the same as."))
        return redirect("press:story_merge", story.pk)
    try:
        corrections.merge_stories(actor=request.user, organisation=office, story=story, other=other)
    except PressError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The two are one story now."))
    return redirect("press:story", story.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correction_undo(request: Any, correction_id: int) -> HttpResponse:
    """Take a correction back, after showing what goes where."""
    correction = get_object_or_404(StoryCorrection.objects.select_related("story", "other"), pk=correction_id)
    office = _office(request)
    if request.method == "POST":
        try:
            corrections.undo_correction(actor=request.user, organisation=office, correction=correction)
        except PressError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The correction is undone."))
        return redirect("press:story", correction.story_id)
    split = correction.kind == CorrectionKind.SPLIT
    source, back = (correction.other, correction.story) if split else (correction.story, correction.other)
    moving = list(
        queries.coverage()
        .filter(corrections__correction=correction, corrections__of_other=True, story=source)
        .order_by("dated_at", "pk")[:MOST]
    )
    context = {"correction": correction, "source": source, "back": back, "moving": moving}
    return _page(request, "press/correction_undo.html", correction.story, moving, **context)


def found_in(stories: list[Story]) -> list[Article]:
    """One article of each story, by which a list says whether it shows sample data."""
    rows = Article.objects.filter(story__in=[story.pk for story in stories], outlet__sample=True)
    return list(rows.select_related("outlet").only("outlet__sample", "story").order_by("pk")[:1])


def _office(request: Any) -> Organisation:
    """The office for which the reader corrects: the one named, else the first in which they are press analyst.

    Raises:
        PermissionDeniedError: there is none.
    """
    offices = {office.pk: office for office in queries.offices_as_analyst()}
    named = _numbers(request.POST, "organisation") & offices.keys()
    if not offices:
        raise PermissionDeniedError(_("Stories are corrected by press analysts."))
    return offices[min(named or offices)]


def _numbers(given: QueryDict, name: str) -> set[int]:
    """The keys given under a name; what is no key is left out."""
    return {int(value) for value in given.getlist(name) if value.isascii() and value.isdigit() and len(value) < 16}  # noqa: PLR2004 - a database's largest key has more


def _number(given: QueryDict, name: str) -> int:
    """The one key given under a name; 0, which no row has, for none."""
    return min(_numbers(given, name), default=0)


def _page(request: HttpRequest, template: str, story: Story, articles: list[Any], **context: Any) -> HttpResponse:
    sample = any(article.outlet.sample for article in articles)
    return render(request, template, {"story": story, "sample": sample, "offices": _offices(), **context})


def _offices() -> list[Organisation]:
    """Offices to choose from; none where there is no choice."""
    offices = list(queries.offices_as_analyst())
    return offices if len(offices) > 1 else []
