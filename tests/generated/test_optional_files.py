"""Every optional file, alone and with all others: what it adds to a project, and to none else."""

from __future__ import annotations

import re
import subprocess
import sys
from difflib import SequenceMatcher
from itertools import chain

import pytest
from generated import FORMS, assert_own_tests_pass
from graph_strategies import FULL

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template
from tests.kinds_of_project import OWN_GRAPHS, some_of

with open_template(to_render=False) as built_in:
    NAMES = [*built_in.questions["with"].choices.values()]
CHOICES = [[name] for name in NAMES] + ([NAMES] if len(NAMES) > 1 else [])
FILES = {name: {f"src/net/{name}.py", f"tests/test_{name}.py"} for name in NAMES}
FILES["serve"] |= {"src/net/batching.py", "src/net/service.py"}
FILES["cluster"] |= {"src/net/share.py", "train.slurm"}
FILES["records"] |= {"src/net/shards.py"}
FILES["notebook"] = {"notebook.ipynb", "tests/test_notebook.py"}
"""What each adds: mostly a module, and its tests."""
SAID = {name: (name,) for name in NAMES} | {
    "cluster": ("cluster", "--coordinator", "keeps")
}
"""Words by which it is known what a line is for."""
OTHERWISE = {"        checkpoints = Checkpoints(run, settings)": "cluster"}
"""Lines in whose place another one stands with an option."""
PLACES = {".copier-answers.yml", "README.md", "pyproject.toml"}
"""What has a line for every optional file: an answer, a sentence, a requirement."""
IN_EVERY_FORM = [(form, "final-model", "digits") for form in FORMS]
OF_EACH_DATASET = {pair[1]: (form, *pair) for form in FORMS for pair in some_of(form, ())}
PROJECTS = [*IN_EVERY_FORM, *OF_EACH_DATASET.values()]
NAMED = (("subclassing", "list"), "kinds", "table")


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """Renders a project with some optional files; gives its directory and its files' lines."""
    formatted: dict[str, set[bytes]] = {}  # most files are those of the project before

    def made(form, network, dataset, chosen):
        style, sequential_form = form
        told = OWN_GRAPHS.get(network, {"preset": network})
        given = {"name": "net", "style": style, "sequential_form": sequential_form}
        directory = tmp_path_factory.mktemp("made")
        with open_template() as template:
            asked = {**given, "dataset": dataset, **told, "with": chosen}
            answers = check_answers(asked, template.questions)
            rendered = render(template, answers, directory, formatted=formatted)
        known = formatted.setdefault(rendered.format.name, set())
        known.update((directory / file).read_bytes() for file in rendered.files)
        return directory, {
            file.as_posix(): (directory / file).read_text().splitlines()
            for file in rendered.files
        }

    return made


def blocks_added(before, now):
    """Runs of lines that are new, each with the lines in whose place they stand."""
    steps = SequenceMatcher(None, before, now, autojunk=False).get_opcodes()
    for kind, start, end, first, last in steps:
        if kind != "equal":
            yield now[first:last], before[start:end]


def grown(line, lines):
    """Whether one of the lines is this one with something added in its midst."""
    return any(
        line.startswith(longer[:place])
        and line.endswith(longer[len(longer) - len(line) + place :])
        for longer in lines
        if len(longer) > len(line)
        for place in range(len(line) + 1)
    )


@pytest.mark.parametrize(
    "project", PROJECTS, ids=lambda project: "-".join([*project[0], *project[1:]])
)
def test_what_is_added(project, texts):
    """Off leaves no word of it; on adds a module with its test, and blocks that tell its name."""
    _, without = texts(*project, [])

    words = "\n".join(chain(without, *without.values())).casefold()
    named = [name for name in NAMES if re.search(rf"(?<![\w\"]){name}\b", words)]
    assert named == []  # but for a word in quotes, which is of a format
    for chosen in CHOICES:
        directory, files = texts(*project, chosen)
        new = set().union(*(FILES[name] for name in chosen))
        assert files.keys() - without.keys() == new
        changed = {file for file in without if files.get(file) != without[file]}
        assert changed >= PLACES
        for file in changed:
            for added, lost in blocks_added(without[file], files[file]):
                text = "\n".join(added).casefold().strip()
                known = any(word in text for name in chosen for word in SAID[name])
                assert known or text in ("", "with:"), file
                kept = [line for line in lost if OTHERWISE.get(line) not in chosen]
                assert all(grown(line, added) for line in kept), file
        ruff = [sys.executable, "-m", "ruff", "check", "--quiet", directory]
        checked = subprocess.run(ruff, capture_output=True, text=True, check=False)
        assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.long
@pytest.mark.parametrize("chosen", CHOICES, ids="-".join)
def test_own_tests(chosen, texts):
    """The own tests of optional files pass, and all of their projects in the full profile."""
    tested = PROJECTS if FULL else (NAMED,)
    tests = [texts(*project, chosen)[0] / "tests" for project in tested]
    own = [
        place.parent / file
        for place in tests
        for name in chosen
        for file in sorted(FILES[name])
        if file.startswith("tests/")
    ]

    assert_own_tests_pass(tests if FULL else own)
