"""The head of a document that goes out: title, symbol, place, recipients; one screen for every kind of document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.network.models import Organisation
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WorkspaceError
from nhipcau.workspace.domain.writing import differences, unsaved
from nhipcau.workspace.forms.letters import RecipientRow, RecipientRows
from nhipcau.workspace.queries.letters import recipients_matching
from nhipcau.workspace.views.letter_writing import version_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.forms import Form
    from django.http import HttpResponse

    from nhipcau.workspace.models import UnsavedText


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a kind of document has of its own in its head.

    Attributes:
        form: its form; ``form.head(offices)`` is the content, with ``fields()`` as versions keep it.
        kind: label of the model, under which unsaved text is kept.
        stored: document -> the fields as they are stored.
        recipients: document -> rows with ``organisation``.
        save: ``(actor, document, content, version)``.
        again: key -> the document as it is now.
        name: what the template calls the document.
        template: that draws the form.
        after: the route to which saving leads.
    """

    form: type[Form]
    kind: str
    stored: Callable[[Any], dict[str, Any]]
    recipients: Callable[[Any], Iterable[Any]]
    save: Callable[[Any, Any, Any, int], object]
    again: Callable[[int], Any]
    name: str
    template: str
    after: str


def edit_head(request: Any, shown: Any, head: Head) -> HttpResponse:
    """The form of a head, and what it does; what was typed and could not be saved is there again."""
    kept = unsaved(request.user, object_type=head.kind, target=shown)
    if request.method != "POST" and kept is not None:
        return _kept_page(request, shown, head, kept)
    if request.method != "POST":
        to = RecipientRows([RecipientRow(row.organisation) for row in head.recipients(shown)])
        return _page(request, shown, head, head.form(initial=head.stored(shown)), to, version=shown.version)
    form, to = head.form(request.POST), RecipientRows.read(request.POST)
    if "find" in request.POST or not form.is_valid():
        return _page(request, shown, head, form, to, version=version_of(request.POST))
    return _save(request, shown, head, form, to)


def _kept_page(request: Any, shown: Any, head: Head, kept: UnsavedText) -> HttpResponse:
    """The head as the reader had typed it and could not save, beside what differs from it; saving it is over that."""
    mine = {name: texts[0] if texts else "" for name, texts in kept.values.items() if name != "recipients"}
    keys = {int(key) for key in kept.values.get("recipients", []) if key.isdecimal()}
    offices = Organisation.objects.filter(pk__in=keys).order_by("sort_key", "pk")
    to = RecipientRows([RecipientRow(office) for office in offices])
    typed = {**mine, "recipients": sorted(keys)}
    found = differences(shown, version=kept.version, mine=typed, theirs=head.stored(shown))
    return _page(request, shown, head, head.form(initial=mine), to, version=shown.version, differences=found)


def _save(request: Any, shown: Any, head: Head, form: Any, to: RecipientRows) -> HttpResponse:
    version = version_of(request.POST)
    content = form.head([row.organisation for row in to.rows])
    try:
        head.save(request.user, shown, content, version)
    except ConflictError:
        shown = head.again(shown.pk)
        found = differences(shown, version=version, mine=content.fields(), theirs=head.stored(shown))
        # The next save is over what is shown here, so it carries the version that is.
        return _page(request, shown, head, form, to, version=shown.version, differences=found, status=409)
    except WorkspaceError as error:
        field = error.field if isinstance(error, IncompleteError) else ""
        form.add_error(field if field in form.fields else None, str(error))
        return _page(request, shown, head, form, to, version=version)
    messages.success(request, _("Saved."))
    return redirect(head.after, shown.pk)


def _page(
    request: Any, shown: Any, head: Head, form: Any, to: RecipientRows, *, version: int, status: int = 200, **more: Any
) -> HttpResponse:
    asked = request.POST.get("find_text", "")
    found = more.pop("differences", None)
    if found is not None:
        more["differing"] = [(form.fields[one.field].label, one) for one in found if one.field in form.fields]
    context = {
        head.name: shown,
        "form": form,
        "rows": to.rows,
        "asked": asked,
        "found": recipients_matching(asked, timezone.localdate(), without=to.ids),
        "version": version,
        "sample": shown.sample,
        **more,
    }
    return render(request, head.template, context, status=status)
