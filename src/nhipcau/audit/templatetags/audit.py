"""``{% history object %}``: what happened to the object that a page is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from nhipcau.audit.queries import FIRST, history_of

if TYPE_CHECKING:
    from django.db.models import Model

register = template.Library()

#: What an address says when the whole history is asked for.
WHOLE = "all"


@register.inclusion_tag("audit/history.html", takes_context=True)
def history(context: template.RequestContext, target: Model, *parts: Model) -> dict[str, Any]:
    """The history of an object and of what belongs to it, folded up, at the end of its page."""
    request = context.get("request")
    asked = request is not None and request.GET.get("history") == WHOLE
    return {
        "history": history_of(target, *parts, limit=None if asked else FIRST),
        "open": asked,
        "whole": WHOLE,
        "request": request,
    }
