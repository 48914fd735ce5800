"""Networks of which pictures are drawn."""

from itertools import count

from hypothesis import strategies as st

from keras_scaffold.bricks.chain import parse
from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.network.architecture import assemble
from keras_scaffold.network.plan import PLAIN, Input, Output, Plan, Tower

IMAGE = (28, 28, 1)
U_SHAPE = (
    'cnn(16, name="a") maxpool(2) cnn(32, name="b") maxpool(2) cnn(64) upsample '
    'concatenate("b") cnn(32) upsample concatenate("a") cnn(16) gap'
)


def bricks(text):
    """The bricks of a text that may be empty."""
    return tuple(parse(text)) if text else ()


def network(inputs, towers, join, trunk, outputs):
    """A network of named inputs and outputs."""
    return assemble(
        Plan(
            tuple(Input(name, shape) for name, shape in inputs.items()),
            tuple(
                Tower(tuple(names.split()), bricks(text)) for names, text in towers.items()
            ),
            next(iter(bricks(join)), None),
            bricks(trunk),
            tuple(Output(name, 2, PLAIN, bricks(text)) for name, text in outputs.items()),
            named=True,
        )
    )


def plain(text, shape=IMAGE):
    """Bricks on one input, with the head of a classifier."""
    return assemble(Plan.plain(parse(text), shape, 10))


def googlenet_auxiliary():
    """GoogLeNet with the heads that branch off from inside its trunk."""
    preset = PRESETS["googlenet_auxiliary"]
    heads = {head["output"]: " ".join(head["blocks"]) for head in preset.graph["heads"]}
    trunk = " ".join(preset.bricks)
    return network({"image": (224, 224, 3)}, {}, "", trunk, {"label": "", **heads})


NETWORKS = {
    "two inputs with one tower": lambda: network(
        {"left": IMAGE, "right": IMAGE},
        {"left right": "cnn(32) maxpool(2) cnn(64) gap dense(64)"},
        "absolute_difference",
        "dense(32)",
        {"same": ""},
    ),
    "three inputs, two of them with one tower": lambda: network(
        {"left": IMAGE, "side": (8, 8, 3), "right": IMAGE},
        {"left right": 'cnn(32, name="x") cnn(32) add("x") gap', "side": "cnn(8) gap"},
        "concatenate",
        "dense(32) dropout(0.5)",
        {"same": ""},
    ),
    "towers of unequal height, an input without one, no trunk": lambda: network(
        {"photo": IMAGE, "raw": (8,), "map": IMAGE},
        {"photo": 'conv(8, name="m") cnn(8) add("m") gap dense(8, name="v")', "map": "gap"},
        "concatenate",
        "",
        {
            "one": "",
            "two": 'branch_from("v") dense(8)',
            "three": 'branch_from("raw") dense(8) concatenate("v") dense(8, name="deep")',
            "four": 'dense(3) concatenate("deep")',
        },
    ),
    "two heads": lambda: network(
        {"image": IMAGE}, {}, "", "cnn(32) gap", {"digit": "", "parity": "dense(16)"}
    ),
    "heads that branch off": googlenet_auxiliary,
    "a U": lambda: plain(U_SHAPE),
    "two skips from one brick": lambda: plain(
        'cnn(8, name="stem") cnn(8) add("stem") cnn(8) add("stem", "stem") gap'
        ' dense(8, name="end") add("end", "end")'
    ),
    "another branch": lambda: plain(
        'cnn(8, name="a") conv(8, name="b") branch_from("a") conv(8) add("b") gap'
    ),
    "200 bricks": lambda: plain(
        " ".join(f'cnn(8, name="n{n}") cnn(8) add("n{n}", "n{n // 2}")' for n in range(66))
        + " gap"
    ),
}


@st.composite
def crowds(draw):
    """Many inputs and outputs, and bricks that name any brick before them."""
    marks, numbers = [], count()

    def chain(most, *, shared=False):
        known, text = [*(() if shared else marks)], ""
        for _ in range(draw(st.integers(0, most))):
            if known and draw(st.booleans()):
                of = draw(st.lists(st.sampled_from(known), min_size=1, max_size=3))
                text += f"add({', '.join(f'{name!r}' for name in of)}) "
            else:
                known.append(f"n{next(numbers)}")
                text += f"conv(8, name={known[-1]!r}) "
        marks.extend(() if shared else known[len(marks) :])
        return text

    shape = draw(st.sampled_from([(4, 4, 8), (1000, 1000, 8)]))
    names = draw(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=5, unique=True))
    left, towers = list(names), []
    marks += names
    while left:
        on, left = left[: (size := draw(st.integers(1, 5)))], left[size:]
        towers.append(Tower(tuple(on), bricks(chain(3, shared=size > 1) or "dropout(0.1)")))
    trunk = chain(8)
    outputs = []
    for number in range(draw(st.integers(1, 5))):
        start = f"branch_from({draw(st.sampled_from(marks))!r}) " if number else ""
        start = start if draw(st.booleans()) else ""
        outputs.append(
            Output(f"output{number}", 2, PLAIN, bricks(start + chain(3) + "gap"))
        )
    return Plan(
        tuple(Input(name, shape) for name in names),
        tuple(towers),
        next(iter(bricks("add" if len(names) > 1 else "")), None),
        bricks(trunk),
        tuple(outputs),
        named=True,
    )
