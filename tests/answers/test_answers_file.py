"""Answers files: what they say beside flags, and what is no answers file."""

import pytest

from keras_scaffold.answers.answers_file import read_answers, read_project
from keras_scaffold.errors import InputError
from keras_scaffold.terminal.given import given_answers


def test_flags_go_before_the_file(tmp_path):
    """A flag replaces what the file says; a preset by flag also replaces its blocks."""
    file = tmp_path / "answers.yml"
    file.write_text("blocks:\n- gap\nclasses: 5\nstyle: sequential\n")

    merged = given_answers({"preset": "final-model", "classes": "3", "style": None}, file)

    assert merged == {"preset": "final-model", "classes": "3", "style": "sequential"}


@pytest.mark.parametrize(
    ("flags", "merged"),
    [
        ({"blocks": "cnn(32) gap"}, {"blocks": "cnn(32) gap"}),
        ({"preset": "final-model"}, {"preset": "final-model"}),
        (
            {"width_multiplier": "2"},
            {"preset": "final-model", "width_multiplier": "2"},
        ),
    ],
)
def test_multiplier_of_the_file(flags, merged, tmp_path):
    """The file's multiplier is that of the file's preset, and goes with it."""
    file = tmp_path / "answers.yml"
    file.write_text("preset: final-model\nwidth_multiplier: 0.5\n")

    assert given_answers(flags, file) == merged


def test_widths_beyond_the_limit(problems):
    """What a multiplier makes too wide to be read back is refused."""
    assert problems(blocks="gap dense(1000000)", width_multiplier=100) == [
        (
            "--blocks: brick 2 `dense(100000000)`: units must be a whole number from 1 to "
            "1,000,000, not `100000000`; make the width multiplier 100 smaller"
        )
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "holds no `key: value` lines"),
        (b"- cnn(32)\n", "holds no `key: value` lines"),
        (b"a: b: c\n", "is not YAML: "),
        (b"!!python/object/apply:os.getcwd []\n", "is not YAML: "),
        (b"\xff\xfe\x00", "is not YAML: "),
    ],
)
def test_no_answers_file(content, why, tmp_path):
    """A file that holds no answers is named, and nothing in it is run."""
    file = tmp_path / "answers.yml"
    file.write_bytes(content)

    with pytest.raises(InputError) as error:
        read_answers(file)

    assert str(error.value).startswith(f"answers file `{file}` {why}")


def test_missing_answers_file(tmp_path):
    """A file that is not there is named."""
    with pytest.raises(InputError) as error:
        read_answers(tmp_path / "none.yml")

    assert error.value.problems == [
        f"answers file `{tmp_path / 'none.yml'}`: No such file or directory"
    ]


def test_damaged_project(tmp_path):
    """A project whose answers are incomplete and wrong is told all of that."""
    (tmp_path / ".copier-answers.yml").write_text("package: net\nclasses: 0\n")

    with pytest.raises(InputError) as error:
        read_project(tmp_path)

    assert error.value.problems == [
        "--classes: `0` is not a whole number from 2 to 1,000,000; write e.g. 10",
        f"`blocks` is missing in `{tmp_path / '.copier-answers.yml'}`",
        f"`input_shape` is missing in `{tmp_path / '.copier-answers.yml'}`",
    ]


def test_name_of_another_project(tmp_path):
    """A name by flag is also the package's, though the file names that of its project."""
    file = tmp_path / "answers.yml"
    file.write_text("name: one\npackage: one\nclasses: 10\n")

    assert given_answers({"name": "two"}, file) == {"name": "two", "classes": 10}
    assert given_answers({"name": None}, file)["package"] == "one"
