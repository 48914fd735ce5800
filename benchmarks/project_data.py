"""The data of a generated project as the arrays that its model is given."""

import importlib
import json
import sys

import numpy as np


def main(package, path):
    """Save the arrays at `path` and print how many images are trained on."""
    settings = importlib.import_module(f"{package}.settings").Settings()
    data = importlib.import_module(f"{package}.data").load(settings)
    arrays = {}
    train = data.train.from_step(0).take(data.train.steps)
    for part, batches in (("train", train), ("validation", data.validation)):
        images, labels = zip(*batches, strict=True)
        arrays[f"{part}_images"] = np.concatenate(images)
        arrays[f"{part}_labels"] = np.concatenate(labels)
    np.savez(path, **arrays)
    images = len(arrays["train_labels"])
    print(
        json.dumps(
            {"images": images, "batch_size": settings.batch_size, "epochs": settings.epochs}
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
