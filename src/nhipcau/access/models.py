"""The manager that fails closed, and the abstract model that uses it everywhere Django looks for a manager."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.db import models

from nhipcau.access.errors import AccessError, NotYoursError
from nhipcau.access.opened import current, current_or_none, put_together
from nhipcau.access.query import ScopedQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from django.db.models import Q

    from nhipcau.access.protocols import Access


class ScopedQuerySet(models.QuerySet[Any]):
    """A queryset over :class:`ScopedQuery`, with the few doors shut that do not lead through the query."""

    query: ScopedQuery

    def __init__(self, model: Any = None, query: Any = None, *args: Any, **kwargs: Any) -> None:
        # Made by hand, or by ``as_manager``, it would begin with a query that nobody filters.
        if model is not None and not isinstance(query, ScopedQuery):
            raise AccessError("A scoped queryset is made by the manager of its model, and by nothing else.")
        super().__init__(model, query, *args, **kwargs)

    def _fetch_all(self) -> None:
        # Rows already read must not be handed to whoever comes next.
        self.query.check()
        new = self._result_cache is None
        super()._fetch_all()  # type: ignore[misc] - private, so the stubs leave it out
        if new and self._result_cache and isinstance(self._result_cache[0], models.Model):
            for row in self._result_cache:
                row._state.read_as = (self.query.access, row.pk)  # type: ignore[attr-defined]  # noqa: SLF001 - beside what Django notes of it

    def _raw_delete(self, using: str | None) -> Any:
        # Django turns a copy of the query into a plain one here.
        self.query.check()
        self.query.check_joins()
        return super()._raw_delete(using)  # type: ignore[misc] - private, so the stubs leave it out

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        """SQL written by hand is not filtered: for the system's own access only."""
        if not current().everything:
            raise AccessError("Only the system itself reads a scoped model with SQL written by hand.")
        return super().raw(*args, **kwargs)

    def extra(self, *args: Any, **kwargs: Any) -> Any:
        """Pieces of SQL written by hand are not filtered: for the system's own access only, and for Django's own."""
        select = kwargs.get("select", ())
        # To prefetch along a many-to-many field Django reads the other end's key from the table between, like this.
        of_django = kwargs.keys() == {"select"} and all(name.startswith("_prefetch_related_val_") for name in select)
        if not of_django and not current().everything:
            raise AccessError("Only the system itself adds SQL written by hand to a query.")
        return super().extra(*args, **kwargs)

    def bulk_create(self, *args: Any, update_conflicts: bool = False, **kwargs: Any) -> Any:
        """Insert; an upsert could overwrite a row that the access may not see, so it is for the system only."""
        if update_conflicts and not current().everything:
            raise AccessError("Only the system itself overwrites rows that are in the way.")
        return super().bulk_create(*args, update_conflicts=update_conflicts, **kwargs)

    def __getstate__(self) -> NoReturn:
        raise TypeError("A scoped queryset is not stored: what it found would be read under another access.")


class ScopedManager(models.Manager[Any].from_queryset(ScopedQuerySet)):  # type: ignore[misc] - made at run time
    """Answers with the rows that the access now open may see.

    Raises:
        NoAccessOpenError: no access is open.
    """

    def get_queryset(self) -> Any:
        """The rows that the access now open may see."""
        rule = self.model.visible_to
        return self._filtered_by(rule, getattr(rule, "__func__", rule))

    def _filtered_by(self, rule: Callable[[Access], Q], key: Hashable) -> Any:
        """The rows that a rule of the model, known by a key, lets the access now open see."""
        access = current()
        if access.everything:
            return self._queryset(self._trusted(ScopedQuery(self.model)))
        # The same rule is asked for again and again under one access, and to put it together costs more than to run it.
        known = put_together()
        if (self.model, key) not in known:
            filtered = self._queryset(ScopedQuery(self.model)).filter(rule(access))
            known[self.model, key] = self._trusted(filtered.query)
        return self._queryset(known[self.model, key].chain())

    def seen_with(self, row: models.Model, condition: Q) -> Any:
        """The rows that a condition says, of those that are seen by whoever sees ``row``, read under this access.

        Only for a manager or a query that speaks of such a rule: nothing else of it is asked for.

        Raises:
            AccessError: the row was not read under the access now open.
        """
        if not read_now(row):
            raise AccessError(f"This {row._meta.verbose_name} was not read under the access now open.")
        return self._queryset(self._trusted(self._queryset(ScopedQuery(self.model)).filter(condition).query))

    def of(self, row: models.Model, field: str) -> Any:
        """The rows whose ``field`` is ``row``, of a model that is seen by whoever sees this row.

        The rule of the row is not asked for again where the row was read under the access now open.
        """
        condition: dict[str, Any] = {field: row}
        if current().everything or not read_now(row):
            return self.filter(**condition)
        return self.seen_with(row, models.Q(**condition))

    def _queryset(self, query: ScopedQuery) -> Any:
        return self._queryset_class(self.model, query=query, using=self._db, hints=self._hints)

    @staticmethod
    def _trusted(query: ScopedQuery) -> ScopedQuery:
        query.trust_joins()
        return query

    def create(self, **values: Any) -> Any:
        """Insert a row. Nothing is read, so the rule, which costs more than the insert itself, is not asked for."""
        return self._reads_nothing().create(**values)

    def _insert(self, *args: Any, **kwargs: Any) -> Any:
        # By which Django inserts what is saved for the first time.
        return self._reads_nothing()._insert(*args, **kwargs)  # noqa: SLF001 - Django's own

    def _reads_nothing(self) -> Any:
        """A queryset without the rule of the model, which must not leave this class."""
        current()
        return self._queryset(ScopedQuery(self.model))


class Scoped(models.Model):
    """A model whose rows are seen only through an open access; it states its rule once, in ``visible_to``."""

    objects = ScopedManager()

    class Meta:
        abstract = True
        # Foreign keys, refresh_from_db and save() go through the base manager: it must be closed as well.
        base_manager_name = "objects"
        default_manager_name = "objects"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Which rows this access may see. A reference table (readable by all who sign in) answers ``Q()``."""
        raise NotImplementedError(f"{cls.__name__} does not say who may see it.")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the row. Django removes by primary key and asks no manager, so it is asked here.

        Raises:
            NotYoursError: the access now open does not see the row.
        """
        if not type(self)._base_manager.filter(pk=self.pk).exists():  # noqa: SLF001 - Django's own
            raise NotYoursError(f"This {self._meta.verbose_name} is not there for you.")
        return super().delete(*args, **kwargs)


def read_now(row: models.Model) -> bool:
    """Whether this row was read by its manager under the access now open, so that its rule is known to let it pass.

    What hangs on such a row and is seen by whoever sees it need not ask for the rule of the row once more.
    """
    access, pk = getattr(row._state, "read_as", (None, None))  # noqa: SLF001 - see above
    return access is not None and access is current_or_none() and pk == row.pk


def for_a_rule(model: type[models.Model]) -> models.QuerySet[Any]:
    """Every row of a model, whoever asks: to state a rule with, never to answer anybody.

    A rule is asked about an access that need not be the one now open, and a rule that crosses a table of several rows
    (the recipients of a letter) needs a query inside the query, where a join would show a row once for each of them.
    """
    return models.QuerySet(model)
