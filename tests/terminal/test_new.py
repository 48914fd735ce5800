"""`scaffold new` by flags and files: what it takes, makes and tells."""

import json

import pytest

from tests.options import QUICK_WITHOUT_GIT
from tests.printed import errors


def test_new(scaffold, workplace):
    """Without a terminal, a project that was made is told in one plain line."""
    result = scaffold("new", "my net", *QUICK_WITHOUT_GIT)

    files = [path for path in (workplace / "my net").rglob("*") if path.is_file()]
    assert result.stderr == ""
    assert result.stdout == (
        f"my net: {len(files)} files, 277,258 parameters, not proved\n"
    )
    assert [path.name for path in workplace.iterdir()] == ["my net"]


def test_new_json(scaffold, workplace):
    """--json tells where the project is, what it holds, and what its network is."""
    result = scaffold("new", "net", *QUICK_WITHOUT_GIT, "--json")

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
    made = scaffold("new", "net", *QUICK_WITHOUT_GIT, "--json")

    assert nothing == []
    assert json.loads(planned.stdout)["files"] == json.loads(made.stdout)["files"]


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
            "to 1,000,000, or 2 of them in brackets, not `x`"
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
             "cnn(8, name='stem') gap", "--dataset", "mnist", *QUICK_WITHOUT_GIT)  # fmt: skip

    scaffold("new", "second", "--answers", "first/.copier-answers.yml", *QUICK_WITHOUT_GIT)

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


def test_names_come_from_the_destination(scaffold, workplace):
    """The directory names the project, and the project the package; no dash is in that."""
    scaffold("new", "deep/My Net", *QUICK_WITHOUT_GIT)

    answers = (workplace / "deep" / "My Net" / ".copier-answers.yml").read_text()
    assert answers.endswith("name: my-net\npackage: my_net\n")


def test_unusable_directory_name(scaffold, workplace):
    """A directory whose name gives no project's name needs --name."""
    refused = scaffold("new", "日本", *QUICK_WITHOUT_GIT)
    named = scaffold("new", "日本", "--name", "japan", *QUICK_WITHOUT_GIT)

    assert refused.stderr.startswith(
        "error: --name: name `日本` is not a distribution's name"
    )
    assert (refused.exit_code, named.exit_code) == (2, 0)


def test_a_wrong_python_hides_nothing(scaffold):
    """What is wrong with --python is told beside what is wrong with the answers."""
    told = errors(
        scaffold("new", "net", "--defaults", "--python", "nope", "--classes", "x")
    )

    assert len(told) == 2
    assert told[0].startswith("error: --python: `nope` is not there; ")
    assert told[1].startswith("error: --classes: `x` ")
