"""A network of Keras' own, with what it has learned elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from keras_scaffold import layers
from keras_scaffold.bricks.arguments import Choice, Kind, argument
from keras_scaffold.bricks.brick import LayerBrick

WORDS = (*layers.known_applications(),)
IMAGENET = "imagenet"
FILES = (".h5", ".keras")


class Networks(Choice):
    """A network of keras.applications, by its function's name in any case."""

    written = True
    says = "a network of keras.applications, e.g. resnet50 or efficientnetb0"

    def made(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        word = value.lower().replace("_", "")
        return word if word in self.words else value


class Weights(Kind):
    """Where weights come from."""

    says = "imagenet, None, or a file of weights, .h5 or .keras"

    def allows(self, value: object) -> bool:
        if isinstance(value, str):
            return value == IMAGENET or value.endswith(FILES)
        return value is None


class Learning(Kind):
    """Which layers of a network learn."""

    says = (
        "True or False, how many of the last layers, e.g. -20, or how the name of the first "
        'begins, e.g. "conv5"'
    )

    def allows(self, value: object) -> bool:
        if isinstance(value, str):
            return bool(value)
        return isinstance(value, bool) or (isinstance(value, int) and value < 0)


@dataclass(frozen=True)
class Backbone(LayerBrick):
    """A network of keras.applications without its head, which has learned from other images.

    Pixels in [0, 1] become what it learned from. Training begins with its `weights`; those of
    its layers go on learning that `trainable` tells, and the others work as in inference.
    """

    block = True
    rule = custom = layers.Backbone
    takes_training = True
    takes_shape = True
    example = "resnet50"
    also_called = "pretrained application feature_extractor base_model"

    network: str = argument(Networks(WORDS))
    weights: str | None = argument(Weights(), IMAGENET)
    trainable: bool | int | str = argument(Learning(), False)

    def layer(self) -> layers.Backbone:
        application = layers.known_applications()[self.network]
        return layers.Backbone(application, self.trainable, self.weights)
