"""Updates are refused for answers and templates that no project can be made of."""

import pytest

from keras_scaffold.project_files import ANSWERS_FILE, BASE_FILE
from tests.repositories import commit, git, replace


@pytest.mark.parametrize(
    ("line", "edited", "told"),
    [
        ("style: functional", "style: keras", "--style: `keras` is not a choice; choose"),
        ("classes: 10", "classes: ten", "--classes: "),
        ("dataset: digits", "dataset: digits\ncolour: red", "no question `colour`"),
    ],
)
def test_illegal_answers(line, edited, told, net, refused):
    """Answers that somebody edited into something that is none."""
    replace(net / ANSWERS_FILE, line, edited)
    commit(net)

    why = refused()

    assert why.startswith(told)


def test_answers_that_cannot_be_read(net, refused):
    """An answers file that is no YAML."""
    (net / ANSWERS_FILE).write_text("a: [\n")
    commit(net)

    assert refused().startswith("answers file `net/.copier-answers.yml` is not YAML: ")


def test_illegal_flag(refused):
    """A flag that `new` would refuse."""
    assert refused("--style", "keras") == (
        "--style: `keras` is not a choice; choose from sequential, functional, subclassing"
    )


def test_everything_at_once(net, refused):
    """Every problem is told in one run."""
    (net / BASE_FILE).write_bytes(b"")
    replace(net / ANSWERS_FILE, "style: functional", "style: keras")
    commit(net)
    (net / ".git" / "MERGE_HEAD").write_text(git(net, "rev-parse", "HEAD"))
    (net / "own.txt").write_text("mine\n")

    told = "error: " + refused("--classes", "1")

    assert [why.split()[1] for why in told.splitlines()] == [
        *("`git", "`own.txt`:", "`net/.scaffold/base.zip`,", "--style:", "--classes:")
    ]


def test_ref_of_the_built_in_template(scaffold, workplace):
    """A state of the built-in template, which has none."""
    scaffold("new", "net", "--defaults", "--no-smoke")

    for command in (["new", "other", "--defaults", "--no-smoke"], ["update", "net"]):
        result = scaffold(*command, "--template-ref", "v2")

        assert result.exit_code == 2
        assert result.stderr == (
            "error: --template-ref: `v2` is a state of a template in git, and the built-in "
            "one has none; give its address with --template\n"
        )


def test_template_that_fails_half_way(team_files, refused):
    """A template of which one file cannot be made leaves the project as it is."""
    (team_files / "new.txt").write_text("new\n")
    (team_files / "z.txt.jinja").write_text("{{ 1 / 0 }}")

    assert refused(code=4) == (
        "template `team`: template/project/z.txt.jinja, line 1: division by zero"
    )
