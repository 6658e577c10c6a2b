"""The editor of a digest: its entries, each written beside its original and saved by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nhipcau.access.rights import require
from nhipcau.press import edited, queries
from nhipcau.press.domain import entries as domain
from nhipcau.press.domain.contents import save_version
from nhipcau.press.domain.errors import PressError
from nhipcau.press.forms import EntryForm
from nhipcau.press.models import WRITABLE, DigestEntry, DigestStory
from nhipcau.press.steps import steps_for
from nhipcau.workspace.domain.errors import ConflictError, WorkspaceError
from nhipcau.workspace.domain.writing import differences, drop_unsaved

if TYPE_CHECKING:
    from nhipcau.press.models import Digest
    from nhipcau.workspace.models import UnsavedText


@login_required
@require_safe
def digest_edit(request: Any, digest_id: int) -> HttpResponse:
    """What the office tells: headline and gist in Vietnamese beside each original, in the order of the digest."""
    shown = get_object_or_404(queries.digests(), pk=digest_id)
    require("press.edit_digest", request.user, shown)
    if shown.state not in WRITABLE:
        return render(request, "press/digest_closed.html", {"digest": shown, "sample": shown.sample}, status=409)
    told = edited.told_by(shown)
    kept = edited.kept_for(request.user, [each.entry for each in told])
    context = {
        "digest": shown,
        "entries": [(each, *_form_of(each.entry, kept.get(each.entry.pk))) for each in told],
        "bare": sum(not each.entry.headline and each.entry.article.language != "vi" for each in told),
        "taken_out": edited.taken_out(shown),
        "others": edited.not_entered(shown),
        "submit": next((step for step in steps_for(request.user, shown) if step.verb == "submit"), None),
        "sample": shown.sample,
    }
    return render(request, "press/digest_edit.html", context)


@login_required
@require_POST
def entry_write(request: Any, entry_of_digest_id: int) -> HttpResponse:
    """Save what was typed in an entry."""
    entry = _entry(entry_of_digest_id)
    values = {name: request.POST[name] for name in DigestEntry.WRITTEN if name in request.POST}
    version = request.POST.get("version", "")
    scripted = request.headers.get("HX-Request") == "true"
    wrong = ""
    try:
        row = domain.write_entry(
            actor=request.user, entry=entry, values=values, version=int(version) if version.isdecimal() else 0
        )
    except ConflictError:
        if not scripted:
            return _back(entry)
        answer = _one(request, entry)
        answer["HX-Retarget"], answer["HX-Reswap"] = f"#entry-{entry.pk}", "outerHTML"
        return answer
    except WorkspaceError as error:
        row, wrong = entry, str(error)
    if scripted:
        return render(request, "press/entry_saved.html", {"entry": row, "wrong": wrong})
    if wrong:
        messages.error(request, wrong)
    else:
        messages.success(request, _("Saved."))
    return _back(entry)


@login_required
@require_POST
def entry_forget(request: Any, entry_of_digest_id: int) -> HttpResponse:
    """Forget what I typed and could not save: what the other wrote stands."""
    entry = _entry(entry_of_digest_id)
    require("press.edit_digest", request.user, entry)
    drop_unsaved(actor=request.user, object_type=domain.ENTRY, target=entry)
    return _back(entry)


@login_required
@require_POST
def entry_move(request: Any, entry_of_digest_id: int) -> HttpResponse:
    """Move an entry one place up or down, or behind another one (``after``; 0 is the first place)."""
    entry = _entry(entry_of_digest_id)
    order = list(DigestEntry.objects.filter(digest=entry.digest_id, removed_at__isnull=True).order_by("place", "pk"))
    at = next((place for place, each in enumerate(order) if each.pk == entry.pk), 0)
    asked = request.POST.get("after", "")
    if request.POST.get("move") == "up":
        after = order[at - 2] if at > 1 else None
    elif request.POST.get("move") == "down":
        after = order[min(at + 1, len(order) - 1)]
    else:
        after = next((each for each in order if str(each.pk) == asked), None)
    if after is None or after.pk != entry.pk:
        return _done(request, entry, lambda: domain.move_entry(actor=request.user, entry=entry, after=after))
    return _done(request, entry, lambda: None)


@login_required
@require_POST
def entry_remove(request: Any, entry_of_digest_id: int) -> HttpResponse:
    """Take an entry out, or put it back."""
    entry = _entry(entry_of_digest_id)
    verb = domain.put_back_entry if request.POST.get("back") else domain.remove_entry
    return _done(request, entry, lambda: verb(actor=request.user, entry=entry))


@login_required
@require_POST
def entry_add(request: Any, digest_id: int) -> HttpResponse:
    """Take a story that the engine found into the digest."""
    shown = get_object_or_404(queries.digests(), pk=digest_id)
    key = request.POST.get("story", "")
    require("press.edit_digest", request.user, shown)
    stories = DigestStory.objects.filter(digest=shown, pk=int(key) if key.isascii() and key.isdigit() else 0)
    story = stories.first()
    if story is None:
        messages.error(request, _("This story is not in this digest any more."))
        return redirect("press:digest_edit", digest_id)
    try:
        entry = domain.add_story(actor=request.user, digest=shown, entry=story)
    except (WorkspaceError, PressError) as error:
        messages.error(request, str(error))
        return redirect("press:digest_edit", digest_id)
    return _back(entry)


@login_required
@require_POST
def digest_version(request: Any, digest_id: int) -> HttpResponse:
    """Keep the digest as it stands, to be compared with later."""
    shown = get_object_or_404(queries.digests(), pk=digest_id)
    try:
        number = save_version(actor=request.user, digest=shown)
    except WorkspaceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Version %(number)s is kept.") % {"number": number})
    return redirect("press:digest_edit", digest_id)


def _entry(entry_id: int) -> DigestEntry:
    entry: DigestEntry = get_object_or_404(DigestEntry.objects.select_related("article"), pk=entry_id)
    return entry


def _back(entry: DigestEntry) -> HttpResponse:
    return redirect(f"{reverse('press:digest_edit', args=[entry.digest_id])}#entry-{entry.pk}")


def _done(request: Any, entry: DigestEntry, do: Any) -> HttpResponse:
    """Do it; the script moves the entry itself and needs no answer, but a refusal shows the page as it is."""
    scripted = request.headers.get("HX-Request") == "true"
    try:
        do()
    except (WorkspaceError, PressError) as error:
        messages.error(request, str(error))
        if scripted:
            answer = HttpResponse(status=204)
            answer["HX-Refresh"] = "true"
            return answer
    return HttpResponse(status=204) if scripted else _back(entry)


def _form_of(entry: DigestEntry, kept: UnsavedText | None) -> tuple[EntryForm, list[Any]]:
    """The form of an entry, and what differs where the person could not save what they had typed.

    The form then holds their words where somebody has to choose, and what is stored in all other fields.
    """
    stored = domain.written_in(entry)
    if kept is None:
        return EntryForm(initial=stored, entry=entry), []
    mine = {name: texts[0] for name, texts in kept.values.items() if texts and name in stored}
    found = differences(entry, version=kept.version, mine={**stored, **mine}, theirs=stored)
    choose = [each for each in found if each.both] or [
        each for each in found if mine.get(each.field, each.theirs) not in (each.theirs, each.before)
    ]
    initial = stored | {each.field: each.mine for each in choose}
    return EntryForm(initial=initial, entry=entry), choose


def _one(request: Any, entry: DigestEntry) -> HttpResponse:
    digest: Digest = queries.digests().get(pk=entry.digest_id)
    told = next(each for each in edited.told_by(digest) if each.entry.pk == entry.pk)
    kept = edited.kept_for(request.user, [told.entry]).get(entry.pk)
    form, choose = _form_of(told.entry, kept)
    context = {"told": told, "form": form, "choose": choose, "digest": digest}
    return render(request, "press/entry.html", context)
