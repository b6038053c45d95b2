"""Groups rows of float32 of length 1 by methods of others, each at several settings.

    python peers.py FILE WIDTH < REQUEST

REQUEST is {"dbscan": [eps, ...], "average": [distance, ...], "whispers": [distance, ...]}. A line of JSON for each
grouping: method, setting, and the group of every row (-1: alone).
"""

import json
import sys

import numpy as np
from sklearn.cluster import DBSCAN, HDBSCAN, AgglomerativeClustering


def chinese_whispers(distances, threshold, rounds=30):
    """Biemann 2006, on unweighted edges as dlib does: in turn, at random, each takes what most of its neighbours have."""
    order = np.random.default_rng(1)
    joined = distances <= threshold
    np.fill_diagonal(joined, False)
    near = [np.flatnonzero(row) for row in joined]
    labels = np.arange(len(distances))
    for _ in range(rounds):
        before = labels.copy()
        for node in order.permutation(len(labels)):
            if len(near[node]) > 0:
                labels[node] = np.bincount(labels[near[node]]).argmax()
        if (labels == before).all():
            break
    return labels


def groupings(distances, request):
    for eps in request["dbscan"]:
        yield "DBSCAN", f"eps {eps:.3f}", DBSCAN(eps=eps, min_samples=2, metric="precomputed").fit_predict(distances)
    for cut in request["average"]:
        linkage = AgglomerativeClustering(
            n_clusters=None, distance_threshold=cut, metric="precomputed", linkage="average"
        )
        yield "average linkage", f"distance {cut:.3f}", linkage.fit_predict(distances)
    for samples in (1, 2, 3):
        for selection in ("eom", "leaf"):
            for alpha in (0.8, 1.0, 1.25):
                tree = HDBSCAN(
                    min_cluster_size=2,
                    min_samples=samples,
                    alpha=alpha,
                    metric="precomputed",
                    cluster_selection_method=selection,
                    copy=True,
                )
                yield "HDBSCAN", f"{samples} samples, {selection}, alpha {alpha}", tree.fit_predict(distances)
    for cut in request["whispers"]:
        yield "Chinese Whispers", f"distance {cut:.3f}", chinese_whispers(distances, cut)


rows = np.fromfile(sys.argv[1], dtype=np.float32).reshape(-1, int(sys.argv[2])).astype(np.float64)
squared = np.clip(2 - 2 * rows @ rows.T, 0, None)
np.fill_diagonal(squared, 0)
for method, setting, labels in groupings(np.sqrt(squared), json.load(sys.stdin)):
    print(json.dumps({"method": method, "setting": setting, "groups": labels.tolist()}))
