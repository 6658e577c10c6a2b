"""Trains a sum of symmetric trees with CatBoost: ``boost.py ROWS.npz MODEL.json TREES``.

Asked by ``train_body.py``.

``ROWS.npz`` holds ``rows`` (float32), ``labels`` (0 to 1) and ``weights``. ``MODEL.json`` is what
:class:`nhipcau.newswire.extract.model.Trees` reads.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoostClassifier, Pool

DEPTH = 6
SCALE = 10_000
#: No row is above it: what asks for more answers no.
NEVER = 3.0e38
SETTINGS = {
    "depth": DEPTH,
    "learning_rate": 0.07,
    "loss_function": "CrossEntropy",
    "grow_policy": "SymmetricTree",
    "border_count": 32,
    "l2_leaf_reg": 4,
    "bootstrap_type": "Bernoulli",
    "subsample": 0.7,
    "rsm": 0.35,
    "random_seed": 7,
    "thread_count": 1,
    "verbose": 0,
    "allow_writing_files": False,
}


def told(model: CatBoostClassifier) -> dict[str, Any]:
    """The model as plain data."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "model.json"
        model.save_model(str(file), format="json")
        given = json.loads(file.read_text())
    flat = [one["flat_feature_index"] for one in given["features_info"]["float_features"]]
    factor, [bias] = given["scale_and_bias"]
    trees = []
    for tree in given["oblivious_trees"]:
        splits = tree["splits"]
        missing = DEPTH - len(splits)
        columns = [flat[split["float_feature_index"]] for split in splits] + [0] * missing
        borders = [float(f"{split['border']:.6g}") for split in splits] + [NEVER] * missing
        leaves = [round(value * factor * SCALE) for value in tree["leaf_values"]]
        trees.append([columns, borders, leaves + [0] * (2**DEPTH - len(leaves))])
    return {"bias": round(bias, 6), "scale": SCALE, "trees": trees}


def main() -> None:
    """Train and write."""
    source, target, trees = sys.argv[1:4]
    with np.load(source) as given:
        pool = Pool(given["rows"], given["labels"], weight=given["weights"])
    model = CatBoostClassifier(iterations=int(trees), **SETTINGS).fit(pool)
    Path(target).write_text(json.dumps(told(model)), encoding="utf-8")


main()
