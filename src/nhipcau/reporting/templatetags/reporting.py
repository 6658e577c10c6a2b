"""What the templates of reports need besides the filters that all rooms share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from nhipcau.reporting.showing import printed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nhipcau.reporting.showing import ShownCell, ShownItem

register = template.Library()


@register.filter
def typed_in(mine: Mapping[str, str], path: str) -> list[tuple[str, str]]:
    """What a person typed in the fields of an item and could not save: ``(path, text)``, numbers as people write."""
    return [
        (each, printed(text) if each.startswith("figures.") and not each.endswith(".comment") else text)
        for each, text in mine.items()
        if each == path or each.startswith(f"{path}.") or each.removeprefix("nones.") == path.removeprefix("texts.")
    ]


# A form has some hundred of these two, and everybody opens theirs on the same evening: drawn here they take a tenth of
# the time that a template takes for them.


@register.filter
def number_cells(cells: Sequence[ShownCell]) -> SafeString:
    """The fields of a breakdown, each with the name of its choice."""
    return format_html_join(
        "",
        '<label class="axis-cell"><span>{}</span><input class="form-control" name="{}" value="{}" inputmode="decimal"'
        ' autocomplete="off"{}></label>',
        ((cell.label, cell.path, cell.value, _INVALID if cell.wrong else "") for cell in cells),
    )


@register.filter
def none_tick(one: ShownItem) -> SafeString:
    """The box to tick where there is nothing to answer: none of it is an answer, too."""
    return format_html(
        '<label class="tick"><input type="checkbox" name="{}" value="1"{} aria-label="{}"> {}</label>',
        f"nones.{one.item.key}" if one.item.kind == "text" else f"{one.path}.none",
        _CHECKED if one.none else "",
        gettext("%(what)s: there is none") % {"what": one.item.label},
        gettext("There is none"),
    )


_CHECKED, _INVALID = SafeString(" checked"), SafeString(' aria-invalid="true"')
