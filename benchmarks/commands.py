"""The command's own time: its help, code alone, and a new project without and with the proof."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from shutil import copytree

from benchmarks.children import program, script, seconds
from benchmarks.paired import Row, alternate, at_most
from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.context import context
from keras_scaffold.templates.fetching import open_template

PARAMETERS, OF_RESNET50 = "277,258", "23,608,202"


def help_text(workspace: Path, repeats: int) -> Iterator[Row]:
    """`scaffold --help` against the import of what it is written with."""
    pairs = alternate(
        lambda: seconds(program("scaffold"), "--help", expect="preview"),
        lambda: seconds(sys.executable, "-c", "import typer"),
        5 * repeats,
    )
    yield at_most(1.5, "scaffold --help / import typer", pairs)


def shown(workspace: Path, repeats: int) -> Iterator[Row]:
    """The code of the default network against its preview: what rendering and Black add."""
    scaffold, notebook = program("scaffold"), workspace / "net.ipynb"
    for bar, what, *words in (
        (1.5, "show"),
        (1.9, "show --style all", "--style", "all"),
        (1.9, "show -o net.ipynb", "-o", notebook, "--force"),
    ):
        expect = "written" if notebook in words else "build_model"
        pairs = alternate(
            partial(seconds, scaffold, "show", *words, expect=expect),
            partial(seconds, scaffold, "preview", expect=PARAMETERS),
            3 * repeats,
        )
        yield at_most(bar, f"{what} / preview", pairs)


def new(workspace: Path, repeats: int) -> Iterator[Row]:
    """A new project, unproved, against Copier and Black from the command line."""
    places = _places(workspace)
    plain = _copier_and_black(workspace, places)
    for flags in ([], ["--no-git"]):
        ours = _new(places, "--no-smoke", *flags, expect="not proved")
        told = " ".join(["new --no-smoke", *flags])
        yield at_most(1.0, f"{told} / copier copy + black", alternate(ours, plain, repeats))
    _same_code(workspace)


def proved(workspace: Path, repeats: int) -> Iterator[Row]:
    """A new project with its proof, against a script that builds the model by hand."""
    ours = _new(_places(workspace), expect="smoke test passed")
    command = [*script("bare.py"), workspace / "bare.keras"]
    pairs = alternate(ours, lambda: seconds(*command, expect=PARAMETERS), repeats)
    yield at_most(1.15, "new with the smoke test / bare.py", pairs)


def backbone(workspace: Path, repeats: int) -> Iterator[Row]:
    """The same of a frozen network of keras.applications with a head."""
    flags = ["--blocks", "backbone(resnet50) gap", "--input-shape", "224x224x3"]
    ours = _new(
        _places(workspace), *flags, expect="smoke test passed", parameters=OF_RESNET50
    )
    command = [*script("bare_backbone.py"), workspace / "bare.keras"]
    pairs = alternate(ours, lambda: seconds(*command, expect=OF_RESNET50), repeats)
    yield at_most(1.3, "new with a frozen ResNet50 / bare_backbone.py", pairs)


def _places(workspace: Path) -> Iterator[Path]:
    return (workspace / f"project{number}" / "digits" for number in count())


def _new(
    places: Iterator[Path], *flags: str, expect: str, parameters: str = PARAMETERS
) -> Callable[[], float]:
    command = [program("scaffold"), "new", "--defaults", *flags]
    return lambda: seconds(
        *command, next(places), expect=f"{parameters} parameters, {expect}"
    )


def _copier_and_black(workspace: Path, places: Iterator[Path]) -> Callable[[], float]:
    """Both commands, on the same template, handed the same values."""
    template, data = workspace / "template", workspace / "data.yml"
    with open_template() as source:
        answers = check_answers({"name": "digits"}, source.questions)
        copytree(source.root, template)
        values = {**context(answers, source), **answers.recorded()}
    data.write_text(json.dumps(values), encoding="utf-8")
    copy = [program("copier"), "copy", "--defaults", "--quiet", "--data-file", data]
    black = [program("black"), "--quiet"]

    def measure() -> float:
        place = next(places)
        return seconds(*copy, template, place) + seconds(*black, place)

    return measure


def _same_code(workspace: Path) -> None:
    """Whether the last two projects, one of each side, are the same Python files."""
    by_time = sorted(workspace.glob("project*"), key=lambda path: path.stat().st_mtime)
    ours, theirs = (
        {path.relative_to(side): path.read_bytes() for path in side.rglob("*.py")}
        for side in by_time[-2:]
    )
    if not ours or ours != theirs:
        raise SystemExit("`scaffold new` and plain Copier with Black wrote other code")
