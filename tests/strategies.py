"""Random architectures that can be built."""

from __future__ import annotations

from hypothesis import strategies as st

from generator.architecture import stack
from generator.arguments import ACTIVATIONS, PADDINGS
from generator.errors import InputError
from generator.notation import parse

WIDTHS = st.integers(1, 9)
WINDOWS = st.integers(1, 5)
STRIDES = st.integers(1, 3)
MOMENTA = st.sampled_from([0.0, 0.5, 0.9, 0.99])

# One row per brick: a new brick is in the property tests once it has a row here.
ROWS = {
    "cnn": {
        "filters": WIDTHS,
        "kernel_size": WINDOWS,
        "stride": STRIDES,
        "momentum": MOMENTA,
    },
    "inception": {"filters1": WIDTHS, "filters2": WIDTHS, "momentum": MOMENTA},
    "conv": {
        "filters": WIDTHS,
        "kernel_size": WINDOWS,
        "stride": STRIDES,
        "padding": st.sampled_from(PADDINGS),
        "activation": st.sampled_from(ACTIVATIONS),
    },
    "maxpool": {"size": WINDOWS, "stride": STRIDES, "padding": st.sampled_from(PADDINGS)},
    "avgpool": {"size": WINDOWS, "stride": STRIDES, "padding": st.sampled_from(PADDINGS)},
    "gap": {},
    "flatten": {},
    "dense": {"units": WIDTHS, "activation": st.sampled_from(ACTIVATIONS)},
    "dropout": {"rate": st.sampled_from([0, 0.25, 0.9])},
    "batchnorm": {"momentum": MOMENTA},
}
REQUIRED = ("filters", "filters1", "filters2", "size", "units", "rate")


@st.composite
def bricks(draw: st.DrawFn) -> str:
    """The notation of any one brick, optional arguments given or left out."""
    word = draw(st.sampled_from(sorted(ROWS)))
    given = [
        f"{name}={draw(values)}"
        for name, values in ROWS[word].items()
        if name in REQUIRED or draw(st.booleans())
    ]
    if draw(st.integers(0, 4)) == 0:
        given.append(f"name='own_{draw(st.integers(0, 3))}'")
    return f"{word}({', '.join(given)})"


@st.composite
def architectures(draw: st.DrawFn) -> tuple[list[str], tuple[int, int, int], int]:
    """Bricks, an input shape and a number of classes that make a network.

    Bricks that do not fit onto those before them are left out.
    """
    shape = (
        draw(st.integers(1, 20)),
        draw(st.integers(1, 20)),
        draw(st.sampled_from([1, 3])),
    )
    chosen: list[str] = []
    for brick in draw(st.lists(bricks(), max_size=9)):
        try:
            stack(parse(" ".join([*chosen, brick])), shape)
        except InputError:
            continue
        chosen.append(brick)
    if not chosen or len(stack(parse(" ".join(chosen)), shape).output_shape) > 1:
        chosen.append(draw(st.sampled_from(["gap", "flatten"])))
    return chosen, shape, draw(st.integers(2, 12))
