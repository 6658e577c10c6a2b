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

    from nhipcau.reporting.showing import ShownAxis, ShownCell, ShownItem

register = template.Library()


@register.filter
def typed_in(mine: Mapping[str, str], path: str) -> list[tuple[str, str]]:
    """What a person typed in the fields of an item and could not save: ``(path, text)``, numbers as people write."""
    return [
        (each, printed(text) if each.startswith("figures.") and not each.endswith(".comment") else text)
        for each, text in mine.items()
        if each == path or each.startswith(f"{path}.") or each.removeprefix("nones.") == path.removeprefix("texts.")
    ]


# A form has some hundred fields of breakdowns and half as many boxes to tick, and everybody opens theirs on the same
# evening: drawn here they take a tenth of the time that a template takes for them.


@register.filter
def breakdowns(axes: Sequence[ShownAxis]) -> SafeString:
    """The breakdowns of a figure: what each is by, what it adds up to, and a field for each choice."""
    by, total = gettext("Broken down by %(what)s"), gettext("adds up to %(number)s")
    return format_html_join(
        "",
        '<fieldset class="axis"><legend>{} <span class="quiet">{}</span></legend><div class="axis-cells">{}</div>'
        "</fieldset>",
        ((by % {"what": one.axis.label}, total % {"number": one.total}, _fields(one.cells)) for one in axes),
    )


def _fields(cells: Sequence[ShownCell]) -> SafeString:
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
