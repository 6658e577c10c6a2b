"""Our own classifier: a sum of learned weights over the runs of letters in a text, for scripts that languages share.

For each such script a table of weights: a row for each number of a run (:mod:`.grams`, its upper bits), a column for
each language. Made by ``bench/train/train_language.py``; ``model.npz`` (4 MB) holds weights of eight bits and nothing
of the texts that they were learned from. How well it does is in ``docs/reference/benchmarks.md``.
"""

from __future__ import annotations

import functools
import math
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from nhipcau.newswire.language.grams import LONGEST, MOST, grams, words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: The column of languages that too little text was at hand of to tell them apart.
OTHER: Final = "other"
# Letters looked at first, and how sure it must be of those to look no further.
_GLANCE = 64
_SETTLED = 0.97
_ONES = np.ones(MOST * LONGEST, np.float32)


class Table:
    """The weights of one script."""

    def __init__(self, told: dict[str, Any]) -> None:
        """From arrays.

        Args:
            told: ``codes``; ``weights`` (int8, runs by codes); ``scale``, what one of them is worth; ``calibration``:
                two numbers ``a, b``: a sum over ``n`` runs is multiplied by ``exp(a + b log n)`` to be as sure as it
                is right.
        """
        self.codes: list[str] = [str(code) for code in told["codes"]]
        self.column = {code: number for number, code in enumerate(self.codes)}
        # Four bytes each in memory: adding up rows of floats is what processors do fastest.
        self.weights: NDArray[np.float32] = told["weights"].astype(np.float32)
        self._shift = np.uint32(32 - int(self.weights.shape[0]).bit_length() + 1)
        self._scale = float(told["scale"])
        self._level, self._slope = (float(number) for number in told["calibration"])

    def chances(self, text: str) -> NDArray[np.float32]:
        """How likely each language is, in the order of ``codes``.

        A long text is looked at in two parts: its begin, and from its middle on.
        """
        words = words_of(text)
        found = self._chances(_parts(words, _GLANCE))
        if len(words) > _GLANCE and found.max() < _SETTLED:
            found = self._chances(_parts(words, MOST))
        return found

    def _chances(self, words: str) -> NDArray[np.float32]:
        runs = grams(words) >> self._shift
        size = len(runs)
        found: NDArray[np.float32] = _ONES[:size] @ self.weights.take(runs, axis=0)
        found -= found.max()
        found *= np.float32(self._scale / math.sqrt(size) * math.exp(self._level + self._slope * math.log(size)))
        np.exp(found, out=found)
        found /= found.sum()
        return found


@functools.cache
def tables() -> dict[str, Table]:
    """The table of each script, read once for each process."""
    with (
        resources.files("nhipcau.newswire.language").joinpath("model.npz").open("rb") as opened,
        np.load(opened, allow_pickle=False) as arrays,
    ):
        scripts = [name.removesuffix(".codes") for name in arrays.files if name.endswith(".codes")]
        keys = ("codes", "weights", "scale", "calibration")
        return {script: Table({key: arrays[f"{script}.{key}"] for key in keys}) for script in scripts}


def _parts(words: str, size: int) -> str:
    """At most so many characters of a text: half from its begin, half from its middle on."""
    if len(words) <= size:
        return words
    half = size // 2
    middle = max(half, len(words) // 2)
    return words[:half] + words[middle : middle + half]
