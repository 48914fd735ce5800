"""What a training goes by: each setting is a flag of `fashion-sequential-add train`, and is kept with its run."""

import argparse
import os
import re
from dataclasses import dataclass, field, fields
from pathlib import Path

from . import UserError


def setting(default, says, *choices, above=None, least=None, most=None, words=()):
    """A field of Settings: its default, what the help says of it, and what it may be.

    That is one of the choices, a number within bounds, or one of the words for a number.
    """
    bounds = {"above": above, "least": least, "most": most, "words": dict(words)}
    return field(default=default, metadata={"says": says, "choices": choices, **bounds})


@dataclass(frozen=True)
class Settings:
    """The settings where no flag says otherwise."""

    epochs: int = setting(8, "passes over the training images, at most", least=1)
    batch_size: int = setting(64, "images in a step", least=1)
    learning_rate: float = setting(1e-3, "the highest of the schedule", above=0)
    # Weights move far while the rate is high, and settle as it goes to 0.
    schedule: str = setting(
        "cosine",
        "of the learning rate: `cosine` to 0 in the last epoch, `constant`, or to a tenth at "
        "every `plateau`, 3 epochs without a lower validation loss",
        *("cosine", "constant", "plateau"),
    )
    warmup: float = setting(0.0, "epochs in which the learning rate rises from 0", least=0)
    # A cosine comes to its best at its end, so that stopping before it would only harm.
    patience: int = setting(
        0, "epochs without a lower validation loss after which to stop; 0 for never", least=0
    )
    optimizer: str = setting(
        "adam", "`adamw` is Adam with weight decay, `sgd` has momentum", "adam", "adamw", "sgd"
    )
    weight_decay: float = setting(
        0.0, "share of the weights that a step takes off; 0 for the optimizer's own", least=0
    )
    clip_norm: float = setting(0.0, "the longest a gradient may be; 0 for any", least=0)
    average: float = setting(
        0.0,
        "share of the old in a moving average of the weights, which is what is kept then, e.g. "
        "0.99; 0 for none",
        least=0,
        most=0.9999,
    )
    label_smoothing: float = setting(
        0.0,
        "share of a label that goes to all classes; losses are higher for it",
        least=0,
        most=0.5,
    )
    class_weights: bool = setting(
        False, "let all classes count alike, however many images each has"
    )
    seed: int = setting(0, "of weights, dropout and order", least=0, most=2**32 - 1)
    limit: int = setting(0, "images of each part, for a look; 0 for all", least=0)
    precision: str = setting(
        "float32",
        "of what layers compute; a mixed one is faster on GPUs that are made for it and takes "
        "half the memory, and weights, logits and losses stay float32",
        *("float32", "mixed_bfloat16", "mixed_float16"),
    )
    jit: bool = setting(
        False,
        "compile steps with XLA: half a minute at the start, and often faster on GPUs; not "
        "deterministic",
    )
    deterministic: bool | None = setting(
        None,
        "have the same settings give the same weights, bit for bit; on GPUs steps are slower then "
        "[on for the CPU, off for GPUs and with --jit]",
    )
    # A batch is shared out, so that neither it nor the learning rate changes with their number.
    devices: int = setting(1, "how many GPUs share each batch", least=1, words={"all": 0})

    def __post_init__(self):
        """Raise UserError for all values that cannot be."""
        wrong = [
            f"`{each.name}`, {getattr(self, each.name)!r}, {why}"
            for each in fields(self)
            if (why := complaint(getattr(self, each.name), each.type, **each.metadata))
        ]
        if wrong:
            raise UserError(f"settings cannot be so: {'; '.join(wrong)}")


NAMES = [each.name for each in fields(Settings)]


def add_flags(parser):
    """Add a flag for each setting; those that are not given are no attributes of the result."""
    for each in fields(Settings):
        flag, kind, says = f"--{each.name.replace('_', '-')}", each.type, each.metadata["says"]
        usual = "" if each.default in (None, "") else f" [{each.default}]"
        shown = {"help": says + usual, "default": argparse.SUPPRESS}
        if kind in (bool, bool | None):
            parser.add_argument(flag, action=argparse.BooleanOptionalAction, **shown)
        elif choices := each.metadata["choices"]:
            parser.add_argument(flag, choices=choices, **shown)
        elif kind is str:
            parser.add_argument(flag, type=os.path.expanduser, metavar="DIR", **shown)
        else:
            convert = value(kind, **each.metadata)
            metavar = "|".join([kind.__name__.upper(), *each.metadata["words"]])
            parser.add_argument(flag, type=convert, metavar=metavar, **shown)


def value(kind, words=(), **bounds):
    """A converter of text to a value of a kind, such as a number within bounds."""

    def convert(text):
        if text in words:
            return words[text]
        value = kind(text)
        if why := complaint(value, kind, **bounds):
            raise argparse.ArgumentTypeError(f"`{text}` {why}")
        return value

    convert.__name__ = kind.__name__  # argparse quotes it: "invalid int value"
    return convert


def complaint(value, kind, choices=(), above=None, least=None, most=None, words=(), says=""):
    """Why a setting cannot have a value; nothing if it can."""
    if kind is float and type(value) is int:
        kind = int
    if not isinstance(value, kind) or (kind is int and value is True):
        return f"is no {getattr(kind, '__name__', 'bool')}"
    if choices and value not in choices:
        return f"is none of {', '.join(choices)}"
    if value in dict(words).values():
        return None
    if above is not None and not value > above:
        return f"is not above {above}"
    if least is not None and not value >= least:
        return f"is below {least}"
    if most is not None and not value <= most:
        return f"is above {most}"
    return None


def directory(text):
    """A converter of text to the path of a directory, which is there or can be made."""
    path = Path(text)
    there = next((place for place in [path, *path.parents] if os.path.lexists(place)), path)
    if not os.path.isdir(there):
        raise argparse.ArgumentTypeError(f"`{there}` is not a directory; name another place")
    return path


def name(text):
    """A converter of text to a part of a directory's name."""
    if not re.fullmatch(r"[\w.-]+", text):
        raise argparse.ArgumentTypeError(f"`{text}` is not of letters, digits, `_`, `-` and `.`")
    return text
