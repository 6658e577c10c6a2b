"""``{% history object %}``: what happened to the object that a page is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from nhipcau.audit.queries import FIRST, history_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

register = template.Library()

#: What an address says when the whole history is asked for.
WHOLE = "all"


@register.inclusion_tag("audit/history.html", takes_context=True)
def history(context: template.RequestContext, target: Model, *parts: Model | Iterable[Model]) -> dict[str, Any]:
    """The history of an object and of what belongs to it, each by itself or in a list, folded up at its page's end."""
    request = context.get("request")
    asked = request is not None and request.GET.get("history") == WHOLE
    each = [one for part in parts for one in ([part] if hasattr(part, "_meta") else part)]
    return {
        "history": history_of(target, *each, limit=None if asked else FIRST),
        "open": asked,
        "whole": WHOLE,
        "request": request,
    }
