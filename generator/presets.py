"""Named architectures: lists of bricks and nothing else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Preset:
    """Bricks that somebody may want to start from."""

    name: str
    about: str
    bricks: tuple[str, ...]
    measured: str | None = None
    """What training it on 28x28x1 digits with the defaults was measured to give."""


PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            "final-model",
            "the lesson's network of cnn and inception bricks",
            (
                "cnn(32)",
                "maxpool(3)",
                "inception(32, 32)",
                "inception(64, 64)",
                "cnn(128)",
                "gap",
                "dense(256)",
                "dropout(0.5)",
            ),
            "99.2 % test accuracy after 8 epochs, in 20 to 40 seconds on 2 CPU cores",
        ),
    )
}
DEFAULT_PRESET = "final-model"


def expectation(bricks: tuple[str, ...], dataset: str, input_shape: str) -> str | None:
    """What was measured of exactly this architecture on this data, if anything was."""
    if (dataset, input_shape) != ("digits", "28x28x1"):
        return None
    for preset in PRESETS.values():
        if preset.bricks == bricks:
            return preset.measured
    return None
