"""The model of body text: a small sum of decision trees, asked with numpy alone.

Trees are symmetric: every node of one level asks the same question, so a tree of depth six is six comparisons and a
table of 64 values. It is trained by ``bench/train/train_body.py`` and lies in ``body_model.json``; how well it does is
in ``docs/reference/benchmarks.md``.
"""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import TYPE_CHECKING, Any

from nhipcau.newswire.workers import loads_before_fork

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_DEPTH = 6


class Trees:
    """A sum of trees."""

    def __init__(self, told: dict[str, Any]) -> None:
        """From plain data.

        Args:
            told: ``bias``; ``scale``; ``trees``, each ``[columns, borders, leaves]``: the six columns asked and the
                borders that they are compared with, lowest bit first, and 64 whole numbers, ``scale`` of which are one.
        """
        import numpy as np

        trees = told["trees"]
        self.columns = np.array([tree[0] for tree in trees], dtype=np.intp).T.copy()
        self.borders = np.array([tree[1] for tree in trees], dtype=np.float32).T[:, :, None].copy()
        self.leaves = (np.array([tree[2] for tree in trees], dtype=np.float32) / told["scale"]).ravel()
        self.starts = (np.arange(len(trees), dtype=np.intp) << _DEPTH)[:, None]
        self.bias = float(told["bias"])

    def chances(self, rows: Array) -> Array:
        """Of each row (float32) the chance that it is body text, from 0 to 1."""
        import numpy as np

        columns = np.ascontiguousarray(rows.T)
        leaf = np.zeros((len(self.starts), len(rows)), dtype=np.uint8)
        for bit in range(_DEPTH):
            leaf |= (columns[self.columns[bit]] > self.borders[bit]).view(np.uint8) << np.uint8(bit)
        sums = self.leaves[leaf + self.starts].sum(axis=0) + self.bias
        found: Array = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
        return found


@loads_before_fork
@functools.cache
def body_model() -> tuple[Trees, float]:
    """The model, and the least chance of text."""
    told = json.loads(resources.files("nhipcau.newswire.extract").joinpath("body_model.json").read_text("utf-8"))
    return Trees(told["model"]), float(told["threshold"])
