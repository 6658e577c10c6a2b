"""The query below every scoped queryset: it belongs to one access and reads no owned rows through a join."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.apps import apps
from django.db.models import sql
from django.db.models.expressions import Col
from django.db.models.sql.where import AND, WhereNode

from nhipcau.access.errors import AccessMismatchError, UnscopedJoinError
from nhipcau.access.opened import current, current_or_none

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

    from nhipcau.access.protocols import Access


def has_owner(model: type[Model], access: Access) -> bool:
    """Whether rows of the model may be hidden from this access: no reference rows, no tables of other people's apps."""
    rule = getattr(model, "visible_to", None)
    return rule is not None and bool(rule(access))


def _model_of(table: str) -> type[Model] | None:
    return next((m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == table), None)


def _spoken_of(node: Any) -> frozenset[str]:
    """The tables of which a condition says something whichever of its alternatives holds."""
    if not isinstance(node, WhereNode):
        return frozenset(_columns(node))
    if node.negated or not node.children:
        return frozenset()
    parts = [_spoken_of(child) for child in node.children]
    return frozenset.union(*parts) if node.connector == AND else frozenset.intersection(*parts)


def _columns(expression: Any) -> Iterator[str]:
    """Tables of the columns in an expression; a query inside it is checked by itself."""
    if isinstance(expression, Col):
        yield expression.alias
    elif hasattr(expression, "get_source_expressions") and not isinstance(expression, sql.Query):
        for part in expression.get_source_expressions():
            yield from _columns(part)


class ScopedQuery(sql.Query):
    """A query that remembers under which access it was built and runs under no other.

    ``get_compiler`` is passed by every way of running a query (iteration, ``exists``, ``count``, aggregates, use as a
    subquery) and ``chain`` with a class by updates, so nothing evaluated late slips through.

    A manager filters its own table only: a joined table would come unfiltered, by ``select_related``,
    ``values("parent__title")``, ``Count("children")``, ``filter(parent__title=...)`` or ``order_by("parent__title")``.
    Such a join is refused where the joined rows have an owner, unless the rule of the model itself made it.
    ``prefetch_related`` and ``filter(parent__in=Parent.objects...)`` do the same work and are filtered.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django makes a query of the same class by itself for some ``exclude()``; it belongs to the access as well.
        self.access = current_or_none()
        #: Tables that may be read, each with how often it may be asked for; None for however often.
        self.trusted: dict[str, int | None] = {}

    def trust_joins(self) -> None:
        """Accept the table itself and the joins made so far: those of the model's own rule.

        A joined row of which every alternative of the rule says something is one that the rule lets pass, and may be
        read. Where an alternative says nothing of it (``Q(book__office=ours) | Q(given_to=ours)``) the joined row may
        be anybody's: the rule may join it, and nothing else may use that join.
        """
        spoken_of = {self.get_initial_alias()}
        for alias in _spoken_of(self.where):
            step: str | None = alias
            while step is not None:
                spoken_of.add(step)
                step = getattr(self.alias_map[step], "parent_alias", None)
        self.trusted = {alias: None if alias in spoken_of else self.alias_refcount[alias] for alias in self.alias_map}

    def check(self) -> None:
        """Refuse another access than the one under which the query was built.

        Raises:
            NoAccessOpenError: no access is open.
            AccessMismatchError: another one is open.
        """
        if current() is not self.access:
            raise AccessMismatchError("This query was built under another access than the one now open.")

    def check_joins(self) -> None:
        """Refuse to read past the filters of another model.

        Raises:
            UnscopedJoinError: rows with an owner would be read through a join.
        """
        access = current()
        if access.everything:
            return
        for alias, table in self.alias_map.items():
            if not self.alias_refcount[alias] or self._is_trusted(alias):
                continue
            model = _model_of(table.table_name)
            if model is not None and has_owner(model, access):
                raise UnscopedJoinError(
                    f"A query of {self.get_meta().label} may not join {model._meta.label}, whose rows have an owner: "
                    f"prefetch them, or filter by a query of {model.__name__} itself."
                )

    def joins_are_trusted(self) -> bool:
        """Whether it joins what the rule of its model does, and nothing more."""
        return all(self._is_trusted(alias) for alias in self.alias_map if self.alias_refcount[alias])

    def _is_trusted(self, alias: str) -> bool:
        if alias not in self.trusted:
            return False
        most = self.trusted[alias]
        return most is None or self.alias_refcount[alias] <= most

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        """On the way to the database. Some joins, those of ``select_related`` and of an order, are only made then."""
        self.check()
        compiler = super().get_compiler(*args, **kwargs)
        set_up = compiler.pre_sql_setup

        def set_up_and_check(*args: Any, **kwargs: Any) -> Any:
            parts = set_up(*args, **kwargs)
            compiler.query.check_joins()
            return parts

        compiler.pre_sql_setup = set_up_and_check
        return compiler

    def chain(self, klass: Any = None) -> Any:
        """Copy; into a query of another class only on the way to the database."""
        if klass is not None:
            self.check()
            self.check_joins()
        return super().chain(klass)

    def combine(self, rhs: sql.Query, connector: str) -> None:
        """``a | b`` puts the conditions of both into one query, so both must belong to the same access."""
        if not isinstance(rhs, ScopedQuery) or rhs.access is not self.access:
            raise AccessMismatchError("Two queries of different accesses cannot become one.")
        trusted = self.joins_are_trusted() and rhs.joins_are_trusted()
        super().combine(rhs, connector)
        if trusted:
            # Both joined by their rule alone; what the two together join now is theirs, and no more than that.
            self.trusted = {
                alias: None if self.trusted.get(alias, 0) is None else self.alias_refcount[alias]
                for alias in self.alias_map
            }

    def change_aliases(self, change_map: dict[Any, Any]) -> Any:
        """Rename tables, as Django does for a query inside a query."""
        self.trusted = {change_map.get(alias, alias): most for alias, most in self.trusted.items()}
        return super().change_aliases(change_map)

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("A scoped query is not stored: what it found would be read under another access.")
