"""A plain `model.fit` on NumPy arrays that were resized beforehand."""

import sys

import keras
import numpy as np
from bare import build_model
from epoch_clock import EpochClock


def main(arrays, batch_size, epochs, saved=None):
    """Fit the reference model; where it is to be saved, nothing waits for its turn."""
    data = np.load(arrays)
    model = build_model()
    model.compile(
        "adam",
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    model.fit(
        data["train_images"],
        data["train_labels"],
        validation_data=(data["validation_images"], data["validation_labels"]),
        batch_size=batch_size,
        epochs=epochs,
        callbacks=[] if saved else [EpochClock()],
        verbose=2,
    )
    if saved:
        model.save(saved)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
