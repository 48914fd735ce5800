"""Networks that are one path of convolutions."""

from __future__ import annotations

from keras_scaffold.bricks.presets.preset import CAFFE, InKeras, Preset


def vgg(*convs: int) -> str:
    """A network of VGG's table 1, by the number of convolutions in each block."""
    widths = (64, 128, 256, 512, 512)
    blocks = [f"vgg({width}, {n})" for width, n in zip(widths, convs, strict=True)]
    return f"{' '.join(blocks)} flatten dense(4096) dense(4096)"


PLAIN = (
    Preset(
        "lenet5",
        "LeCun et al. 1998, figure 2, with tanh and means for its own layers",
        """
        conv(6, 5, padding=valid, activation=tanh) avgpool(2)
        conv(16, 5, padding=valid, activation=tanh) avgpool(2)
        flatten dense(120, activation=tanh) dense(84, activation=tanh)
        """,
        "32x32x1",
    ),
    Preset(
        "alexnet",
        "Krizhevsky et al. 2012, figure 2, in one tower",
        """
        conv(96, 11, stride=4, padding=valid) lrn maxpool(3, stride=2)
        conv(256, 5) lrn maxpool(3, stride=2)
        conv(384) conv(384) conv(256) maxpool(3, stride=2)
        flatten dense(4096) dropout(0.5) dense(4096) dropout(0.5)
        """,
        "227x227x3",
    ),
    *(
        Preset(
            name,
            "Simonyan & Zisserman 2015, table 1",
            vgg(*convs),
            in_keras=(
                InKeras(name.upper(), CAFFE, 3) if name in ("vgg16", "vgg19") else None
            ),
        )
        for name, *convs in (
            ("vgg11", 1, 1, 2, 2, 2),
            ("vgg13", 2, 2, 2, 2, 2),
            ("vgg16", 2, 2, 3, 3, 3),
            ("vgg19", 2, 2, 4, 4, 4),
        )
    ),
)
