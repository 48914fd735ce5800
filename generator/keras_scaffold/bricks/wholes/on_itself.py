"""A layer that takes what reaches it several times, as one of a list."""

from dataclasses import dataclass

from keras_scaffold.bricks.wholes.holding import Holder


@dataclass(frozen=True)
class OnItself(Holder):
    """Stands in lists of layers for one that is called on a tensor and itself: attention.

    No notation has it: it is the block that such a list has around that layer.
    """
