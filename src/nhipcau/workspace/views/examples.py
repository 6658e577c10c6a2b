from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nhipcau.workspace.examples.listed import EXAMPLES, ShownExamples
from nhipcau.workspace.examples.parts import GROUPS
from nhipcau.workspace.examples.samples import samples
from nhipcau.workspace.forms.examples import every_sort

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def examples(request: HttpRequest) -> HttpResponse:
    """Every part that screens are made of, drawn as screens draw it. What its forms send goes nowhere."""
    if request.method == "POST":
        messages.info(request, gettext("This is a page of examples: nothing was kept."))
        return redirect("workspace:examples")
    shown = ShownExamples(EXAMPLES, request, {})
    context = {"groups": GROUPS, "shown": shown, "page": shown.page, "form": shown.form, "every": every_sort()}
    return render(request, "workspace/examples.html", context | samples(request.path) | {"sample": True})
