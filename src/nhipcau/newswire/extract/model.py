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
        # Trees share their questions: each is asked once.
        asked = [list(zip(tree[0], tree[1], strict=True)) for tree in trees]
        questions = sorted({(column, border) for tree in asked for column, border in tree})
        number_of = {question: number for number, question in enumerate(questions)}
        self.columns = np.array([column for column, _border in questions], dtype=np.intp)
        self.borders = np.array([border for _column, border in questions], dtype=np.float32)[:, None]
        self.questions = np.array([[number_of[one] for one in tree] for tree in asked], dtype=np.intp).T.copy()
        self.leaves = (np.array([tree[2] for tree in trees], dtype=np.float32) / told["scale"]).ravel()
        self.starts = (np.arange(len(trees), dtype=np.intp) << _DEPTH)[:, None]
        self.bias = float(told["bias"])

    def chances(self, rows: Array) -> Array:
        """Of each row (float32) the chance that it is body text, from 0 to 1."""
        import numpy as np

        answers = (np.ascontiguousarray(rows.T).take(self.columns, axis=0) > self.borders).view(np.uint8)
        leaf = answers.take(self.questions[-1], axis=0)
        for of_trees in self.questions[-2::-1]:
            leaf += leaf
            leaf |= answers.take(of_trees, axis=0)
        sums = self.leaves.take(leaf + self.starts).sum(axis=0) + self.bias
        found: Array = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
        return found


@loads_before_fork
@functools.cache
def body_model() -> tuple[Trees, float]:
    """The model, and the least chance of text."""
    told = json.loads(resources.files("nhipcau.newswire.extract").joinpath("body_model.json").read_text("utf-8"))
    return Trees(told["model"]), float(told["threshold"])
