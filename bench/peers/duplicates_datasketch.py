"""Near duplicates as datasketch finds them: MinHash of 128 permutations over runs of five words, LSH at Jaccard 0.5."""

from __future__ import annotations

import numpy as np
from datasketch import MinHash, MinHashLSH
from duplicates_plan import answer, runs_of

PERMUTATIONS, THRESHOLD = 128, 0.5


class Index:
    def __init__(self, filled: int) -> None:
        self.lsh = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
        self.held = {}
        chosen = np.random.default_rng(1)
        for number in range(filled):
            values = chosen.integers(0, 2**32, PERMUTATIONS, dtype=np.uint64)
            signature = MinHash(num_perm=PERMUTATIONS, hashvalues=values, scheme="affine32")
            self.lsh.insert(f"filled {number}", signature, check_duplication=False)

    def judge(self, name: str, text: str) -> str | None:
        signature = MinHash(num_perm=PERMUTATIONS)
        signature.update_batch([run.encode() for run in runs_of(text)])
        found = [(self.held[one].jaccard(signature), one) for one in self.lsh.query(signature) if one in self.held]
        if found and max(found)[0] >= THRESHOLD:
            return max(found)[1]
        self.held[name] = signature
        self.lsh.insert(name, signature)
        return None


answer(Index)
