from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import BooleanField, F, Func, Model

from nhipcau.search.names import EXACT, FOLDED, column, table
from nhipcau.search.words import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from nhipcau.search.words import Query

M = TypeVar("M", bound=Model)

#: How the condition is written: for the planner to use as it likes, to be asked of each row that comes by another way,
#: or left out, because the rows asked for are known to fulfil it.
FREE, ASKED, KNOWN = "free", "asked", "known"
_manner: ContextVar[str] = ContextVar("nhipcau_search_manner", default=FREE)


@contextmanager
def written(manner: str) -> Iterator[None]:
    """Write the conditions of queries that run within the block in this manner."""
    token = _manner.set(manner)
    try:
        yield
    finally:
        _manner.reset(token)


class Matches(Func):
    """Whether a row's entry in the index of a form holds every phrase of a query."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, key: Any, *, query: Query, form: str) -> None:
        super().__init__(key)
        self.query, self.form = query, form

    def words(self) -> str:
        """The query as FTS5 reads it."""
        return " ".join(f'"{" ".join(entries)}"' for entries in self.query.entries)

    def index(self, model: type[Model]) -> str:
        """The FTS5 table of the model."""
        return table(model._meta.db_table, self.form)

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        """A list of row numbers that does not depend on the row, so MATCH runs once whatever the planner does.

        A join lets the planner put the index inside the loop, which turns milliseconds into minutes. Measured on
        60,000 articles: as fast as ``FROM fts CROSS JOIN article``, and any queryset can carry it. The plus sign keeps
        SQLite from taking the list as its way to the rows.
        """
        source = self.get_source_expressions()[0]
        if _manner.get() == KNOWN:
            return "1", ()
        key, params = compiler.compile(source)
        index = connection.ops.quote_name(self.index(source.target.model))
        plus = "+" if _manner.get() == ASKED else ""
        sql = f"{plus}{key} IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)"  # noqa: S608 - a model's table
        return sql, (*params, self.words())

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        """The column beside the key, in whatever alias the query gave the table."""
        source = self.get_source_expressions()[0]
        if _manner.get() == KNOWN:
            return "TRUE", ()
        phrases = ("(" + " <-> ".join(f"'{entry}'" for entry in entries) + ")" for entries in self.query.entries)
        place = f"{compiler.quote_name_unless_alias(source.alias)}.{connection.ops.quote_name(column(self.form))}"
        return f"{place} @@ %s::tsquery", (" & ".join(phrases),)


def searched(queryset: QuerySet[Any]) -> Matches | None:
    """The search that a queryset carries; None for one that is not narrowed by words."""
    waiting: list[Any] = [queryset.query.where]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Matches):
            return node
        # Django compares a condition with True, and leaves the comparison out when it writes the query.
        waiting += [*getattr(node, "children", []), *filter(None, [getattr(node, "lhs", None)])]
    return None


def matching(queryset: QuerySet[M], text: str, *, exact: bool = False) -> QuerySet[M]:
    """The rows whose words hold everything that was typed: phrases in quotation marks, all other words.

    Marks, case and the stroke of đ make no difference; with ``exact``, only case makes none: ``hội an`` then finds
    neither *hoi an* nor *hối ăn*. Nothing typed leaves the rows as they are; something typed that holds no word
    (``?!``) finds nothing.
    """
    if not text.strip():
        return queryset
    form = EXACT if exact else FOLDED
    query = parse(text, form)
    return queryset.filter(Matches(F("pk"), query=query, form=form)) if query else queryset.none()
