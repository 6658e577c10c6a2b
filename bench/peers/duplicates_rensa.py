"""Near duplicates as rensa finds them: R-MinHash of 128 permutations over runs of five words, LSH at Jaccard 0.5."""

from __future__ import annotations

import random

from duplicates_plan import answer, runs_of
from rensa import RMinHash, RMinHashLSH

PERMUTATIONS, THRESHOLD, BANDS = 128, 0.5, 32


def signature_of(runs):
    signature = RMinHash(num_perm=PERMUTATIONS, seed=1)
    signature.update(runs)
    return signature


class Index:
    def __init__(self, filled: int) -> None:
        self.lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
        self.held = {}
        chosen = random.Random(1)  # noqa: S311 - the same index every time
        for number in range(filled):
            self.lsh.insert(-1 - number & 0xFFFFFFFF, signature_of([str(chosen.random()) for _ in range(8)]))

    def judge(self, name: str, text: str) -> str | None:
        signature = signature_of(runs_of(text))
        found = [(self.held[one][1].jaccard(signature), one) for one in self.lsh.query(signature) if one in self.held]
        if found and max(found)[0] >= THRESHOLD:
            return self.held[max(found)[1]][0]
        number = len(self.held)
        self.held[number] = (name, signature)
        self.lsh.insert(number, signature)
        return None


answer(Index)
