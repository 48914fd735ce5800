"""`scaffold preview`: tables, JSON and pictures."""

import json
import re

import pytest

from tests.printed import errors


def test_preview(scaffold):
    """The preview is a table of bricks, with positions, names, shapes and parameters."""
    result = scaffold(
        "preview", "--blocks", "cnn(32, name='stem') maxpool(3) gap", "--classes", "3"
    )

    rows = [line.split() for line in result.stdout.splitlines() if line.strip()]
    assert rows[0] == ["brick", "name", "output", "parameters"]
    assert rows[2:] == [
        ["input", "image", "28x28x1", "0"],
        ["1", "cnn(32)", "stem", "28x28x32", "448"],
        ["2", "maxpool(3)", "maxpool", "9x9x32", "0"],
        ["3", "gap", "gap", "32", "0"],
        ["dense(3)", "logits", "3", "99"],
        ["547", "parameters,", "483", "trainable,", "64", "not"],
    ]


@pytest.mark.parametrize("command", ["preview", "show"])
def test_channels(scaffold, command):
    """A network that is only looked at has any number of channels, unless for a dataset."""
    asked = (command, "--blocks", "gap", "--classes", "2", "--input-shape", "8x8x5")

    assert re.search(r"8(x|, )8(x|, )5", scaffold(*asked).stdout)
    assert errors(scaffold(*asked, "--dataset", "folder")) == [
        (
            "error: --input-shape: `8x8x5` has 5 channels, and images have 1 (grey) or 3 (colour); "
            "end it in x1 or x3"
        )
    ]


def test_preview_layers(scaffold):
    """--layers is a table of layers."""
    result = scaffold("preview", "--blocks", "cnn(8) gap", "--classes", "2", "--layers")

    rows = [line.split() for line in result.stdout.splitlines() if line.strip()]
    assert rows[0] == ["layer", "name", "output", "parameters"]
    assert rows[2:-1] == [
        ["0", "InputLayer", "image", "28x28x1", "0"],
        ["1", "Conv2D", "cnn_conv", "28x28x8", "80"],
        ["2", "BatchNormalization", "cnn_bn", "28x28x8", "32"],
        ["3", "ReLU", "cnn_relu", "28x28x8", "0"],
        ["4", "GlobalAveragePooling2D", "gap", "8", "0"],
        ["5", "Dense", "logits", "2", "18"],
    ]


def test_preview_json(scaffold):
    """--json tells every brick and layer, and which layers feed each."""
    result = scaffold("preview", "--blocks", "dense(4) flatten", "--input-shape", "2x2x3",
                      "--classes", "2", "--json")  # fmt: skip

    assert json.loads(result.stdout) == {
        "inputs": {"image": [2, 2, 3]},
        "outputs": {"logits": {"size": 2, "kind": "classification"}},
        "bricks": [
            {"brick": "dense(4)", "name": "dense", "part": "trunk", "output": [2, 2, 4],
             "params": 16},
            {"brick": "flatten", "name": "flatten", "part": "trunk", "output": [16],
             "params": 0},
        ],
        "layers": [
            {"type": "InputLayer", "name": "image", "output": [2, 2, 3], "params": 0,
             "from": [], "again": False},
            {"type": "Dense", "name": "dense", "output": [2, 2, 4], "params": 16,
             "from": [0], "again": False},
            {"type": "Flatten", "name": "flatten", "output": [16], "params": 0,
             "from": [1], "again": False},
            {"type": "Dense", "name": "logits", "output": [2], "params": 34, "from": [2],
             "again": False},
        ],
        "total_params": 50,
        "trainable_params": 50,
        "non_trainable_params": 0,
    }  # fmt: skip


