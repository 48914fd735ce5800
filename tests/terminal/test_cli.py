"""The command line, as scripts use it: without a terminal, told by flags and files."""

import json
import os
import re
import shlex
import subprocess
import sys
from io import TextIOWrapper
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from keras_scaffold import __version__
from keras_scaffold.bricks.presets import PRESETS
from keras_scaffold.bricks.registry import all_bricks
from keras_scaffold.project_files import ANSWERS_FILE, project_of
from keras_scaffold.terminal.cli import app
from tests.processes import SCAFFOLD

QUICK = ("--defaults", "--no-smoke", "--no-git")


def errors(result):
    """The lines that a command which failed has said."""
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.splitlines()


def test_version(scaffold):
    """--version is the package's."""
    result = scaffold("--version")

    assert (result.exit_code, result.stdout) == (0, f"scaffold {__version__}\n")


def test_help_is_light(workplace):
    """--help imports nothing that takes long."""
    heavy = ["black", "copier", "keras", "prompt_toolkit", "rich", "tensorflow", "yaml"]
    ask = "import sys; from keras_scaffold.terminal.cli import app; app(['--help'], standalone_mode=False)"

    done = subprocess.run(
        [sys.executable, "-c", f"{ask}; print(*sorted(sys.modules), file=sys.stderr)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "Write a project, prove it, and put it at DESTINATION." in done.stdout
    assert not {*heavy} & {*done.stderr.split()}


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["new", "net", "--style", "s"], ["sequential", "subclassing"]),
        (["new", "net", "--preset", "vgg1"], ["vgg11", "vgg13", "vgg16", "vgg19"]),
        (["bricks", "max"], ["maximum", "maxpool"]),
        (["preview", "--blocks", "max"], ["maximum", "maxpool"]),
        (["preview", "--blocks", "cnn(32) max"], ["cnn(32) maximum", "cnn(32) maxpool"]),
        (
            ["preview", "--blocks", "repeat(2, lay"],
            ["repeat(2, layer_scale", "repeat(2, layernorm"],
        ),
        (["preview", "--blocks", "conv(8, ac"], []),
        (["preview", "--blocks", "cnn(1"], []),
        (["new", "net", "--tower", "left=max"], ["left=maximum", "left=maxpool"]),
        (["new", "net", "--shared", "max"], ["maximum", "maxpool"]),
        (["new", "net", "--head", "same=max"], ["same=maximum", "same=maxpool"]),
        (["new", "net", "--join", "a"], ["absolute_difference", "add", "average"]),
        (["new", "net", "--join", "b"], []),
    ],
    ids=lambda value: value[-1] if value else "",
)
def test_completion(words, offered, scaffold, monkeypatch):
    """The shell is told the styles, presets and bricks that begin so, within quotes too."""
    monkeypatch.setenv("_SCAFFOLD_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", shlex.join(["scaffold", *words]).removesuffix("'"))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))

    assert scaffold().stdout.split("\n")[:-1] == (offered or [""])


def test_new(scaffold, workplace):
    """Without a terminal, a project that was made is told in one plain line."""
    result = scaffold("new", "my net", *QUICK)

    files = [path for path in (workplace / "my net").rglob("*") if path.is_file()]
    assert result.stderr == ""
    assert result.stdout == (
        f"my net: {len(files)} files, 277,258 parameters, not proved\n"
    )
    assert [path.name for path in workplace.iterdir()] == ["my net"]


def test_new_json(scaffold, workplace):
    """--json tells where the project is, what it holds, and what its network is."""
    result = scaffold("new", "net", *QUICK, "--json")

    files = [path for path in (workplace / "net").rglob("*") if path.is_file()]
    preview = json.loads(scaffold("preview", "--json").stdout)
    assert json.loads(result.stdout) == preview | {
        "path": "net",
        "files": sorted(path.relative_to(workplace / "net").as_posix() for path in files),
        "repository": "",
        "settled": [],
        "ignored": [],
        "smoke": None,
        "told": [],
    }


def test_dry_run(scaffold, workplace):
    """--dry-run shows the files and the preview, and writes nothing."""
    result = scaffold("new", "net", "--defaults", "--dry-run")

    assert result.exit_code == 0
    assert result.stdout.startswith("net/\n")
    assert result.stdout.endswith(scaffold("preview").stdout)
    assert [*workplace.iterdir()] == []


