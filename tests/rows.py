"""What the arguments of each brick are drawn from in random architectures."""

from __future__ import annotations

from hypothesis import strategies as st

from keras_scaffold.bricks.arguments import ACTIVATIONS, INITIALIZERS, PADDINGS

WIDTHS = st.integers(1, 9)
FEWER = st.integers(1, 2)
WINDOWS = st.integers(1, 5)
STRIDES = st.integers(1, 3)
PAIRED = WINDOWS | st.tuples(WINDOWS, WINDOWS)
"""Windows of one size, or (height, width)."""
STEPS = STRIDES | st.tuples(STRIDES, STRIDES)
DILATED = FEWER | st.tuples(FEWER, FEWER)
BORDERS = FEWER | st.tuples(FEWER, FEWER) | st.just(((0, 1), (2, 0)))
FEW = st.integers(1, 3)
MOMENTA = st.sampled_from([0.0, 0.5, 0.9, 0.99])
EPSILONS = st.sampled_from([1e-5, 1e-3, 0.1])
PADDED = st.sampled_from(PADDINGS)
ACTIVATED = st.sampled_from(ACTIVATIONS)
FACTORS = st.sampled_from([0, 0.1, 0.5])
FLAGS = st.booleans()

CONVOLUTIONAL = {
    "bias": FLAGS,
    "initializer": st.sampled_from(INITIALIZERS),
    "l2": st.sampled_from([0.0, 0.01]),
}
NORMALIZED = {**CONVOLUTIONAL, "momentum": MOMENTA, "epsilon": EPSILONS}
ACTIVE = {**NORMALIZED, "activation": ACTIVATED}
WINDOW = {"size": PAIRED, "stride": STEPS, "padding": PADDED}
SLIDING = {"groups": FEWER, "dilation": DILATED}

# One row per brick: a new brick is in the property tests once it has a row here.
ROWS = {
    "absolute_difference": {},
    "activation": {"function": ACTIVATED},
    "add": {},
    "average": {},
    "attention": {
        "heads": FEW,
        "key_dim": FEW,
        "dropout": st.sampled_from([0, 0.25]),
    },
    "avgpool": WINDOW,
    "backbone": {
        "network": st.just("mobilenetv3small"),
        "trainable": st.sampled_from([False, True, -9, "expanded_conv_9"]),
    },
    "batchnorm": {"momentum": MOMENTA, "epsilon": EPSILONS},
    "bottleneck": {"filters": FEW, "stride": STRIDES, "expansion": FEW, **NORMALIZED},
    "cnn": {
        "filters": WIDTHS,
        "kernel_size": PAIRED,
        "stride": STEPS,
        "padding": PADDED,
        **SLIDING,
        **ACTIVE,
    },
    "branch_from": {},
    "concatenate": {"axis": st.sampled_from([-1, -1, 1, 2, 3])},
    "conv": {
        "filters": WIDTHS,
        "kernel_size": PAIRED,
        "stride": STEPS,
        "padding": PADDED,
        "activation": ACTIVATED,
        **SLIDING,
        **CONVOLUTIONAL,
    },
    "conv_transpose": {
        "filters": WIDTHS,
        "kernel_size": PAIRED,
        "stride": STEPS,
        "padding": PADDED,
        "activation": ACTIVATED,
        **CONVOLUTIONAL,
    },
    "convnext": {"kernel_size": WINDOWS, "expansion": FEW, "scale": FACTORS},
    "crop": {"size": BORDERS},
    "dense": {"units": WIDTHS, "activation": ACTIVATED, **CONVOLUTIONAL},
    "dense_block": {"depth": FEW, "growth_rate": FEW, **NORMALIZED},
    "depthwise": {
        "kernel_size": PAIRED,
        "stride": STRIDES,
        "padding": PADDED,
        "activation": ACTIVATED,
        "dilation": DILATED,
        **CONVOLUTIONAL,
    },
    "dot": {"normalize": FLAGS, "axes": st.integers(1, 3)},
    "dropout": {"rate": st.sampled_from([0, 0.25, 0.9])},
    "fire": {"squeeze": WIDTHS, "expand": WIDTHS, **CONVOLUTIONAL},
    "flatten": {},
    "gap": {},
    "gmp": {},
    "gate": {},
    "googlenet_inception": {
        "f1x1": FEW,
        "f3x3_reduce": FEW,
        "f3x3": FEW,
        "f5x5_reduce": FEW,
        "f5x5": FEW,
        "pool_proj": FEW,
        "batchnorm": FLAGS,
        **NORMALIZED,
    },
    "groupnorm": {"groups": FEW, "epsilon": EPSILONS},
    "inception": {"filters1": WIDTHS, "filters2": WIDTHS, **ACTIVE},
    "inverted_residual": {
        "filters": FEW,
        "expansion": FEW,
        "stride": STRIDES,
        "kernel_size": st.integers(2, 6),
        "squeeze_ratio": FEW,
        **ACTIVE,
    },
    "layer_scale": {"initial": FACTORS},
    "layernorm": {"epsilon": EPSILONS},
    "lrn": {"size": WINDOWS, "alpha": FACTORS, "beta": FACTORS, "k": st.just(1.5)},
    "maximum": {},
    "maxpool": WINDOW,
    "multiply": {},
    "normalization": {
        "mean": st.sampled_from([0, 0.5, (0.5,)]),
        "variance": st.sampled_from([0.25, 1]),
    },
    "parallel": {"join": st.sampled_from(["concatenate", "add", "maximum"])},
    "preact_bottleneck": {
        "filters": FEW,
        "stride": STRIDES,
        "expansion": FEW,
        **NORMALIZED,
    },
    "preact_residual": {"filters": WIDTHS, "stride": STRIDES, **NORMALIZED},
    "random_contrast": {"factor": FACTORS},
    "random_crop": {"padding": FEW},
    "random_flip": {"mode": st.sampled_from(["horizontal", "vertical"])},
    "random_rotation": {"factor": FACTORS},
    "random_translation": {"height": FACTORS, "width": FACTORS},
    "random_zoom": {"factor": FACTORS},
    "repeat": {},
    "rescaling": {"scale": FACTORS, "offset": st.sampled_from([-1, 0.5])},
    "reshape": {"height": FEW, "width": FEW, "channels": WIDTHS},
    "residual": {"filters": WIDTHS, "stride": STRIDES, **NORMALIZED},
    "separable": {
        "filters": WIDTHS,
        "kernel_size": WINDOWS,
        "stride": STRIDES,
        **NORMALIZED,
    },
    "skip": {
        "join": st.sampled_from(["add", "concatenate", "subtract"]),
        "shortcut": st.sampled_from(["auto", "identity", "[conv(8), batchnorm]"]),
    },
    "spatial_dropout": {"rate": st.sampled_from([0, 0.25, 0.9])},
    "squeeze_excite": {"ratio": st.sampled_from([1, 2, 16])},
    "stochastic_depth": {"rate": st.sampled_from([0, 0.25, 0.9])},
    "subtract": {},
    "transition": {"reduction": st.sampled_from([0.3, 0.5, 1]), **NORMALIZED},
    "upsample": {
        "size": FEW | st.tuples(FEW, FEW),
        "interpolation": st.sampled_from(["nearest", "bilinear"]),
    },
    "vgg": {"filters": WIDTHS, "convs": FEW, **CONVOLUTIONAL},
    "zeropad": {"size": BORDERS},
}
