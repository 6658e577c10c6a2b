"""Full-text search over folded words: one function, the same hits on SQLite and on PostgreSQL. No models here.

A room calls :func:`index` in the transaction that stores its rows, puts :class:`~nhipcau.search.operations.CreateIndex`
into a migration, and narrows any queryset of that model with :func:`matching`.
"""

from nhipcau.search.index import add_to_index
from nhipcau.search.matching import matching
from nhipcau.search.words import Query, parse

__all__ = ["Query", "add_to_index", "matching", "parse"]