def test_preview_as_a_picture(scaffold, workplace):
    """`scaffold preview --svg FILE` says what it drew beside the rest, or why it could not."""
    drawn = scaffold("preview", "--blocks", "cnn(8) gap", "--svg", "net.svg")
    refused = scaffold("preview", "--svg", "nowhere/net.svg")

    assert "cnn(8)" in drawn.stdout
    assert drawn.stdout.splitlines()[-1] == "drawn in net.svg"
    assert (workplace / "net.svg").read_text().startswith("<svg ")
    assert refused.exit_code == 2
    assert errors(refused) == [
        "error: the system said no `nowhere/net.svg`: No such file or directory"
    ]


def test_preview_as_a_picture_in_json(scaffold, workplace):
    """With --json too, the picture's file is told, where there is one."""
    drawn = scaffold("preview", "--svg", "net.svg", "--json")
    plain = scaffold("preview", "--json")

    assert json.loads(drawn.stdout) == {**json.loads(plain.stdout), "svg": "net.svg"}


def test_width_multiplier(scaffold):
    """A width multiplier scales every width in steps of 8, as MobileNet does."""
    result = scaffold("preview", "--width-multiplier", "0.3", "--json")

    assert [brick["brick"] for brick in json.loads(result.stdout)["bricks"]] == [
        "cnn(16)",
        "maxpool(3)",
        "inception(16, 16)",
        "inception(24, 24)",
        "cnn(40)",
        "gap",
        "dense(80)",
        "dropout(0.5)",
    ]


def test_size_limit(scaffold):
    """Absurdly many parameters are refused."""
    result = scaffold("preview", "--blocks", "flatten dense(300000)")

    assert errors(result) == [
        (
            "error: `238,500,010` parameters are more than 200,000,000; use smaller widths or "
            "more pooling, or lift the limit with --no-size-limit"
        )
    ]


def test_no_size_limit(scaffold):
    """--no-size-limit allows them."""
    result = scaffold("preview", "--blocks", "flatten dense(300000)", "--no-size-limit")

    assert "238,500,010 parameters" in result.stdout


def test_sequential_form_of_another_style(scaffold):
    """--sequential-form add is refused for a model that is not Sequential."""
    result = scaffold(
        "new", "net", "--defaults", "--style", "subclassing", "--sequential-form", "add"
    )

    assert errors(result) == [
        (
            "error: --sequential-form: `add` is a way to write a Sequential model, and the style "
            "is subclassing; leave it out or say --style sequential"
        )
    ]


def test_a_picture_replaces_pictures_alone(scaffold, workplace):
    """A file that is no such picture is refused and kept; an empty one, or a picture, is not."""
    kept, empty = workplace / "notes.svg", workplace / "net.svg"
    kept.write_text("mine")
    empty.touch()

    refused = errors(scaffold("preview", "--svg", "notes.svg"))
    drawn = [scaffold("preview", "--svg", "net.svg").exit_code for _ in range(2)]

    assert refused == ["error: --svg: `notes.svg` is there, and no SVG; name another file"]
    assert kept.read_text() == "mine"
    assert drawn == [0, 0]


@pytest.mark.parametrize(
    "name", ["x.png", "-", "x", "x.svg.txt", "x.svgz", "svg", "a.svg/-"]
)
def test_a_picture_by_another_name(name, scaffold, workplace):
    """A file whose name promises something else than an SVG is refused, and not made."""
    (workplace / "a.svg").mkdir()

    result = scaffold("preview", "--svg", name)

    assert (result.exit_code, result.stdout) == (2, "")
    [told] = errors(result)
    assert told == (
        f"error: --svg: `{name}` does not end in `.svg`, and an SVG is what is written; name "
        "a file that does, e.g. `network.svg`"
    )
    assert [*workplace.rglob("*")] == [workplace / "a.svg"]


def test_a_picture_on_a_full_disk(scaffold, workplace):
    """The file that cannot be written is named."""
    (workplace / "full.SVG").symlink_to("/dev/full")

    told = errors(scaffold("preview", "--svg", "full.SVG"))

    assert told == ["error: the system said no `full.SVG`: No space left on device"]
