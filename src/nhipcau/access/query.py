"""The query below every scoped queryset: it belongs to one access and reads no owned rows through a join."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import sql

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


class ScopedQuery(sql.Query):
    """A query that remembers under which access it was built and runs under no other.

    ``get_compiler`` is passed by every way of running a query (iteration, ``exists``, ``count``, aggregates, use as a
    subquery) and ``chain`` with a class by updates, so nothing evaluated late slips through.

    A manager filters its own table only: a joined table would come unfiltered, by ``select_related``,
    ``values("parent__title")``, ``Count("children")`` or ``filter(parent__title=...)``. Such a join is refused where
    the joined rows have an owner, unless the rule of the model itself made it. ``prefetch_related`` and
    ``filter(parent__in=Parent.objects...)`` do the same work and are filtered.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django makes a query of the same class by itself for some ``exclude()``; it belongs to the access as well.
        self.access = current_or_none()
        self.trusted: frozenset[str] = frozenset()

    def trust_joins(self) -> None:
        """Accept the table itself and the joins made so far: those of the model's own rule."""
        self.get_initial_alias()
        self.trusted = frozenset(self.alias_map)

    def check(self) -> None:
        """Refuse to run under another access, or past the filters of another model.

        Raises:
            NoAccessOpenError: no access is open.
            AccessMismatchError: another one is open.
            UnscopedJoinError: rows with an owner would be read through a join.
        """
        access = current()
        if access is not self.access:
            raise AccessMismatchError("This query was built under another access than the one now open.")
        if access.everything:
            return
        for model in self._joined():
            if has_owner(model, access):
                raise UnscopedJoinError(
                    f"A query of {self.get_meta().label} may not join {model._meta.label}, whose rows have an owner: "
                    f"prefetch them, or filter by a query of {model.__name__} itself."
                )

    def _joined(self) -> Iterator[type[Model]]:
        for alias, table in self.alias_map.items():
            if alias not in self.trusted and self.alias_refcount[alias]:
                model = _model_of(table.table_name)
                if model is not None:
                    yield model
        if self.select_related is True:
            raise UnscopedJoinError("select_related() must name the relations that it follows.")
        if self.select_related:
            yield from self._selected(self.get_meta().model, self.select_related)

    def _selected(self, model: type[Model], tree: dict[str, Any]) -> Iterator[type[Model]]:
        for name, below in tree.items():
            filtered = self._filtered_relations.get(name)  # type: ignore[attr-defined]
            try:
                related = model._meta.get_field(filtered.relation_name if filtered else name).related_model
            except FieldDoesNotExist:
                continue  # Django answers with its own sentence
            if isinstance(related, type):
                yield related
                yield from self._selected(related, below)

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        """On the way to the database."""
        self.check()
        return super().get_compiler(*args, **kwargs)

    def chain(self, klass: Any = None) -> Any:
        """Copy; into a query of another class only on the way to the database."""
        if klass is not None:
            self.check()
        return super().chain(klass)

    def combine(self, rhs: sql.Query, connector: str) -> None:
        """``a | b`` puts the conditions of both into one query, so both must belong to the same access."""
        if not isinstance(rhs, ScopedQuery) or rhs.access is not self.access:
            raise AccessMismatchError("Two queries of different accesses cannot become one.")
        before = frozenset(self.alias_map)
        super().combine(rhs, connector)
        if rhs.trusted.issuperset(alias for alias in rhs.alias_map if rhs.alias_refcount[alias]):
            self.trusted |= frozenset(self.alias_map) - before

    def change_aliases(self, change_map: dict[Any, Any]) -> Any:
        """Rename tables, as Django does for a query inside a query."""
        self.trusted = frozenset(change_map.get(alias, alias) for alias in self.trusted)
        return super().change_aliases(change_map)

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("A scoped query is not stored: what it found would be read under another access.")
