"""What a list is made of, as a room declares it."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.paginator import Paginator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nhipcau.ui.listing.shown import Shown


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a list: on the screen, on a card, in a file.

    Attributes:
        key: name in addresses, saved views and code.
        label: heading as people read it (lazily translated).
        value: what stands in a file for a row (``str``, number, ``date``, aware ``datetime``, ``bool`` or None), and on
            the screen where ``show`` says nothing else; a path of attributes (``"outlet.name"``) or a function of the
            row. The key where nothing is given.
        show: the cell as HTML or text for a row, where the value alone is not enough.
        link: address for a row; the cell becomes a link to it.
        language: BCP 47 tag of the cell's text for a row, where it is not the reader's.
        note: a few quiet words behind the cell's text for a row; empty for none.
        order_by: fields by which the list is ordered from the heading; none where it cannot be.
        numeric: right-aligned figures.
        css: further classes of the cell; ``when`` for moments, ``why`` for sentences.
        chosen: shown unless the reader chose other columns.
        card: place on the card of a phone: ``title``, ``plain``, ``labelled`` or ``none``.
        total: an aggregate over every row that fits, shown below the column (``Sum("articles")``).
    """

    key: str
    label: Any
    value: str | Callable[[Any], Any] = ""
    show: Callable[[Any], str] | None = None
    link: Callable[[Any], str] | None = None
    language: Callable[[Any], str] | None = None
    note: Callable[[Any], str] | None = None
    order_by: tuple[str, ...] = ()
    numeric: bool = False
    css: str = ""
    chosen: bool = True
    card: str = "labelled"
    total: Any = None

    def __post_init__(self) -> None:
        if not callable(self.value):
            object.__setattr__(self, "value", attrgetter(self.value or self.key))

    @property
    def latest_first(self) -> bool:
        """Whether the first click on the heading puts the highest on top: figures and moments."""
        return self.numeric or "when" in self.css.split()


class Order(NamedTuple):
    """An order with a name of its own, besides those of the columns."""

    label: Any
    fields: tuple[str, ...]


class Effect(NamedTuple):
    """What work on many rows would do with one of them; where it is not possible, the words say why."""

    possible: bool
    words: Any


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """Something that can be done with many rows of a list at once.

    Attributes:
        name: its identity within the list.
        label: a short verb (lazily translated).
        may: whether a signed-in person is offered it; ``run`` asks the rule again for each row.
        effect: what would happen to a row.
        run: ``(actor, row)``: does it, through the room's domain function, and gives back what ``undo`` needs (as JSON
            holds it).
        undo: ``(actor, row, needed) -> bool``: puts the row back unless it was changed since; whether it did. None
            where the work cannot be undone.
    """

    name: str
    label: Any
    may: Callable[[Any], bool]
    effect: Callable[[Any], Effect]
    run: Callable[[Any, Any], Any]
    undo: Callable[[Any, Any, Any], bool] | None = None


class Empty(NamedTuple):
    """What stands where the rows would: what would be here, and how to start."""

    title: Any
    text: Any = ""
    icon: str = "info-circle"
    action_url: str = ""
    action_label: Any = ""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list.

    Attributes:
        name: ``room.things``: in saved views, in the audit record, as the name of a file.
        view: route of the list.
        title: what the list is called, for the browser's tab and for files (lazily translated).
        heading: the sentence that the list answers with ("12 reports due, 3 late").
        rows: the rows as a queryset; takes the arguments with which the list was shown. Everything it joins or
            prefetches is used by a column, and nothing is read per row.
        columns: the first one names the row and is always shown.
        filters: ``(data, queryset=rows)`` with ``.form`` and ``.qs``: a FilterSet, or a :class:`FormFilter`.
        order: fields of the first order; where there are ``orders``, the first of them.
        orders: orders with a name of their own, by their code in the address.
        per_page: rows of one page.
        paginator: what parts the rows into pages; ``search.FoundPaginator`` where words are looked for among many.
        unnarrowing: fields of the filter form that narrow nothing by themselves.
        lead: below the heading; text or HTML.
        empty: what to say where there is no row and nothing was narrowed.
        nothing_fits: what to try where no row fits the filters.
        sample: whether one of these rows is invented.
        template: a template that extends ``ui/listing/page.html``.
        context: what that template needs besides.
        export: whether it may leave as a file.
        classified: paths of the owning organisation and of the classification of a row, where its rows have one: what
            is restricted leaves in the hands of those who answer for it alone.
        bulk: what can be done with many rows at once.
        anchor: rows are named ``anchor-5`` for links that lead to one.
        act: the one thing to do with a row: ``(row) -> (label, address)`` or None.
    """

    name: str
    view: str
    title: Any
    heading: Callable[[Shown], str]
    rows: Callable[..., Any]
    columns: Sequence[Column]
    filters: Any = None
    order: tuple[str, ...] = ("pk",)
    orders: Mapping[str, Order] = field(default_factory=dict)
    per_page: int = 50
    paginator: type[Paginator] = Paginator
    unnarrowing: frozenset[str] = frozenset()
    lead: Callable[[Shown], str] | None = None
    empty: Callable[[Shown], Empty] | None = None
    nothing_fits: Any = ""
    sample: Callable[[Sequence[Any]], bool] | None = None
    template: str = "ui/listing/page.html"
    context: Callable[[Shown], Mapping[str, Any]] | None = None
    export: bool = True
    classified: tuple[str, str] | None = None
    bulk: Sequence[Bulk] = ()
    anchor: str = ""
    act: Callable[[Any], tuple[str, str] | None] | None = None

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if not keys or len(set(keys)) != len(keys):
            raise ValueError(f"The list {self.name} needs columns, each with a key of its own.")


_LISTINGS: dict[str, Listing] = {}


def register(listing: Listing) -> Listing:
    """Make a list known by its name, for saved views and for tests that look at every list.

    Raises:
        ValueError: another list has that name.
    """
    if _LISTINGS.get(listing.name, listing) is not listing:
        raise ValueError(f"Two lists are called {listing.name}.")
    _LISTINGS[listing.name] = listing
    return listing


def listings() -> Sequence[Listing]:
    """All that were registered, by name."""
    return [_LISTINGS[name] for name in sorted(_LISTINGS)]


def listing(name: str) -> Listing | None:
    """The one with this name."""
    return _LISTINGS.get(name)