def test_dry_run_json(scaffold, workplace):
    """--dry-run tells the files that the same command without it writes."""
    planned = scaffold("new", "net", "--defaults", "--dry-run", "--json")
    nothing = [*workplace.iterdir()]
    made = scaffold("new", "net", *QUICK, "--json")

    assert nothing == []
    assert json.loads(planned.stdout)["files"] == json.loads(made.stdout)["files"]


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


def test_bricks(scaffold):
    """`scaffold bricks` tells each brick's signature and what it is, on one line."""
    lines = [line.split() for line in scaffold("bricks").stdout.splitlines()]

    told = [[*b.signature().split(), *b.summary().split()] for b in all_bricks().values()]
    assert [line for line in lines[3:-1] if line] == told


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


@pytest.mark.parametrize("words", ["bricks", "presets --json", "preview", "--help"])
def test_closed_pipe(words, workplace):
    """A command of which nobody reads more ends in silence, with what shells have for that."""
    reader, writer = os.pipe()
    os.close(reader)

    done = subprocess.run(
        [*SCAFFOLD, *words.split()], stdout=writer, stderr=subprocess.PIPE, check=False
    )

    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


FULL = "error: the output cannot be written: No space left on device\n"


@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize(
    "words",
    [
        *(
            "bricks",
            "bricks --json",
            "bricks cnn",
            "presets",
            "preview",
            "--help",
            "--version",
        ),
        *("preview --json", "preview --style keras --json", "check nowhere --json"),
        *("preview --svg net.svg", "new net --defaults --no-smoke --json"),
    ],
)
def test_full_output(words, buffered, workplace, monkeypatch, capsys):
    """Where what is printed cannot be written, that is told once, and has a code of its own."""
    with (
        open("/dev/full", "wb", buffering=-1 if buffered else 0) as raw,
        TextIOWrapper(raw, write_through=not buffered) as full,
        monkeypatch.context() as patched,
        pytest.raises(SystemExit) as end,
    ):
        patched.setattr(sys, "stdout", full)
        get_command(app).main(words.split(), prog_name="scaffold")

    assert (end.value.code, capsys.readouterr().err) == (74, FULL)
    assert [path.name for path in workplace.iterdir()] == [
        word for word in words.split() if word in ("net", "net.svg")
    ]


@pytest.mark.parametrize("buffered", [True, False])
def test_full_output_at_exit(buffered, workplace):
    """Nor is it told a second time when the process ends."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*SCAFFOLD, "bricks"],
            env=os.environ | {"PYTHONUNBUFFERED": "" if buffered else "1"},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (done.returncode, done.stderr) == (74, FULL)


@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize(
    ("words", "code"), [("preview --style keras", 74), ("--nope", 74), ("presets", 0)]
)
def test_full_errors(words, code, buffered, workplace):
    """Where an error cannot be written either, no more than that is lost."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*SCAFFOLD, *words.split()],
            env=os.environ | {"PYTHONUNBUFFERED": "" if buffered else "1"},
            stdout=subprocess.DEVNULL,
            stderr=full,
            check=False,
        )

    assert done.returncode == code


