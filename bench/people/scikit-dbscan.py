"""DBSCAN by scikit-learn of rows of float32: prints labels, wall seconds and CPU seconds as JSON.

    python scikit-dbscan.py FILE WIDTH EPS MIN_SAMPLES
"""

import json
import sys
import time

import numpy as np
from sklearn.cluster import DBSCAN

file, width, eps, min_samples = sys.argv[1:]
rows = np.fromfile(file, dtype=np.float32).reshape(-1, int(width))
scan = DBSCAN(eps=float(eps), min_samples=int(min_samples), algorithm="brute", n_jobs=-1)
wall, cpu = time.perf_counter(), time.process_time()
labels = scan.fit_predict(rows)
seconds = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
json.dump({**seconds, "labels": labels.tolist()}, sys.stdout)
