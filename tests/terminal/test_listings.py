"""`scaffold bricks` and `scaffold presets`: tables, JSON and pages."""

import json
import re

import pytest

from keras_scaffold.answers import kept_definitions
from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.bricks.registry import all_bricks
from tests.printed import errors


def test_bricks(scaffold):
    """`scaffold bricks` tells each brick's signature and what it is, on one line each."""
    lines = [line.split() for line in scaffold("bricks").stdout.splitlines()]

    told = [[*b.signature().split(), *b.summary().split()] for b in all_bricks().values()]
    assert [line for line in lines[3:-2] if line] == told
    assert lines[-1][:4] == ["each", "layer", "of", "keras.layers"]


def test_one_of_keras_layers(scaffold):
    """Of a word that is Keras' layer it tells Keras' arguments, the shape and the source."""
    shown = scaffold("bricks", "Conv1D", "--json")
    lines = scaffold("bricks", "Conv1D").stdout.splitlines()

    [told] = json.loads(shown.stdout)
    assert [one["name"] for one in told["arguments"]][:3] == [
        "filters",
        "kernel_size",
        "strides",
    ]
    assert told["example"] == "Conv1D(32, 3)"
    assert " ".join(" ".join(lines[-2:]).split()).endswith(
        'Conv1D(32, 3) makes 26x32 of 28x16: layers.Conv1D(32, 3, name="conv1d")'
    )


def test_one_brick(scaffold):
    """`scaffold bricks BRICK` tells its arguments, options too, with what each may be."""
    shown = scaffold("bricks", "residual")
    unknown = scaffold("bricks", "residuel")
    preset = scaffold("bricks", "resnet50")

    lines = [line.split() for line in shown.stdout.splitlines()]
    assert ["stride", "1", "a", "whole", "number", "from", "1", "to", "1,000,000"] in lines
    assert ["bias", "False", "True", "or", "False"] in lines
    assert errors(unknown) == [
        "error: there is no brick `residuel`; did you mean `residual`?"
    ]
    assert errors(preset) == [
        (
            "error: there is no brick `resnet50`; it is a preset: `scaffold preview --preset "
            "resnet50` shows its bricks"
        )
    ]


def test_bricks_json(scaffold):
    """A required argument has no default in the catalogue for programs."""
    told = {
        brick["brick"]: brick for brick in json.loads(scaffold("bricks", "--json").stdout)
    }

    assert [*told] == [*all_bricks()]
    assert told["dropout"] == {
        "brick": "dropout",
        "summary": "Sets this share of the values to zero, in training only.",
        "example": "dropout(0.5)",
        "arguments": [
            {"name": "rate", "must_be": "a number from 0 up to, not including, 1"}
        ],
    }
    assert told["maxpool"]["arguments"][1]["default"] is None


def test_presets(scaffold):
    """`scaffold presets` tells what each preset is, and for which images."""
    lines = [line.split() for line in scaffold("presets").stdout.splitlines()]

    for preset in PRESETS.values():
        told = [preset.name, *preset.about.split(), preset.input_shape or "any"]
        assert told in lines


def cells(page):
    """The rows of a Markdown table, its heading first and the line below that left out."""
    head, below, *rows = page.splitlines()
    bars = {line.replace(r"\|", "").count("|") for line in (head, below, *rows)}
    assert len(bars) == 1
    return [
        [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in (head, *rows)
    ]


def test_bricks_markdown(scaffold):
    """`scaffold bricks --markdown` is a table of the signatures and of what they are."""
    told = [[f"`{each.signature()}`", each.summary()] for each in all_bricks().values()]

    assert cells(scaffold("bricks", "--markdown").stdout) == [
        ["Brick", "What it is"],
        *told,
    ]


def test_one_brick_markdown(scaffold):
    """Of one brick it is a table of its arguments, their defaults, and what each may be."""
    rows = cells(scaffold("bricks", "maxpool", "--markdown").stdout)

    assert rows == [
        ["Argument", "Default", "What it may be"],
        ["`size`", "", "a whole number from 1 to 1,000,000, or 2 of them in brackets"],
        [
            "`stride`",
            "`None`",
            "a whole number from 1 to 1,000,000, or 2 of them in brackets",
        ],
        ["`padding`", "`valid`", "one of same, valid"],
    ]


def test_bar_in_markdown(scaffold, monkeypatch):
    """A bar in what a brick is, as of another package's, does not end its cell."""
    gap = all_bricks()["gap"]
    monkeypatch.setattr(gap, "__doc__", "Mean of |x|, by channel.")

    rows = cells(scaffold("bricks", "--markdown").stdout)

    assert ["`gap`", "Mean of |x|, by channel."] in rows


def test_presets_markdown(scaffold):
    """`scaffold presets --markdown` tells of each what was measured, too, if anything was."""
    rows = cells(scaffold("presets", "--markdown").stdout)

    assert rows == [
        ["Preset", "What it is", "Images", "Measured"],
        *(
            [
                f"`{preset.name}`",
                preset.about,
                preset.input_shape or "any",
                f"`{preset.dataset}`: {preset.measured}" if preset.measured else "",
            ]
            for preset in PRESETS.values()
        ),
    ]


@pytest.mark.parametrize("words", ["bricks", "bricks cnn", "presets"])
def test_two_forms(words, scaffold):
    """One list in two forms is refused, in the form that programs read."""
    result = scaffold(*words.split(), "--markdown", "--json")

    told = "`--markdown` and `--json` ask for the list twice; give one of them"
    assert (result.exit_code, json.loads(result.stdout)) == (2, {"errors": [told]})


def test_presets_json(scaffold):
    """The presets for programs hold their bricks, and what defines some, one by one."""
    told = json.loads(scaffold("presets", "--json").stdout)

    assert told == [
        {
            "preset": preset.name,
            "about": preset.about,
            "input_shape": preset.input_shape,
            **({"define": [*kept_definitions(preset.define)]} if preset.define else {}),
            "bricks": [*preset.bricks],
            **preset.graph,
        }
        for preset in PRESETS.values()
    ]


def test_several_files_of_bricks(scaffold, tmp_path):
    """The words of each file are known, and one that two of them define is refused."""
    files = [tmp_path / "one.yml", tmp_path / "two.yml"]
    files[0].write_text("wide(n): conv(n)\n")
    files[1].write_text("- 'deep(n): conv(n) conv(n)'\n")
    flags = [flag for file in files for flag in ("--bricks", str(file))]

    shown = scaffold("preview", *flags, "--blocks", "wide(4) deep(4) gap")
    files[1].write_text("wide(n): conv(n)\n")
    refused = scaffold("preview", *flags, "--blocks", "wide(4) gap")

    assert (shown.exit_code, refused.exit_code) == (0, 2)
    assert "`wide` is defined twice" in refused.stderr
