"""Stories as TF-IDF with average linkage, HDBSCAN, DBSTREAM and TextClust find them.

One line of JSON is told on standard input: ``choosing`` and ``judged``, each a list of ``[name, text, story]`` or for
the judged ``[name, text]``; ``settings``, for each method what to use where nothing can be chosen; ``orders``, how many
random orders the two that stream are shown. Every method's settings are those of its grid that reach the best BCubed
F1 on ``choosing``. Answered, by method: the ``setting``, its F1 on ``choosing``, and ``found``, one list of labels for
each order. ``held`` and ``timed``, lists of texts: TextClust takes the first in, then its articles a second on the
others are answered under ``speed``.
"""

from __future__ import annotations

import json
import random
import sys
import time
from itertools import product

import numpy as np
from river import cluster, feature_extraction
from sklearn.cluster import HDBSCAN, AgglomerativeClustering
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from stories_sets import bcubed

DIMENSIONS = 100


def weighed(texts):
    return TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)


def distances(texts):
    vectors = weighed(texts)
    return np.clip(1 - (vectors @ vectors.T).toarray(), 0, None)


def average_linkage(given, _order, threshold):
    model = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=threshold
    )
    return model.fit_predict(given).tolist()


def hdbscan(given, _order, settings):
    least, samples, epsilon, choice = settings
    model = HDBSCAN(
        min_cluster_size=least,
        min_samples=samples,
        cluster_selection_epsilon=epsilon,
        cluster_selection_method=choice,
        metric="precomputed",
        copy=True,
    )
    labels = model.fit_predict(given).tolist()
    return [label if label >= 0 else -1 - place for place, label in enumerate(labels)]


def reduced(texts):
    rows = normalize(TruncatedSVD(min(DIMENSIONS, len(texts) - 1), random_state=1).fit_transform(weighed(texts)))
    return [dict(enumerate(row)) for row in rows.tolist()]


def dbstream(given, order, threshold, intersection):
    model = cluster.DBSTREAM(
        clustering_threshold=threshold,
        fading_factor=1e-6,
        cleanup_interval=10**6,
        intersection_factor=intersection,
        minimum_weight=1,
    )
    for place in order:
        model.learn_one(given[place])
    return [model.predict_one(one) for one in given]


def bags(texts):
    words = feature_extraction.BagOfWords(lowercase=True, ngram_range=(1, 1))
    return [words.transform_one(text) for text in texts]


def textclust(given, order, radius):
    model = held_textclust(radius)
    for place in order:
        model.learn_one(given[place])
    return [model.predict_one(one) for one in given]


def held_textclust(radius):
    return cluster.TextClust(
        radius=radius, fading_factor=1e-6, tgap=10**6, term_fading=False, real_time_fading=False, auto_r=False
    )


METHODS = {
    "average linkage": (distances, average_linkage, [(t / 100,) for t in range(60, 98)], 1),
    "HDBSCAN": (
        distances,
        hdbscan,
        [(some,) for some in product((2, 3, 5), (1, 2, 3), (0.0, 0.5, 0.6, 0.7, 0.8), ("eom", "leaf"))],
        1,
    ),
    "DBSTREAM": (reduced, dbstream, list(product([t / 10 for t in range(6, 15)], (0.1, 0.3, 0.5))), None),
    "TextClust": (bags, textclust, [(t / 100,) for t in range(50, 96, 5)], None),
}


def orders_of(count, orders):
    shuffled = []
    for seed in range(orders):
        order = list(range(count))
        random.Random(seed).shuffle(order)  # noqa: S311 - the same orders every time
        shuffled.append(order)
    return shuffled


def main():
    told = json.loads(sys.stdin.readline())
    answer = {}
    for name, (prepare, method, grid, orders) in METHODS.items():
        setting, reached = told["settings"][name], None
        if told["choosing"]:
            known = {one: story for one, _, story in told["choosing"]}
            given = prepare([text for _, text, _ in told["choosing"]])
            (order,) = orders_of(len(given), 1)
            tried = [
                (bcubed(known, dict(zip(known, method(given, order, *some), strict=True)))[2], some) for some in grid
            ]
            reached, setting = max(tried, key=lambda pair: pair[0])
        given = prepare([text for _, text in told["judged"]])
        found = [method(given, order, *setting) for order in orders_of(len(given), orders or told["orders"])]
        answer[name] = {"setting": setting, "chosen_with": reached, "found": found}
    if told["held"]:
        radius = answer["TextClust"]["setting"][0]
        model = held_textclust(radius)
        for one in bags(told["held"]):
            model.learn_one(one)
        started = time.process_time()
        for one in bags(told["timed"]):
            model.learn_one(one)
        answer["speed"] = len(told["timed"]) / (time.process_time() - started)
    print(json.dumps(answer))


main()
