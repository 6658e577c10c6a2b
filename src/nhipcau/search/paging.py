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
#: SQLite counts the rows that hold the words for next to nothing. So many are looked at one by one; where there are
#: more, an index in the order asked for is walked, and the words are asked of each row that comes by.
HITS = 5_000
#: PostgreSQL looks at so much of a long list of rows to learn that there are more than are shown.
PART = 20_000
#: It walks past so many rows for each that it wants, before it fetches all that there are and has them put in order.
WALK = 25
FEW = 6_000


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
        if self._few is None and len(walked := self._walked(start, stop, within=WALK * stop)) == stop - start:
            return walked
        if self._few is None:
            # Hardly more than are shown, so none is met soon: all of them are fetched after all, unless they are many.
            found = self._fetched(FEW)
            if len(found) == FEW:
                return self._walked(start, stop)
            self.__dict__["_few"] = self._in_order(found)
        return (self._few or [])[start:stop]

    def _from_sqlite(self) -> list[int]:
        """One look at how many hold the words; then by way of them, or past them in the order asked for."""
        assert self._search is not None
        index = self._connection.ops.quote_name(self._search.index(self.object_list.model))
        counted = f"SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH %s LIMIT {HITS + 1})"  # noqa: S608
        with self._connection.cursor() as cursor:
            cursor.execute(counted, [self._search.words()])
            hits = cursor.fetchone()[0]
        with written(FREE if hits <= HITS else ASKED):
            return list(self.object_list.values_list("pk", flat=True)[: MOST + 1])

    def _from_postgresql(self) -> list[int] | None:
        """As many as are shown, put in order here; None where there are more.

        Whether there are more is asked of a part of a long list first: what a part holds, the whole does.
        """
        with _only(self._connection, "bitmapscan", PART):
            if self.object_list.order_by()[: MOST + 1].count() > MOST:
                return None
        found = self._fetched(MOST + 1)
        return None if len(found) > MOST else self._in_order(found)

    def _fetched(self, number: int) -> list[tuple[Any, ...]]:
        """So many of the rows, in no order: their keys and what they are ordered by."""
        names = [name.lstrip("-") for name in self.object_list.query.order_by]
        with _only(self._connection, "bitmapscan"):
            return list(self.object_list.order_by().values_list("pk", *names)[:number])

    def _in_order(self, found: list[tuple[Any, ...]]) -> list[int]:
        for place, name in reversed(list(enumerate(self.object_list.query.order_by, start=1))):
            found.sort(key=itemgetter(place), reverse=name.startswith("-"))
        return [row[0] for row in found[: MOST + 1]]

    def _walked(self, start: int, stop: int, *, within: int | None = None) -> list[int]:
        """The keys met on a walk through the order, among the first ``within`` rows that fit otherwise."""
        first = self.object_list.query.order_by[0]
        name = first.lstrip("-")
        rows = self.object_list
        with _only(self._connection, "indexscan"):
            if within is not None:
                with written(KNOWN):
                    last = list(rows.values_list(name, flat=True)[within : within + 1])
                rows = (
                    rows.filter(**{f"{name}__{'gte' if first.startswith('-') else 'lte'}": last[0]}) if last else rows
                )
            return list(rows.values_list("pk", flat=True)[start:stop])


@contextmanager
def _only(connection: Any, way: str, part: int = 0) -> Iterator[None]:
    """Let PostgreSQL come to the rows in one way: it takes a look into a long entry for as cheap as a comparison."""
    settings = [f"enable_{other}" for other in ("seqscan", "indexscan", "bitmapscan") if other != way]
    within = connection.in_atomic_block
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        ways = "; ".join(f"SET LOCAL {name} = off" for name in settings)
        cursor.execute(f"{ways}; SET LOCAL gin_fuzzy_search_limit = {part}")
        yield
        # Settings end with the transaction; where it is somebody else's, they end here.
        if within:
            cursor.execute("; ".join(f"SET LOCAL {name} = DEFAULT" for name in [*settings, "gin_fuzzy_search_limit"]))
