"""What the second model is told of each block besides: what the first thought of it, and of what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np

    from nhipcau.newswire.extract.blocks import Blocks

    Array = np.ndarray[Any, np.dtype[Any]]

_LEVELS = 5
_STEPS: Final = (-3, -2, -1, 1, 2, 3)
_WINDOWS: Final = (3, 8, 20)
_FAR = 99
#: Names of the columns, in order.
COLUMNS: Final = (
    "chance",
    *(f"{what} at {level}" for level in range(_LEVELS) for what in ("chance by size", "chance")),
    *(f"chance {step:+}" for step in _STEPS),
    *(f"chance {where} {size}" for size in _WINDOWS for where in ("around", "before", "behind")),
    "share before", "share behind", "likely size", "likely share", "best chance",
    *(f"chance of kin at {level}" for level in range(3)),
    "chance of the same names",
    "from last likely", "to next likely", "from first likely", "to last likely",
)  # fmt: skip


def rows_with_chances(page: Blocks, rows: Array, chances: Array) -> Array:
    """The first model's rows with columns of what it said.

    Args:
        page: the blocks.
        rows: what the first model was told, a row a block.
        chances: what it said, from 0 to 1.
    """
    import numpy as np

    sizes = np.expm1(rows[:, 0].astype(np.float64)) + 1
    columns = [
        chances,
        *_of_levels(page, sizes, chances),
        *_of_steps(chances),
        *_of_windows(sizes, chances),
        *_of_kin(page, sizes, chances),
        *_of_distances(chances),
    ]
    return np.concatenate([rows, np.stack(columns, axis=1)], axis=1, dtype=np.float32)


def _of_levels(page: Blocks, sizes: Array, chances: Array) -> list[Array]:
    import numpy as np

    elements = np.array(page.elements, dtype=np.intp)
    parent = np.maximum(np.array(page.parent, dtype=np.intp), 0)
    last = np.array(page.ends, dtype=np.intp)

    def sums(what: Array) -> Array:
        running = np.concatenate([[0.0], np.cumsum(np.bincount(elements, what, minlength=len(parent)))])
        found: Array = running[last + 1] - running[: len(parent)]
        return found

    size, likely, plain, count = sums(sizes), sums(sizes * chances), sums(chances), sums(np.ones(len(chances)))
    columns, at = [], elements
    for _level in range(_LEVELS):
        columns += [likely[at] / size[at], plain[at] / count[at]]
        at = parent[at]
    return columns


def _of_steps(chances: Array) -> list[Array]:
    import numpy as np

    reach = max(_STEPS)
    padded = np.concatenate([np.zeros(reach), chances, np.zeros(reach)])
    return [padded[reach + step : reach + step + len(chances)] for step in _STEPS]


def _of_windows(sizes: Array, chances: Array) -> list[Array]:
    import numpy as np

    count = len(chances)
    likely = np.concatenate([[0.0], np.cumsum(chances * sizes)])
    size = np.concatenate([[0.0], np.cumsum(sizes)])
    at = np.arange(count)
    columns = []
    for reach in _WINDOWS:
        first, end = np.maximum(at - reach, 0), np.minimum(at + reach + 1, count)
        columns += [
            (likely[end] - likely[first]) / (size[end] - size[first]),
            (likely[at] - likely[first]) / np.maximum(size[at] - size[first], 1),
            (likely[end] - likely[at + 1]) / np.maximum(size[end] - size[at + 1], 1),
        ]
    whole = likely[-1] or 1.0
    columns += [likely[:-1] / whole, (whole - likely[1:]) / whole]
    columns += [np.full(count, value) for value in (np.log1p(whole), whole / size[-1], chances.max())]
    return columns


def _of_kin(page: Blocks, sizes: Array, chances: Array) -> list[Array]:
    import numpy as np

    elements = np.array(page.elements, dtype=np.intp)
    parent = np.maximum(np.array(page.parent, dtype=np.intp), 0)
    kin = np.array(page.kin, dtype=np.intp)
    numbers: dict[tuple[str, int, int], int] = {}
    same = [numbers.setdefault((page.tags[n], page.names[n], page.above[n]), len(numbers)) for n in page.elements]
    columns = []
    for family in (kin[elements], kin[parent[elements]], kin[parent[parent[elements]]], np.array(same, dtype=np.intp)):
        likely, size = np.bincount(family, chances * sizes), np.bincount(family, sizes)
        columns.append(likely[family] / size[family])
    return columns


def _of_distances(chances: Array) -> list[Array]:
    import numpy as np

    count = len(chances)
    at = np.arange(count)
    likely = np.flatnonzero(chances > 0.5)  # noqa: PLR2004 - more likely than not
    if not len(likely):
        return [np.full(count, float(_FAR))] * 2 + [np.zeros(count)] * 2
    before, behind = np.searchsorted(likely, at), np.searchsorted(likely, at, side="right")
    last = np.where(before > 0, at - likely[np.maximum(before - 1, 0)], _FAR)
    following = np.where(behind < len(likely), likely[np.minimum(behind, len(likely) - 1)] - at, _FAR)
    return [np.minimum(last, _FAR), np.minimum(following, _FAR), at - likely[0], likely[-1] - at]
