"""template/README.md is true: its list of values, and what it tells to do to a fork."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from shutil import copy, copytree

import pytest
from generated import FORMS

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.answers.datasets import DATASETS
from keras_scaffold.projects.context import context
from keras_scaffold.templates.fetching import open_template

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "template" / "README.md").read_text(encoding="utf-8")


def listed():
    """The values that the page lists, each with its meaning."""
    table = PAGE.partition("## What a file may use")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", table, re.MULTILINE))


def told(place):
    """The block of text that the page says to put into a file."""
    [text] = re.findall(
        rf"^```\w+ {re.escape(place)}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
    )
    return text


@pytest.mark.parametrize(
    ("form", "told"),
    [
        *product(FORMS, [{"dataset": key} for key in DATASETS if not DATASETS[key].named]),
        *product(
            (FORMS[0], FORMS[-1]),
            [
                {"preset": "siamese"},
                {"preset": "multi-task"},
                {"dataset": "table", "outputs": ["a=2:multilabel", "b=1:regression"]},
            ],
        ),
    ],
)
def test_page_lists_what_there_is(form, told):
    """Each value that a template gets stands on the page, and no other."""
    style, sequential_form = form
    network = {"blocks": "cnn(4) gap"} if "preset" not in told else {}

    with open_template() as template:
        given = {"name": "net", "style": style, "sequential_form": sequential_form}
        answers = check_answers(given | network | told, template.questions)
        values = context(answers, template)

    assert values.keys() == listed().keys()


@pytest.fixture
def fork(tmp_path):
    """A copy of the built-in template."""
    root = tmp_path / "house"
    copytree(ROOT / "template", root / "template")
    copy(ROOT / "copier.yml", root)
    return root


def append(path, text):
    """Write text at the end of a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_question_file_and_dependency(fork, scaffold, workplace):
    """A fork that was changed as the page says makes a project with all of that."""
    append(fork / "copier.yml", "\n" + told("copier.yml"))
    notice, pyproject = "NOTICE.md.jinja", fork / "template/project/pyproject.toml.jinja"
    append(fork / "template/project" / notice, told(f"template/project/{notice}"))
    before = pyproject.read_text()
    line = "dependencies = [\n"
    dependency = told("template/project/pyproject.toml.jinja")
    pyproject.write_text(before.replace(line, line + dependency, 1))

    result = scaffold("new", "net", "--defaults", "--no-smoke", "--template", fork)

    made = workplace / "net"
    assert result.exit_code == 0, result.output
    assert (
        made / "NOTICE.md"
    ).read_text() == "net is for use under the license Apache-2.0.\n"
    assert "license: Apache-2.0\n" in (made / ".copier-answers.yml").read_text()
    assert f"{line}{dependency}" in (made / "pyproject.toml").read_text()
    assert not list(made.rglob("template"))


def test_optional_file(fork, scaffold, workplace):
    """So does one with an optional file, where that is wanted."""
    questions, project = fork / "copier.yml", fork / "template/project"
    before = questions.read_text()
    choices = before.index("  choices:\n", before.index("\nwith:\n")) + len("  choices:\n")
    text = told("copier.yml with")
    questions.write_text(before[:choices] + text + before[choices:])
    [name] = re.findall(r"here `(.+)`\.", PAGE)
    (project / name).write_text("FROM python\n")
    (fork / "template/with/docker").mkdir()
    (fork / "template/with/docker/README.md.jinja").write_text("`docker build .`\n")
    made = ("--defaults", "--no-smoke", "--no-git", "--template", fork)

    results = [
        scaffold("new", place, *made, *wish, "--name", "net")
        for place, wish in (("on", ("--with", "docker")), ("off", ()))
    ]

    assert [result.exit_code for result in results] == [0, 0], results
    on, off = (workplace / place for place in ("on", "off"))
    assert (on / "Dockerfile").read_text() == "FROM python\n"
    assert "`docker build .`" in (on / "README.md").read_text()
    assert (
        "docker" not in (off / "README.md").read_text() + str([*off.iterdir()]).casefold()
    )


def test_data_set(fork, scaffold, workplace):
    """So does one with a data set, whose name says nothing of what it depends on."""
    questions = fork / "copier.yml"
    choices = "choices: [digits,"
    assert questions.read_text().count(choices) == 1
    questions.write_text(
        questions.read_text().replace(choices, "choices: [digitized_maps, digits,")
    )
    copytree(fork / "template/datasets/digits", fork / "template/datasets/digitized_maps")

    result = scaffold(
        *("new", "net", "--defaults", "--no-smoke", "--template", fork),
        *("--dataset", "digitized_maps"),
    )

    made = workplace / "net"
    assert result.exit_code == 0, result.output
    assert "scikit-learn" not in (made / "pyproject.toml").read_text()
    assert "load_digits" in (made / "src/net/data.py").read_text()
