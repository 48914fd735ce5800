"""The code of a network alone: it is the project's, it runs, and it is the network previewed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from runpy import run_path

import keras
import pytest
from compared import compare
from generated import FORMS, assert_formatted, project

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.errors import TemplateError
from keras_scaffold.projects.single_file import to_single_file
from keras_scaffold.templates.fetching import open_template
from keras_scaffold.templates.template import Template

NETWORKS = {
    "final-model": FORMS,
    "resnet18": FORMS,
    "siamese": (FORMS[0], FORMS[-1]),
    "multi-task": (FORMS[0], FORMS[-1]),
}
EACH = pytest.mark.parametrize(
    ("preset", "form"),
    [(preset, form) for preset, forms in NETWORKS.items() for form in forms],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)


def answers_of(template, preset, form):
    """The answers to a preset in a style."""
    style, sequential_form = form
    given = {"name": "net", "preset": preset, "style": style, "dataset": "folder"}
    if preset in ("siamese", "multi-task"):
        given["dataset"] = {"siamese": "digit_pairs", "multi-task": "digit_parity"}[preset]
    given["sequential_form"] = sequential_form
    return check_answers(given, template.questions)


def executed(source, directory):
    """What a file defines."""
    keras.utils.clear_session(free_memory=False)
    file = directory / "alone.py"
    file.write_text(source)
    return run_path(str(file))


@EACH
def test_it_is_the_network_that_was_previewed(preset, form, tmp_path):
    """Layer by layer it has the names, shapes and parameters that the preview tells."""
    with open_template(to_render=False) as template:
        answers = answers_of(template, preset, form)
        source = to_single_file(template, answers).formatted()

    model = executed(source, tmp_path)["build_model"]()

    compare(answers.architecture, model)


@EACH
def test_it_is_the_code_of_the_project(preset, form, tmp_path):
    """Each function and class of model.py and blocks.py is in it, and none besides."""
    with open_template(to_render=False) as template:
        answers = answers_of(template, preset, form)
        shown = to_single_file(template, answers).formatted()
    with open_template() as template, project(template, tmp_path, answers):
        package = tmp_path / "src" / "net"
        files = [package / "blocks.py", package / "model.py"]
        written = [path.read_text() for path in files if path.exists()]

    definitions = [text for source in written for text in defined(source)]
    assert defined(shown) == [
        re.sub(r"(OUTPUTS\[\S+\])\.size", r"\1", text) for text in definitions
    ]


def defined(source):
    """The functions and classes of a file, without comments."""
    kinds = (ast.ClassDef, ast.FunctionDef)
    return [ast.unparse(node) for node in ast.parse(source).body if isinstance(node, kinds)]


@EACH
def test_it_is_formatted_and_whole(preset, form, tmp_path):
    """Black and Ruff have nothing to say: every name is there, and no import too many."""
    with open_template(to_render=False) as template:
        answers = answers_of(template, preset, form)
        source = to_single_file(template, answers).formatted()
    with open_template() as template, project(template, tmp_path, answers):
        assert_formatted(source, tmp_path)

    checked = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--isolated", "--select=E4,E7,E9,F,I", "-"],
        input=source,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout) == (0, "All checks passed!\n")


def test_inputs_and_outputs_by_name(tmp_path):
    """What a project has in interface.py stands above the model, the sizes as numbers."""
    with open_template(to_render=False) as template:
        answers = answers_of(template, "multi-task", FORMS[0])
        source = to_single_file(template, answers).formatted()

    found = executed(source, tmp_path)

    assert found["INPUT_SHAPES"] == {"image": (28, 28, 1)}
    assert found["OUTPUTS"] == {"digit": 10, "parity": 2}


def test_no_trace_of_a_project():
    """Nothing is imported from beside it, and no command of a project is named."""
    for preset, forms in NETWORKS.items():
        for form in forms:
            with open_template(to_render=False) as template:
                answers = answers_of(template, preset, form)
                source = to_single_file(template, answers).formatted()

            assert not re.search(r"from \.|`describe`|`convert`|\.size\b", source)


MODEL = "template/project/src/{{ package }}/model.py.jinja"
BLOCK = "template/bricks/cnn.py.jinja"
PROJECT = "template/project/pyproject.toml.jinja"


@pytest.fixture
def fork(part_of_template):
    """A fork of the built-in template, as far as it makes a model."""
    return part_of_template(("bricks", "datasets", "styles"), ("model", "{%"))


def shown_of(fork, **changed):
    """What is shown of a fork in which some files have other words."""
    for path, (old, new) in changed.values():
        file = fork.root / path
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))
    template = Template(fork.root, "fork")
    answers = check_answers({"name": "net", "blocks": "cnn(8) gap"}, template.questions)
    return to_single_file(template, answers).formatted()


def test_a_fork_is_shown_as_it_is(fork):
    """A block, and the length of lines, are the fork's."""
    shown = shown_of(
        fork,
        block=(BLOCK, ("Convolution, batch", "Our convolution, batch")),
        form=(PROJECT, ("line-length = 100 ", "line-length = 60 ")),
    )

    assert '"""Our convolution, batch normalization and ReLU.' in shown
    assert max(len(line) for line in shown.splitlines() if " = layers" in line) <= 60


def test_a_forks_own_questions(fork):
    """What only a fork asks has its default, in which other answers may stand."""
    asked = "owner:\n  type: str\n  default: '{{ name }} Ltd'\nyear:\n  default: 1998\n\n"

    shown = shown_of(
        fork,
        asked=("copier.yml", ("style:\n", f"{asked}style:\n")),
        told=(MODEL, ("{% include", "# {{ year }}, {{ owner }}\n{% include")),
    )

    assert "# 1998, net Ltd" in shown.splitlines()


@pytest.mark.parametrize(
    ("path", "words", "told"),
    [
        (
            MODEL,
            ("{% include", "from .sizes import SIDE\n\n{% include"),
            "`model.py` imports `.sizes`, so it is no file of its own; only `.blocks` and",
        ),
        (
            MODEL,
            ("{% include", "def def\n{% include"),
            "made `model.py`, which is not Python: ",
        ),
        (BLOCK, ("filters, kernel_size=3", "{{ nothing }}"), "'nothing' is undefined"),
        (BLOCK, ("{% endmacro %}", "{% end %}"), f"{BLOCK}, line 11: "),
        (PROJECT, ("[tool.black]", "[tool.black"), "that Black cannot read: "),
    ],
)
def test_what_cannot_be_shown_of_a_fork(path, words, told, fork):
    """It is the template's fault, which is told with the place."""
    with pytest.raises(TemplateError) as error:
        shown_of(fork, it=(path, words))

    assert str(error.value).startswith("template `fork`")
    assert told in str(error.value)


def test_a_template_without_a_model(team_template):
    """Where a template makes no model.py, that is told, and what it makes can be seen."""
    template = Template(team_template, "team")
    answers = check_answers({"name": "net", "preset": "mlp"}, template.questions)

    with pytest.raises(TemplateError) as error:
        to_single_file(template, answers)

    assert str(error.value) == (
        "template `team` makes no `src/net/model.py`, in which the code to be shown would "
        "be; see what it makes by `scaffold new DESTINATION --dry-run`"
    )
