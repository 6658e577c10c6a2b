"""Full-text search over folded words: one function, the same hits on SQLite and on PostgreSQL. No models here.

A room puts :class:`~nhipcau.search.operations.CreateIndex` into a migration, enters its rows in the transaction that
stores them (:func:`add_to_index` where their text never changes, :func:`update_index` where it may), and narrows any
queryset of that model with :func:`matching`.
"""

from nhipcau.search.index import add_to_index, remove_from_index, update_index
from nhipcau.search.matching import matching
from nhipcau.search.paging import FoundPaginator
from nhipcau.search.words import Query, parse

__all__ = ["FoundPaginator", "Query", "add_to_index", "matching", "parse", "remove_from_index", "update_index"]
