"""The answers are declared once, by their keys, and each is read once."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.main import get_command

import keras_scaffold
from keras_scaffold.answers.answers import check_answers
from keras_scaffold.answers.answers_file import read_project
from keras_scaffold.answers.completion import complete
from keras_scaffold.answers.keys import Key
from keras_scaffold.answers.reading import Reading
from keras_scaffold.errors import InputError
from keras_scaffold.terminal import app
from keras_scaffold.terminal.given import checked_answers, given_answers

ROOMS = Path(keras_scaffold.__file__).parent
SPELLED = {
    "keys.py",
    "graph_fields.py",  # those of an entry: what a tower stands on, and its bricks
    "listings.py",  # what a program reads of bricks and presets
    "project_names.py",  # two words of messages
}
GRAPH = {
    "inputs": ["left=8x9x1", "right=8x9x1"],
    "shared_tower": ["cnn(2) gap"],
    "join": "concatenate",
    "blocks": "dense(3)",
    "outputs": ["same=2", "apart=1:regression"],
    "heads": ["same=dense(4)"],
}
SIAMESE = {"preset": "siamese", "width_multiplier": "0.5"}
SPELLINGS = {
    "style": ["functional", "sequential", "subclassing", "Functional", None],
    "sequential_form": ["list", "add", "adds"],
    "preset": ["final-model", "siamese", "multi-task", "resnet18", "final", None],
    "width_multiplier": ["0.5", "0", "x"],
    "blocks": ["cnn(8) gap", ["cnn(4)", "gap"], "dense(2)", "cnn(0) gap", [], {"a": 1}],
    "inputs": [["left=8x8x1", "right=8x8x1"], ["left", "right"], ["a"], [""], ["L", "l"]],
    "towers": [["left,right=cnn(4) gap"], {"left": "gap", "right": ["gap"]}, ["top=gap"]],
    "shared_tower": ["cnn(4) gap", ["left,right=gap"], {"left": "gap"}],
    "join": ["add", "concatenate", "gap"],
    "outputs": [["same=2"], ["y"], ["y=3", "z=1:regression"], ["y=0"], {"y": 3}],
    "heads": [["same=dense(2)"], {"y": ["dense(3)"]}, ["label=gap"]],
    "input_shape": ["28x28x1", "224x224x3", "8x8x4", "28"],
    "classes": [10, "2", 0],
    "dataset": ["digits", "folder", "mnist", "digit_pairs", "table", "minst"],
    "with": [["tensorboard"], "tensorboard", [], None, ["board"]],
    "also_with": [["tensorboard"], ["none"], ["tensorbord"]],
    "without": [["tensorboard"], "none", 3],
    "package": ["net", "class"],
    "onednn": [True, "x"],
    "colour": ["red"],
}


@st.composite
def some_answers(draw):
    """A few answers, good and bad."""
    keys = draw(st.sets(st.sampled_from([*SPELLINGS]), max_size=7))
    return {key: draw(st.sampled_from(SPELLINGS[key])) for key in sorted(keys)}


class Watched:
    """Counts, while it watches, the calls of what reads an answer, each with its value."""

    def __init__(self):
        self.reads = Counter()

    def __enter__(self):
        sys.setprofile(self.count)
        return self

    def __exit__(self, *_):
        sys.setprofile(None)

    def count(self, frame, event, _):
        """Count a call that is no part of another such."""
        code, caller = frame.f_code, Path(frame.f_back.f_code.co_filename)
        reads = code.co_filename.endswith("fields.py") and code.co_name.startswith("read_")
        if event == "call" and reads and not caller.name.endswith("fields.py"):
            value = frame.f_locals[code.co_varnames[0]]
            self.reads[code.co_name, str(value)] += 1


@pytest.mark.parametrize("asked", [{}, SIAMESE, GRAPH, {"dataset": "folder", "classes": 7}])
def test_a_project_reads_no_answer_twice(asked, model_template, tmp_path):
    """What `new` was given, and each default, is read once, as is what a preset tells."""
    with Watched() as watched:
        checked_answers(
            given_answers(asked, None),
            model_template.questions,
            tmp_path / "net",
            show=None,
            defaults=True,
            size_limit=True,
        )

    assert {read: times for read, times in watched.reads.items() if times > 1} == {}
    assert len(watched.reads) >= 6


@pytest.mark.parametrize("asked", [{}, SIAMESE, GRAPH])
def test_a_preview_reads_no_answer_twice(asked, model_template):
    """So it is where a network alone is asked for."""
    with Watched() as watched:
        check_answers({"name": "preview", **asked}, model_template.questions)

    assert {read: times for read, times in watched.reads.items() if times > 1} == {}


@settings(max_examples=settings.default.max_examples * 4)
@given(some_answers())
def test_defaults_are_read_as_if_they_were_given(model_template, asked):
    """What was read before the defaults were known is what is read with them."""
    done = complete(Reading({"name": "net", **asked}, model_template.questions))

    again = Reading(done.asked, model_template.questions)

    assert (done.values, done.problems) == (again.values, again.problems)
    assert (done.architecture is None) == (again.architecture is None)


@pytest.mark.parametrize("command", ["new", "preview", "update"])
def test_every_answer_has_its_option(command):
    """A command takes each answer by the flag that messages name."""
    options = get_command(app).commands[command].params
    flags = {option.name: option.opts[0] for option in options}

    told = [key for key in Key if key != Key.WITH]  # no parameter may be called so
    assert {key: flags.get(key) for key in told} == {key: key.flag for key in told}
    assert flags[Key.ALSO_WITH] == Key.WITH.flag


def test_a_key_is_spelled_in_one_module():
    """What reads, completes, asks for or replaces answers goes by what is declared once."""
    modules = [
        *(ROOMS / "answers").glob("*.py"),
        *(ROOMS / "terminal" / "commands").glob("*.py"),
        *(ROOMS / "terminal" / "prompts").glob("*.py"),
        ROOMS / "terminal" / "given.py",
        *(ROOMS / "updating").rglob("*.py"),
    ]

    spelled = {
        (path.name, node.value)
        for path in modules
        if path.name not in SPELLED
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value in [*Key]
    }

    assert spelled == set()


def test_recorded_answers_are_plain(model_template):
    """An answers file can hold them: their keys are text, and read back they are the same."""
    recorded = check_answers({"name": "net", **GRAPH}, model_template.questions).recorded()

    assert yaml.safe_load(yaml.safe_dump(recorded)) == recorded


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (
            {"shared_tower": {"left": "gap"}},
            (
                "--shared: `{'left': 'gap'}` names nothing that it stands for; write e.g. "
                "left=cnn(32) gap"
            ),
        ),
        (
            {"shared_tower": [{"inputs": ["left", "rihgt"], "blocks": ["gap"]}]},
            "--shared: there is no input `rihgt`; did you mean `right`?",
        ),
        (
            {"shared_tower": [], "towers": [{"inputs": 5, "blocks": "gap"}]},
            "--tower: name `5` is not an identifier; use letters from a to z, digits and _, e.g. `stem`",
        ),
    ],
    ids=["mapping", "entry", "number"],
)
def test_towers_that_somebody_wrote_by_hand(wrong, problem, model_template):
    """What an answers file holds in the place of a tower is told, and is no bug of ours."""
    asked = {"name": "net", **GRAPH, **wrong}

    with pytest.raises(InputError) as error:
        check_answers(asked, model_template.questions)

    assert error.value.problems == [problem]


def test_a_project_that_keeps_a_preset(tmp_path):
    """A preset in the place of bricks, which no project keeps, is not taken for them."""
    file = tmp_path / ".copier-answers.yml"
    file.write_text("package: net\npreset: lenet5\ninput_shape: 28x28x1\nclasses: 3\n")

    with pytest.raises(InputError) as error:
        read_project(tmp_path)

    assert error.value.problems == [f"`blocks` is missing in `{file}`"]
