"""A form that does one thing: shown, taken, refused at the field that is wrong; nothing that was typed is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render

from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WorkspaceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands around the form.

    Attributes:
        heading: what is done here, as a sentence.
        button: the verb on its button.
        back: path of the page that it belongs to, and where one goes without doing it.
        back_label: what that page is called.
        lead: what to know before.
        icon: of the button.
        sample: whether it is about sample data.
        folded: names of fields that few need each time, in a part that opens.
    """

    heading: Any
    button: Any
    back: str
    back_label: Any
    lead: Any = ""
    icon: str = "check"
    sample: bool = False
    folded: tuple[str, ...] = ()


def take_form(request: Any, form: Any, do: Callable[[Any], Any], *, page: Page, done: Any) -> HttpResponse:
    """Show a form, or do what it asks and go where ``do`` says (a path), or back.

    Args:
        request: GET shows it, POST does it.
        form: bound where it is posted.
        do: takes the valid form; gives back where to go, None for back.
        page: what stands around it.
        done: what is said once it is done (lazily translated).
    """
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            where = do(form)
        except WorkspaceError as error:
            say_at_field(form, error)
            status = 409 if isinstance(error, ConflictError) else 200
        else:
            messages.success(request, done)
            return redirect(where or page.back)
    shown = [field for field in form.visible_fields() if field.name not in page.folded]
    folded = [field for field in form.visible_fields() if field.name in page.folded]
    context = {
        "form": form,
        "page": page,
        "shown": shown,
        "folded": folded,
        "open": any(field.errors for field in folded),
        "sample": page.sample,
    }
    return render(request, "programme/form.html", context, status=status)


def say_at_field(form: Any, error: WorkspaceError) -> None:
    """Put what a domain function refused at its field, or above the form where it has none."""
    field = error.field if isinstance(error, IncompleteError) else ""
    form.add_error(field if field in form.fields else None, str(error))
