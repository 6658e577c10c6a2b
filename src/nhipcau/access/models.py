"""The manager that fails closed, and the abstract model that uses it everywhere Django looks for a manager."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import sql

from nhipcau.access.errors import AccessMismatchError
from nhipcau.access.opened import current

if TYPE_CHECKING:
    from django.db.models import Q

    from nhipcau.access.protocols import Access


class ScopedQuery(sql.Query):
    """A query that remembers under which access it was built and runs under no other.

    ``get_compiler`` is passed by every way of running a query (iteration, ``exists``, ``count``, aggregates, use as a
    subquery) and ``chain`` with a class by updates and deletes, so nothing evaluated late slips through.
    """

    access: Access

    def _check(self) -> None:
        if current() is not self.access:
            raise AccessMismatchError("This query was built under another access than the one now open.")

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        self._check()
        return super().get_compiler(*args, **kwargs)

    def chain(self, klass: Any = None) -> Any:
        if klass is not None:
            self._check()
        return super().chain(klass)


class ScopedManager(models.Manager[Any]):
    """Answers with the rows that the access now open may see.

    Raises:
        NoAccessOpenError: no access is open.
    """

    def get_queryset(self) -> models.QuerySet[Any]:
        access = current()
        query = ScopedQuery(self.model)
        query.access = access
        queryset = self._queryset_class(self.model, query=query, using=self._db, hints=self._hints)
        if access.everything:
            return queryset
        return queryset.filter(self.model.visible_to(access))


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
