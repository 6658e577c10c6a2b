"""Pages of what was found by words, from an index that is much larger than any page."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db import connections, transaction

from nhipcau.search.matching import ASKED, FREE, KNOWN, searched, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.search.matching import Matches

#: Nobody turns more pages than these; what is found beyond is said to be more, and narrowed by another word.
MOST = 1_000
#: So many hits are fetched and put in order one by one. A word in more rows than these is met soon on a walk in order.
FEW = 5_000


class FoundPaginator(Paginator):
    """Pages of a queryset that :func:`nhipcau.search.matching` narrowed; of any other as usual.

    ``count`` goes up to :data:`MOST`; ``more`` says whether more was found. Counting every row that holds a common word
    means to fetch half of a table, and putting them in order to do so once more. So the rows are asked for in one of
    two ways, by how many hold the words: few are fetched and put in order; many are met on the way through the order.
    """

    @cached_property
    def count(self) -> int:
        """How many rows there are, as far as they are shown."""
        if not self._search:
            return super().count
        return MOST if self._few is None else min(len(self._few), MOST)

    @property
    def more(self) -> bool:
        """Whether there are more rows than are shown."""
        return bool(self._search) and (self._few is None or len(self._few) > MOST)

    def page(self, number: Any) -> Page[Any]:
        """One page, its rows read by their keys."""
        if not self._search:
            return super().page(number)
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        keys = self._between(start, min(start + self.per_page, MOST))
        with written(KNOWN):
            rows = {row.pk: row for row in self.object_list.filter(pk__in=keys)}
        return self._get_page([rows[key] for key in keys if key in rows], number, self)

    @cached_property
    def _search(self) -> Matches | None:
        return searched(self.object_list)

    @property
    def _connection(self) -> Any:
        return connections[self.object_list.db]

    @cached_property
    def _few(self) -> list[int] | None:
        """Keys in order, one more than are shown where there are more; None where they are met on the way."""
        return self._from_sqlite() if self._connection.vendor == "sqlite" else self._from_postgresql()

    def _between(self, start: int, stop: int) -> list[int]:
        if self._few is not None:
            return self._few[start:stop]
        with _only(self._connection, "indexscan"):
            return list(self.object_list.values_list("pk", flat=True)[start:stop])

    def _from_sqlite(self) -> list[int]:
        """One look at how many hold the words; then by way of them, or past them in the order asked for."""
        assert self._search is not None
        index = self._connection.ops.quote_name(self._search.index(self.object_list.model))
        counted = f"SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH %s LIMIT {FEW + 1})"  # noqa: S608
        with self._connection.cursor() as cursor:
            cursor.execute(counted, [self._search.words()])
            hits = cursor.fetchone()[0]
        with written(FREE if hits <= FEW else ASKED):
            return list(self.object_list.values_list("pk", flat=True)[: MOST + 1])

    def _from_postgresql(self) -> list[int] | None:
        """As many as are put in order here; where there are more, an index in that order meets them soon."""
        order = self.object_list.query.order_by
        with _only(self._connection, "bitmapscan"):
            names = [name.lstrip("-") for name in order]
            found = list(self.object_list.order_by().values_list("pk", *names)[: FEW + 1])
        if len(found) > FEW:
            return None
        for place, name in reversed(list(enumerate(order, start=1))):
            found.sort(key=itemgetter(place), reverse=name.startswith("-"))
        return [row[0] for row in found[: MOST + 1]]


@contextmanager
def _only(connection: Any, way: str) -> Iterator[None]:
    """Let PostgreSQL come to the rows in one way: it takes a look into a long entry for as cheap as a comparison."""
    others = {"seqscan", "indexscan", "bitmapscan"} - {way}
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL enable_{other} = off" for other in sorted(others)))
        yield
        cursor.execute("; ".join(f"SET LOCAL enable_{other} = DEFAULT" for other in sorted(others)))
