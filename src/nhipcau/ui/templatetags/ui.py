"""Filters that every room's templates share: figures, dates and names as the reader's language writes them, icons."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django import template
from django.forms import Select
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from nhipcau import text
from nhipcau.newswire import gazetteer
from nhipcau.ui.icons import ICONS
from nhipcau.ui.states import Appearance
from nhipcau.ui.states import appearance as appearance_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.core.paginator import Page
    from django.forms import BoundField
    from django.utils.safestring import SafeString

    from nhipcau.ui.charts import Chart

register = template.Library()

#: Languages written from right to left.
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


class UnknownIconError(LookupError):
    """A template asked for an icon that the sprite does not hold."""


def _language() -> str:
    return (get_language() or "vi").partition("-")[0]


@register.filter
def vi_number(value: Any) -> str:
    """A figure as the reader's language writes it: 1.234,5 in Vietnamese; an empty value is a dash."""
    return "–" if value in (None, "") else text.format_number(value, _language())


@register.filter
def day(value: date | None) -> str:
    """The day as 22/11/2026; a moment is first brought to the desk's time zone. Empty for no value."""
    if not value:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return text.format_date(value, _language())


@register.filter
def moment(value: datetime | None) -> str:
    """The moment as 22/11/2026 14:05 in the desk's time zone. Empty for no value."""
    if not value:
        return ""
    return text.format_datetime(timezone.localtime(value) if timezone.is_aware(value) else value, _language())


@register.filter
def country_name(code: str | None) -> str:
    """The country's name in the reader's language, for an ISO 3166-1 code; empty for no code."""
    return gazetteer.country_name(code, _language()) if code else ""


@register.filter
def language_name(code: str | None) -> str:
    """The language's name in the reader's language, for a BCP 47 tag; empty for no tag."""
    return gazetteer.language_name(code, _language()) if code else ""


@register.filter
@cache
def icon(name: str) -> SafeString:
    """The icon as inline SVG, hidden from screen readers: the word beside it says what it means.

    Raises:
        UnknownIconError: the name is not in :data:`nhipcau.ui.icons.ICONS`.
    """
    if name not in ICONS:
        raise UnknownIconError(f"No icon “{name}”: add it to nhipcau/ui/icons.py and run tools/vendor.py.")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("vendor/icons.svg"),
        name,
    )


@register.filter
def appearance(state: str) -> Appearance:
    """How the state with this code looks: ``.tone`` and ``.icon``."""
    return appearance_of(state)


@register.filter
def page_numbers(page: Page[Any]) -> Iterable[int | str]:
    """The page numbers worth a link: both ends and two on each side; an ellipsis stands for those left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.filter
def direction(language: str) -> str:
    """``rtl`` or ``ltr``, for the ``dir`` of an original text."""
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


@register.filter
def styled(field: BoundField) -> SafeString:
    """A form field as its control, in the house's clothes."""
    control = "form-select" if isinstance(field.field.widget, Select) else "form-control"
    attrs: dict[str, str | bool] = {"class": control}
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def along(values: Sequence[Any], names: Sequence[Any]) -> Iterable[tuple[Any, Any]]:
    """Each value of a row with the name of its column."""
    return zip(values, names, strict=True)


@register.filter
def as_of(value: datetime | None) -> str:
    """The freshness stamp of a number: up to which moment it holds. Empty for no value."""
    return gettext("numbers up to %(at)s") % {"at": moment(value)} if value else ""


@register.inclusion_tag("ui/chart.html", takes_context=True)
def chart(context: Any, one: Chart, level: int = 2) -> dict[str, Any]:
    """A chart with its table; ``level`` is that of its heading. The page loads ``ui/chart_head.html`` in its head."""
    sample = bool(context.get("sample") or getattr(context.get("desk"), "sample", False))
    stamp = as_of(one.as_of)
    return {"chart": one, "level": level, "data": one.drawn(stamp=stamp, sample=sample), "stamp": stamp}
