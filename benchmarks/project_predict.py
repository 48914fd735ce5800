"""Tells of images in a folder with a project's `predict`, once for each line of its input.

Arguments: the project's package, the directory of its runs, the folder.
"""

import json
import sys
import time
from importlib import import_module
from pathlib import Path

package, runs, folder = sys.argv[1:]
import_module(f"{package}.backend").import_backend()
inference = import_module(f"{package}.inference")
run = inference.find_run(Path(runs))
model, class_names = inference.load_trained(run)

for _ in sys.stdin:
    start = time.perf_counter()
    rows = inference.examples([folder], print)
    images = sum(1 for _ in inference.predictions(model, class_names, rows, 1, print))
    print(
        json.dumps({"images": images, "seconds": time.perf_counter() - start}), flush=True
    )
