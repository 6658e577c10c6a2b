"""What the templates of reports need besides the filters that all rooms share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from nhipcau.reporting.showing import printed

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@register.filter
def typed_in(mine: Mapping[str, str], path: str) -> list[tuple[str, str]]:
    """What a person typed in the fields of an item and could not save: ``(path, text)``, numbers as people write."""
    return [
        (each, printed(text) if each.startswith("figures.") and not each.endswith(".comment") else text)
        for each, text in mine.items()
        if each == path or each.startswith(f"{path}.") or each.removeprefix("nones.") == path.removeprefix("texts.")
    ]
