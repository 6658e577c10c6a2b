"""The elements that the blocks of a page stand in, as arrays: what stands in them can be summed for all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np

    from nhipcau.newswire.extract.blocks import Blocks

    Array = np.ndarray[Any, np.dtype[Any]]

#: How many elements above one another are looked at: the one that a block stands in, and those above it.
LEVELS: Final = 4


class Levels:
    """Of a page of ``n`` blocks the elements above one another that each stands in.

    ``elements[n]`` are the numbers of those they stand in directly, ``at[LEVELS, n]`` of these and of those above;
    above the first element is itself.
    """

    def __init__(self, page: Blocks) -> None:
        import numpy as np

        self.elements = np.array(page.elements, dtype=np.intp)
        parent = np.maximum(np.array(page.parent, dtype=np.intp), 0)
        at = [self.elements]
        for _level in range(LEVELS - 1):
            at.append(parent[at[-1]])
        self.at = np.array(at)
        # A block may stand in an element after others inside it: in order of their elements those of one are together.
        self._order = self.elements.argsort(kind="stable")
        inside = self.elements[self._order]
        self._first = inside.searchsorted(self.at)
        self._end = inside.searchsorted(np.array(page.ends, dtype=np.intp)[self.at], side="right")

    def sums(self, values: Array) -> Array:
        """Sums inside each of these elements.

        Args:
            values: of each block, ``n`` times ``k``.

        Returns:
            :data:`LEVELS` times ``n`` times ``k``.
        """
        import numpy as np

        running = np.zeros((len(values) + 1, values.shape[1]))
        values[self._order].cumsum(axis=0, out=running[1:])
        found: Array = running[self._end] - running[self._first]
        return found
