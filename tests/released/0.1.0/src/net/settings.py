"""The numbers that a training run goes by."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """What `net train` uses where no flag says otherwise."""

    epochs: int = 8  # at most: training stops early when it no longer helps
    batch_size: int = 16
    learning_rate: float = 1e-3  # at the start; it falls to 0 along a cosine
    seed: int = 0  # of weights, dropout and order; the split of the data has its own
