"""The steps of an object that goes from hand to hand, for letters, digests and what comes after them.

Each step is a form of its own, so it works without script and by keyboard. The domain function decides; what it
refuses is said on the page that the person came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.workspace.domain.errors import IncompleteError, WorkspaceError
from nhipcau.workspace.forms.letters import IssueForm, ReasonForm
from nhipcau.workspace.models import host_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpResponse


def take_step(request: Any, target: Any, do: Callable[..., Any], *, done: Any, wrong: str = "") -> HttpResponse:
    """Take a step that asks nothing; back to the object, or where it is refused to ``wrong``."""
    here = host_of(target).url(target)
    try:
        do()
    except WorkspaceError as error:
        messages.error(request, str(error))
        return redirect(wrong or here)
    messages.success(request, done)
    return redirect(here)


def take_reasoned_step(
    request: Any,
    target: Any,
    do: Callable[[str], Any],
    *,
    done: Any,
    template: str,
    context: Mapping[str, Any],
    required: bool = True,
) -> HttpResponse:
    """Ask for the reason of a step, and take it with that reason."""
    form = ReasonForm(request.POST or None)
    form.fields["reason"].required = required
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data["reason"])
        except IncompleteError as error:
            form.add_error("reason", str(error))
        except WorkspaceError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect(host_of(target).url(target))
    return render(request, template, {**context, "form": form, "sample": target.sample})


def take_issue(
    request: Any, target: Any, do: Callable[[str], Any], *, template: str, context: Mapping[str, Any]
) -> HttpResponse:
    """Ask for the signer's post, and issue the object under its next number."""
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            issued = do(form.cleaned_data["post"])
        except WorkspaceError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Issued as %(number)s.") % {"number": issued.number_and_symbol})
            return redirect(host_of(target).url(target))
    return render(request, template, {**context, "form": form, "sample": target.sample})


def take_receipt(request: Any, target: Any, waiting: Any, do: Callable[..., Any]) -> HttpResponse:
    """Take in what was issued to the reader's office; ``waiting`` is its open receipt, None where there is none."""
    here = redirect(host_of(target).url(target))
    if waiting is None:
        messages.error(request, _("Nothing is to be taken in: it was done already, or is not for your office."))
        return here
    try:
        taken = do(actor=request.user, receipt=waiting)
    except WorkspaceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken in as number %(number)s.") % {"number": taken.arrival_number})
    return here
