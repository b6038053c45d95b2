"""Groups rows of float32 of length 1 by methods of others, each at several settings.

    python peers.py FILE WIDTH < REQUEST

REQUEST is {"dbscan": [eps, ...], "average": [distance, ...], "whispers": [distance, ...]}. A line of JSON for each
grouping: method, setting, its numbers, and the group of every row (-1: alone).
"""

import json
import sys

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.cluster import DBSCAN, HDBSCAN


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
        labels = DBSCAN(eps=eps, min_samples=2, metric="precomputed").fit_predict(distances)
        yield "DBSCAN", f"eps {eps:.3f}", [eps], labels
    # The tree that scikit-learn's AgglomerativeClustering cuts, made once for all cuts.
    tree = linkage(squareform(distances, checks=False), "average")
    for cut in request["average"]:
        yield "average linkage", f"distance {cut:.3f}", [cut], fcluster(tree, cut, "distance")
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
                setting = f"{samples} samples, {selection}, alpha {alpha}"
                yield "HDBSCAN", setting, [], tree.fit_predict(distances)
    for cut in request["whispers"]:
        yield "Chinese Whispers", f"distance {cut:.3f}", [cut], chinese_whispers(distances, cut)


rows = np.fromfile(sys.argv[1], dtype=np.float32).reshape(-1, int(sys.argv[2])).astype(np.float64)
squared = np.clip(2 - 2 * rows @ rows.T, 0, None)
np.fill_diagonal(squared, 0)
for method, setting, numbers, labels in groupings(np.sqrt(squared), json.load(sys.stdin)):
    print(json.dumps({"method": method, "setting": setting, "numbers": numbers, "groups": labels.tolist()}))
