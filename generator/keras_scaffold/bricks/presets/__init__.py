"""The presets: networks in the notation and nothing else, so that a user can write each."""

from __future__ import annotations

from keras_scaffold.bricks.presets.depthwise import DEPTHWISE
from keras_scaffold.bricks.presets.inceptions import INCEPTIONS
from keras_scaffold.bricks.presets.lessons import LESSONS, SEVERAL
from keras_scaffold.bricks.presets.mobile import MOBILE
from keras_scaffold.bricks.presets.plain import PLAIN
from keras_scaffold.bricks.presets.preset import CAFFE, InKeras, Preset
from keras_scaffold.bricks.presets.residual import RESIDUAL
from keras_scaffold.bricks.presets.transfer import TRANSFER

__all__ = ["CAFFE", "DEFAULT_PRESET", "PRESETS", "InKeras", "Preset"]

PRESETS = {
    preset.name: preset
    for preset in (
        *(*LESSONS, *PLAIN, *INCEPTIONS, *RESIDUAL, *MOBILE, *DEPTHWISE, *TRANSFER),
        *SEVERAL,
    )
}
DEFAULT_PRESET = "final-model"
