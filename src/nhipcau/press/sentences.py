"""What the engine says about trouble, kept so that every reader gets it in the language of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from nhipcau.newswire.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

#: As JSON: a plain text, or a template of the catalogue with its values, which may be sentences in turn.
Kept = str | dict[str, Any]


def kept(message: object) -> Kept:
    """A sentence as JSON; NUL and halves of surrogate pairs, which no database holds, are gone."""
    if not isinstance(message, Sentence):
        return printable(str(message))
    values = {name: value if isinstance(value, int) else kept(value) for name, value in message.values.items()}
    return {"template": message.template, "values": values}


def told(message: Kept) -> str:
    """The sentence in the language now active."""
    if isinstance(message, str):
        return message
    template: str = message["template"]
    values: Mapping[str, Any] = message["values"]
    said = {name: value if isinstance(value, int) else told(value) for name, value in values.items()}
    return gettext(template).format_map(said)


def printable(text: str | None) -> str:
    """The text without what no database can hold: NUL, and halves of surrogate pairs (shown as ``?``)."""
    return (text or "").replace("\0", "").encode("utf-8", "replace").decode()