def test_error_beside_full_output(workplace):
    """An error that has nothing to print keeps its sentence and its code."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*SCAFFOLD, "bricks", "residuel"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    told = "error: there is no brick `residuel`; did you mean `residual`?\n"
    assert (done.returncode, done.stderr) == (2, told)


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
        ["`size`", "", "a whole number from 1 to 1,000,000"],
        ["`stride`", "`None`", "a whole number from 1 to 1,000,000"],
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
    """The presets for programs hold their bricks one by one."""
    told = json.loads(scaffold("presets", "--json").stdout)

    assert told == [
        {
            "preset": preset.name,
            "about": preset.about,
            "input_shape": preset.input_shape,
            "bricks": [*preset.bricks],
            **preset.graph,
        }
        for preset in PRESETS.values()
    ]


def test_red_smoke(scaffold, workplace, team_template):
    """A red smoke test exits with 3, says which check failed, and keeps the project."""
    package = team_template / "template" / "project" / "src" / "{{ package }}"
    package.mkdir(parents=True)
    (package / "__init__.py.jinja").write_text("import nowhere\n")

    made = scaffold("new", "net", "--defaults", "--no-git", "--template", team_template)
    again = scaffold("smoke", "net", "--json")

    told = (
        "error: smoke test: imports: src/net/__init__.py, line 1: `nowhere` is not installed "
        f"beside scaffold; add its package there by `{sys.executable} -m pip install PACKAGE`, "
        "or prove with a Python that has it, such as that of the project's own environment: "
        "--python PATH"
    )
    assert made.exit_code == again.exit_code == 3
    assert made.stderr.splitlines()[-1] == told
    assert "import nowhere" in made.stderr
    (check,) = json.loads(again.stdout)["checks"]
    assert not check["ok"]
    assert f"error: smoke test: {check['check']}: {check['detail']}" == told
    assert (workplace / "net" / "src" / "net" / "__init__.py").exists()


def test_smoke_of_no_project(scaffold, workplace):
    """What is no project is refused."""
    result = scaffold("smoke", ".")

    assert errors(result) == [
        (
            "error: `.` is no project that `scaffold new` made: there is no .copier-answers.yml "
            "in it; name another directory"
        )
    ]


def test_project_of_a_directory(workplace):
    """A command for one project takes the one that a directory is in."""
    package = workplace / "net" / "src" / "net"
    package.mkdir(parents=True)
    (workplace / "net" / ANSWERS_FILE).touch()

    assert project_of(package) == workplace / "net"
    assert project_of(workplace) == workplace
    assert project_of(Path("net")) == Path("net")


def test_everything_wrong_is_told_at_once(scaffold, workplace):
    """One run tells every mistake: in names, choices, shapes, bricks and unknown keys."""
    (workplace / "answers.yml").write_text("filters: 3\nstlye: functional\n")

    result = scaffold(
        "new", "net", "--answers", "answers.yml", "--style", "functinal", "--blocks",
        "cnn(0, stride=x) cmn(3) dropout(1)", "--input-shape", "28x28", "--classes", "1",
        "--dataset", "mnits", "--name", "Net!", "--package", "keras", "--width-multiplier",
        "0",
    )  # fmt: skip

    assert errors(result) == [
        "error: no question `filters`; did you mean `towers`?",
        "error: no question `stlye`; did you mean `style`?",
        "error: --width-multiplier: `0` is not a number above 0, at most 100; write e.g. 0.5",
        "error: --style: `functinal` is not a choice; did you mean `functional`?",
        (
            "error: --blocks: brick 1 `cnn(0, stride=x)`: filters must be a whole number from 1 "
            "to 1,000,000, not `0`"
        ),
        (
            "error: --blocks: brick 1 `cnn(0, stride=x)`: stride must be a whole number from 1 "
            "to 1,000,000, not `x`"
        ),
        "error: --blocks: brick 2 `cmn(3)`: there is no brick `cmn`; did you mean `cnn`?",
        (
            "error: --blocks: brick 3 `dropout(1)`: rate must be a number from 0 up to, not "
            "including, 1, not `1`"
        ),
        (
            "error: --input-shape: `28x28` is not height x width x channels, each from 1 to "
            "8,192; did you mean `28x28x1`?"
        ),
        (
            "error: --classes: `1` class tells nothing apart; yes or no are 2 classes, and a "
            'number or labels are told by --output, e.g. --output "value=1:regression"'
        ),
        "error: --dataset: `mnits` is not a choice; did you mean `mnist`?",
        (
            "error: --name: name `Net!` is not a distribution's name; use lower-case letters, "
            "digits, -, _ and ., beginning and ending with a letter or digit, e.g. `net`"
        ),
        (
            "error: --package: package `keras` would hide the module that is called so; choose "
            "another, e.g. `keras_net`"
        ),
    ]
    assert [path.name for path in workplace.iterdir()] == ["answers.yml"]


STYLE = ("--style", "functional")
MLP = (*STYLE, "--preset", "mlp")
NAMED = (*STYLE, "--input", "x", "--output", "y", "--blocks", "gap")
WAY_OUT = "is missing; give it, or take every default with --defaults"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (
            (),
            [
                *("--style", "--preset or --blocks"),
                *("--dataset (and --classes for images of your own)", "--input-shape"),
            ],
        ),
        (
            ("--classes", "10"),
            ["--style", "--preset or --blocks", "--dataset", "--input-shape"],
        ),
        ((*MLP, "--input-shape", "224x224x3", "--classes", "10"), ["--dataset"]),
        ((*MLP, "--dataset", "mnist"), ["--input-shape"]),
        ((*MLP, "--dataset", "folder"), ["--input-shape", "--classes"]),
        ((*STYLE, "--preset", "siamese"), ["--dataset", "--input-shape"]),
        (NAMED, ["--dataset (and --classes for images of your own)", "--input-shape"]),
        ((*NAMED, "--dataset", "table"), ["--input-shape", "--classes"]),
        ((*NAMED, "--dataset", "digits"), ["--input-shape"]),
    ],
    ids=lambda value: " ".join(value[-2:]),
)
def test_missing_answers(given, wanted, scaffold, workplace):
    """Without a terminal nothing is asked: each flag that is missing is named, and no other."""
    result = scaffold("new", "net", *given)

    assert errors(result) == [f"error: {flag} {WAY_OUT}" for flag in wanted]
    assert [*workplace.iterdir()] == []


def test_missing_beside_what_is_wrong(scaffold):
    """A dataset that there is not leaves open whether classes are missing."""
    result = scaffold("new", "net", *MLP, "--dataset", "mnits")

    assert errors(result) == [
        f"error: --input-shape {WAY_OUT}",
        "error: --dataset: `mnits` is not a choice; did you mean `mnist`?",
    ]


@pytest.mark.parametrize(
    "known",
    [
        ("--dataset", "mnist"),
        ("--dataset", "folder", "--classes", "3"),
        ("--answers", "answers.yml"),
    ],
    ids=" ".join,
)
def test_enough_answers(known, scaffold, workplace):
    """Style, bricks, shape and dataset are enough without --defaults, by flag or file."""
    (workplace / "answers.yml").write_text("dataset: fashion_mnist\n")

    result = scaffold("new", "net", "--no-smoke", *MLP, "--input-shape", "28x28x1", *known)

    assert result.exit_code == 0
    answers = (workplace / "net" / ANSWERS_FILE).read_text()
    assert f"classes: {3 if 'folder' in known else 10}\n" in answers


def test_errors_in_json(scaffold):
    """With --json, what is wrong is JSON too."""
    result = scaffold("preview", "--blocks", "gap cnn(3)", "--json")

    assert result.exit_code == 2
    assert json.loads(result.stdout) == {
        "errors": [
            (
                "brick 2 `cnn(3)`, reached by a vector of 1: it needs a feature map, and 1 is flat; put it "
                "before `gap` or `flatten`"
            )
        ]
    }


@pytest.mark.parametrize(
    ("flag", "key", "value"),
    [
        ("--blocks", "blocks", "cnn(8) gap"),
        ("--blocks", "blocks", "cnn(0) gap"),
        ("--preset", "preset", "final-model"),
        ("--preset", "preset", "nothing"),
        ("--width-multiplier", "width_multiplier", "0.5"),
        ("--width-multiplier", "width_multiplier", "much"),
        ("--input-shape", "input_shape", "32x32x3"),
        ("--input-shape", "input_shape", "32"),
        ("--classes", "classes", "3"),
        ("--classes", "classes", "none"),
    ],
)
def test_flag_and_file_are_alike(flag, key, value, scaffold, workplace):
    """An answer is checked and understood alike, from a flag and from the answers file."""
    (workplace / "answers.yml").write_text(f"{key}: {value}\n")

    by_flag = scaffold("preview", flag, value)
    by_file = scaffold("preview", "--answers", "answers.yml")

    assert (by_flag.exit_code, by_flag.output) == (by_file.exit_code, by_file.output)


def test_a_project_can_be_made_again(scaffold, workplace):
    """A project's own answers file makes the same project, to the letter."""
    scaffold("new", "first", "--style", "sequential", "--sequential-form", "add", "--blocks",
             "cnn(8, name='stem') gap", "--dataset", "mnist", *QUICK)  # fmt: skip

    scaffold("new", "second", "--answers", "first/.copier-answers.yml", *QUICK)

    first, second = (
        {
            path.relative_to(workplace / name): path.read_bytes()
            for path in (workplace / name).rglob("*")
            if path.is_file()
        }
        for name in ("first", "second")
    )
    assert first
    assert first == second


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


