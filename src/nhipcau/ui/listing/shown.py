"""A list as somebody asked for it: which rows, which columns, which order, which page."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext, gettext_lazy

from nhipcau.ui.listing.cells import plain, rows_as_html
from nhipcau.ui.listing.declared import Empty
from nhipcau.ui.listing.plugs import plugs
from nhipcau.ui.templatetags.ui import day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.core.paginator import Page
    from django.http import HttpRequest

    from nhipcau.ui.listing.declared import Column, Listing

#: Parts of an address that say how a list is shown and not what is in it.
SORT, COLUMNS, PAGE = "sort", "columns", "page"
#: Names the work just done; of the moment, so no link carries it on.
DONE = "done"


class Heading(NamedTuple):
    """The heading of a column: ``url`` orders by it, ``sorted`` is what ``aria-sort`` says."""

    label: str
    css: str
    url: str
    sorted: str


class Choice(NamedTuple):
    """A column on offer."""

    key: str
    label: str
    chosen: bool
    fixed: bool


class Shown:
    """A list for one request. Nothing is asked of the database before it is needed, and nothing twice.

    Attributes:
        listing: what was declared.
        request: who asks, and what for.
        given: the arguments with which the list was shown (the digest whose articles these are).
    """

    def __init__(self, listing: Listing, request: HttpRequest, given: dict[str, Any]) -> None:
        self.listing, self.request, self.given = listing, request, given

    # ---- rows

    @cached_property
    def narrowed(self) -> Any:
        """The filters with what was asked of them; None for a list without."""
        rows = self.listing.rows(**self.given)
        return self.listing.filters(self.request.GET, queryset=rows) if self.listing.filters else None

    @cached_property
    def form(self) -> Any:
        """The form of the filters; None for a list without."""
        return self.narrowed.form if self.narrowed else None

    @cached_property
    def rows(self) -> Any:
        """Every row that fits, in the order asked for."""
        rows = self.narrowed.qs if self.narrowed else self.listing.rows(**self.given)
        return rows.order_by(*self.order)

    @cached_property
    def page(self) -> Page[Any]:
        """The rows of the page asked for; any number leads to a page."""
        pages = self.listing.paginator(self.rows, self.listing.per_page)
        page: Page[Any] = pages.get_page(self.request.GET.get(PAGE))
        page.object_list = list(page.object_list)
        return page

    @cached_property
    def number(self) -> int:
        """How many rows fit."""
        return int(self.page.paginator.count)

    @property
    def more(self) -> bool:
        """Whether more rows fit than are counted."""
        return bool(getattr(self.page.paginator, "more", False))

    @cached_property
    def is_narrowed(self) -> bool:
        """Whether the reader limited the rows by a filter."""
        if self.form is None:
            return False
        fields = set(self.form.fields) - self.listing.unnarrowing
        return any(value for name, value in self.request.GET.items() if name in fields)

    @cached_property
    def sample(self) -> bool:
        """Whether one of the rows shown is invented."""
        return bool(self.listing.sample and self.listing.sample(self.page.object_list))

    # ---- order

    @cached_property
    def _orders(self) -> dict[str, tuple[Any, tuple[str, ...]]]:
        """Every order there is: code -> (label, fields)."""
        orders: dict[str, tuple[Any, tuple[str, ...]]] = {}
        for column in self.listing.columns:
            if column.order_by:
                up, down = gettext("%(column)s, ascending"), gettext("%(column)s, descending")
                orders[column.key] = (up % {"column": column.label}, column.order_by)
                orders[f"-{column.key}"] = (down % {"column": column.label}, _turned(column.order_by))
        return orders | self.listing.orders

    @cached_property
    def sort(self) -> str:
        """The code of the order asked for; empty for the first one."""
        asked = self.request.GET.get(SORT, "")
        return asked if asked in self._orders else ""

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The fields to order by; the key at the end, so that every page shows what the others do not."""
        first = next(iter(self.listing.orders.values())).fields if self.listing.orders else self.listing.order
        fields = self._orders[self.sort][1] if self.sort else first
        if fields[-1].lstrip("-") in {"pk", "id"}:
            return fields
        return (*fields, "-pk" if fields[-1].startswith("-") else "pk")

    @cached_property
    def sort_choices(self) -> list[tuple[str, Any, bool]]:
        """Code, label and whether it is the one: orders with a name; those of the columns where there are none."""
        named = self.listing.orders
        codes = [code for code in self._orders if code in named or not named or code == self.sort]
        now = self.sort or next(iter(named), "") or self._code_of(self.listing.order)
        return [(code, self._orders[code][0], code == now) for code in codes]

    def _code_of(self, fields: tuple[str, ...]) -> str:
        keys = _without_key(fields)
        return next((code for code, (_label, by) in self._orders.items() if _without_key(by) == keys), "")

    # ---- columns

    @cached_property
    def chosen(self) -> frozenset[str]:
        """Keys of the columns asked for; empty for the usual ones."""
        asked = {key for given in self.request.GET.getlist(COLUMNS) for key in given.split(",")}
        return frozenset(asked & {column.key for column in self.listing.columns})

    @cached_property
    def columns(self) -> list[Column]:
        """The columns shown, in the order in which they are declared; the first one always."""
        first = self.listing.columns[0]
        shows = (lambda column: column.key in self.chosen) if self.chosen else (lambda column: column.chosen)
        return [column for column in self.listing.columns if column is first or shows(column)]

    @property
    def column_choices(self) -> list[Choice]:
        """Every column, and whether it is shown."""
        shown = {column.key for column in self.columns}
        first = self.listing.columns[0].key
        return [Choice(c.key, str(c.label), c.key in shown, c.key == first) for c in self.listing.columns]

    @property
    def headings(self) -> Iterator[Heading]:
        """The headings of the columns shown."""
        rest = self.address_without(SORT, PAGE)
        join = "&" if rest else ""
        keys = _without_key(self.order)
        for column in self.columns:
            label, css = str(column.label), "num" if column.numeric else ""
            if column.card == "none":
                css += " desk-only"
            if not column.order_by:
                yield Heading(label, css.strip(), "", "")
                continue
            up, down = _without_key(column.order_by), _without_key(_turned(column.order_by))
            now = "ascending" if keys == up else "descending" if keys == down else ""
            falls = now == "ascending" or (not now and column.latest_first)
            code = f"-{column.key}" if falls else column.key
            yield Heading(label, css.strip(), f"?{rest}{join}{SORT}={code}", now)

    # ---- drawing

    @cached_property
    def ticks(self) -> bool:
        """Whether rows can be ticked, because something can be done with many at once."""
        user = getattr(self.request, "user", None)
        signed_in = user is not None and user.is_authenticated
        return signed_in and any(bulk.may(user) for bulk in self.listing.bulk)

    def body(self) -> str:
        """The rows of this page as HTML."""
        return rows_as_html(self.listing, self.columns, self.page.object_list, ticks=self.ticks)

    @cached_property
    def totals(self) -> list[tuple[str, str]] | None:
        """Class and total of each column shown, over every row that fits; None where no column has one."""
        asked = {column.key: column.total for column in self.columns if column.total is not None}
        if not asked:
            return None
        found = self.rows.order_by().aggregate(**{f"total_{key}": total for key, total in asked.items()})
        return [("num" if c.numeric else "", plain(found.get(f"total_{c.key}"))) for c in self.columns]

    @property
    def tools(self) -> list[str]:
        """What rooms above put among the tools of this list."""
        return [drawn for each in plugs() if (drawn := each.tool(self))]

    @property
    def notices(self) -> list[str]:
        """What rooms above have to say about this list."""
        return [drawn for each in plugs() if (drawn := each.notice(self))]

    @property
    def heading(self) -> str:
        """The sentence that the list answers with."""
        return self.listing.heading(self)

    @property
    def lead(self) -> str:
        """What stands below it."""
        return self.listing.lead(self) if self.listing.lead else ""

    @property
    def empty(self) -> Empty:
        """What stands where the rows would."""
        if self.is_narrowed:
            return Empty(
                gettext("Nothing fits all of these filters"),
                self.listing.nothing_fits or gettext("Take one filter away, or write fewer words."),
                "search",
                self.request.path,
                gettext("Clear the filters"),
            )
        return self.listing.empty(self) if self.listing.empty else Empty(gettext("There is nothing here yet"))

    @property
    def faults(self) -> list[tuple[str, Any, list[str]]]:
        """Filters that could not be used: where the field is, its label, what is wrong with it."""
        found = [(f.id_for_label, f.label, list(f.errors)) for f in self.form if f.errors] if self.form else []
        asked = self.request.GET.get(SORT, "")
        if asked and not self.sort:
            wrong = forms.ChoiceField.default_error_messages["invalid_choice"] % {"value": asked}
            found.append(("id_sort", gettext_lazy("Order"), [wrong]))
        return found

    @cached_property
    def limits(self) -> list[tuple[str, str]]:
        """What the rows are limited to, in words: label and value of every filter that was used."""
        if self.form is None:
            return []
        self.form.is_valid()
        used = ((field, self.form.cleaned_data.get(field.name)) for field in self.form)
        return [(str(field.label), _in_words(field, value)) for field, value in used if value not in _NO_LIMIT]

    # ---- addresses

    def address_without(self, *names: str) -> str:
        """The question of the address without these parts, for a link that sets them anew."""
        return urlencode([(name, value) for name, value in self.pairs if name not in names])

    @cached_property
    def pairs(self) -> Sequence[tuple[str, str]]:
        """The question of the address, piece by piece."""
        given = self.request.GET.lists()
        return [(name, value) for name, values in given for value in values if name != DONE]

    @property
    def kept_by_filters(self) -> list[tuple[str, str]]:
        """What the filter form must carry along."""
        return [(name, value) for name, value in self.pairs if name == COLUMNS]

    @property
    def kept_by_columns(self) -> list[tuple[str, str]]:
        """What the form of the columns must carry along."""
        return [(name, value) for name, value in self.pairs if name not in {COLUMNS, PAGE}]


_NO_LIMIT: tuple[Any, ...] = (None, "", [], False)


def _in_words(field: Any, value: Any) -> str:
    """A filter's value as its form shows it."""
    choices = getattr(field.field.widget, "choices", ())
    names = {str(code): str(name) for code, name in choices if not isinstance(name, list | tuple)}
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(names.get(str(each)) or str(_spoken(each)) for each in values)


def _spoken(value: Any) -> Any:
    if isinstance(value, bool):
        return gettext("Yes")
    return day(value) if isinstance(value, date) else value


def _turned(fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in fields)


def _without_key(fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in fields if name.lstrip("-") not in {"pk", "id"})
