"""Templates that cannot be rendered, would run code or keep no answers are refused."""

import sys

import pytest

from tests.options import QUICK_WITHOUT_GIT


@pytest.mark.parametrize(
    ("file", "content", "why"),
    [
        (
            "bad.py.jinja",
            "x = (",
            "template `team` made `bad.py`, which is not Python: ",
        ),
        (
            "bytes.py",
            b"\xff",
            "template `team` made `bytes.py`, which is not Python: ",
        ),
        (
            "a.txt.jinja",
            "\n{{ nothing }}",
            "template `team`: template/project/a.txt.jinja, line 2: 'nothing' is undefined",
        ),
        (
            "a.txt.jinja",
            "{{ name }",
            "template `team`: template/project/a.txt.jinja, line 1: unexpected '}'",
        ),
        (
            "a.txt.jinja",
            "{{ 1 / 0 }}",
            "template `team`: template/project/a.txt.jinja, line 1: division by zero",
        ),
        (
            "a.txt.jinja",
            "{{ ''.__class__.__mro__ }}",
            (
                "template `team`: template/project/a.txt.jinja, line 1: access to attribute "
                "'__class__' of 'str' object is unsafe."
            ),
        ),
        (
            "{{ '..' }}{{ '/' }}out.txt.jinja".replace("/", "\\x2f"),
            "",
            'template `team`: "../out.txt" is forbidden',
        ),
        (
            "{{ '.git' }}/hooks/pre-commit",
            "#!/bin/sh",
            (
                "template `team` makes `.git`, which is git's own and could run programs; "
                "take it out of the template"
            ),
        ),
        (
            "a/{{ '.GIT ' }}.jinja",
            "gitdir: elsewhere",
            (
                "template `team` makes `a/.GIT `, which is git's own and could run programs; "
                "take it out of the template"
            ),
        ),
        (
            "b\udcff.txt",
            "",
            "template `team` makes `b\\udcff.txt`, a name that is not UTF-8; rename it",
        ),
        (
            "../../copier.yml",
            "a: [",
            "template `team`: copier.yml: ",
        ),
        (
            "../../copier.yml",
            "1: a",
            "template `team`: copier.yml does not hold questions by name",
        ),
        (
            "../../copier.yml",
            "style: functional",
            (
                "the template does not ask `blocks`, `input_shape`, `classes`, "
                "`sequential_form`, `dataset`, `name`, `package`; let its copier.yml ask it"
            ),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value[:5] else "",
)
def test_bad_template(file, content, why, scaffold, workplace, team_template):
    """A template that cannot be rendered is named with the file and the reason."""
    path = team_template / "template" / "project" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    result = scaffold("new", "net", *QUICK_WITHOUT_GIT, "--template", team_template)

    assert result.exit_code == 4
    assert result.stderr.startswith(f"error: {why}")
    assert [*workplace.parent.rglob("out.txt")] == []
    assert [*workplace.iterdir()] == []


@pytest.mark.parametrize(
    "wish",
    ["_tasks: [touch ran]", "_jinja_extensions: [this.Zen]"],
)
def test_template_that_wants_to_run_code(wish, scaffold, workplace, team_template):
    """A template's tasks and extensions are refused, and nothing of them runs."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write(f"\n{wish}\n")

    result = scaffold("new", "net", *QUICK_WITHOUT_GIT, "--template", team_template)

    assert result.exit_code == 4
    assert result.stderr == (
        "error: template `team` wants to run code of its own, which is never done; take "
        "tasks, migrations and Jinja extensions out of its copier.yml\n"
    )
    assert "this" not in sys.modules
    assert [*workplace.rglob("*")] == []


def test_template_without_answers(scaffold, workplace, team_template):
    """A template that keeps no answers is refused: no update could ever be made of it."""
    for path in (team_template / "template" / "project").glob("*answers_file*"):
        path.unlink()

    result = scaffold("new", "net", *QUICK_WITHOUT_GIT, "--template", team_template)

    assert result.exit_code == 4
    assert result.stderr == (
        "error: template `team` makes no `.copier-answers.yml`, without which there is no "
        "updating; add its `{{ _copier_conf.answers_file }}.jinja`, as the built-in template "
        "has it\n"
    )
    assert [*workplace.iterdir()] == []