def test_names_come_from_the_destination(scaffold, workplace):
    """The directory names the project, and the project the package; no dash is in that."""
    scaffold("new", "deep/My Net", *QUICK)

    answers = (workplace / "deep" / "My Net" / ".copier-answers.yml").read_text()
    assert answers.endswith("name: my-net\npackage: my_net\n")


def test_unusable_directory_name(scaffold, workplace):
    """A directory whose name gives no project's name needs --name."""
    refused = scaffold("new", "日本", *QUICK)
    named = scaffold("new", "日本", "--name", "japan", *QUICK)

    assert refused.stderr.startswith(
        "error: --name: name `日本` is not a distribution's name"
    )
    assert (refused.exit_code, named.exit_code) == (2, 0)


def test_unknown_option(scaffold):
    """An option that there is not is a user's mistake."""
    result = scaffold("new", "net", "--sytle", "functional")

    assert result.exit_code == 2
    assert "No such option: --sytle" in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        *(
            (f"{command} --json --nope", "No such option: --nope")
            for command in sorted(typer.main.get_command(app).commands)
        ),
        ("preview --nope --json", "No such option: --nope"),
        ("new --json", "Missing argument"),
        ("new net other --json", "Got unexpected extra argument(s) (other)"),
        ("preview --json --classes", "Option '--classes' requires an argument."),
        ("check --json --outdated=3", "Option '--outdated' does not take a value."),
        ("smok --json", "No such command 'smok'."),
        ("--json", "No such option: --json"),
    ],
)
def test_wrong_calls_in_json(words, told, scaffold):
    """With --json, what Typer refuses is JSON too, whatever comes before it."""
    result = scaffold(*words.split())

    assert (result.exit_code, result.stderr) == (2, "")
    [error] = json.loads(result.stdout)["errors"]
    assert error.startswith(told)


@pytest.mark.parametrize("words", ["preview -- --json", "new --nope -- --json", "smok"])
def test_wrong_calls_in_words(words, scaffold):
    """Without --json as an option they are told in words."""
    result = scaffold(*words.split())

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: ")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(closed, workplace):
    """A command whose input or output the shell closed does the same, and says nothing there."""
    command = ["sh", "-c", f'"$0" "$@" {closed}', *SCAFFOLD, "new", "net", *QUICK]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    files = sum(path.is_file() for path in (workplace / "net").rglob("*"))
    told = f"net: {files} files, 277,258 parameters, not proved\n"
    unread = " >&-" in f" {closed}"
    assert (done.returncode, done.stdout, done.stderr) == (0, "" if unread else told, "")


def test_a_wrong_python_hides_nothing(scaffold):
    """What is wrong with --python is told beside what is wrong with the answers."""
    told = errors(
        scaffold("new", "net", "--defaults", "--python", "nope", "--classes", "x")
    )

    assert len(told) == 2
    assert told[0].startswith("error: --python: `nope` is not there; ")
    assert told[1].startswith("error: --classes: `x` ")


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


STOPPED = """
import sys
def stop(*_, **__): raise KeyboardInterrupt
{at}
from keras_scaffold.__main__ import main
sys.argv = ["scaffold", "new", "net"]
main()
"""


@pytest.mark.parametrize(
    "at",
    [
        "class Typer: __getattr__ = stop\nsys.modules['typer'] = Typer()",
        "import typer.main; typer.main.get_command = stop",
        "import typer.core; typer.core.TyperGroup.make_context = stop",
    ],
    ids=["imports", "commands", "options"],
)
def test_ctrl_c_before_the_command_begins(at, workplace):
    """It is told as it is later, in a line."""
    done = subprocess.run(
        [sys.executable, "-c", STOPPED.format(at=at)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "interrupted; nothing was written\n"
