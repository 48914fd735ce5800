"""The template of a project is found again by its answers, or has to be given."""

import pytest

from tests.repositories import commit, git


@pytest.fixture
def answers(workplace):
    """Writes the answers of a project that was made from a template."""

    def write(**told):
        lines = ["style: functional", *(f"{key}: {value}" for key, value in told.items())]
        (workplace / "answers.yml").write_text("\n".join(lines))
        return "answers.yml"

    return write


def test_answers_of_a_directorys_project(answers, scaffold, workplace, team_template):
    """Whose template cannot be found again is refused in an update's words; it can be given."""
    options = (
        "new",
        "net",
        "--defaults",
        "--no-smoke",
        "--answers",
        answers(_template="house"),
    )

    refused = scaffold(*options)
    nothing = not (workplace / "net").exists()
    made = scaffold(*options, "--template", team_template)

    assert (refused.exit_code, nothing) == (2, True)
    assert refused.stderr == (
        "error: the project was made from the template `house`, a directory whose place its "
        "answers do not keep; give it with --template\n"
    )
    assert made.exit_code == 0
    assert (workplace / "net" / "README.md").read_text() == "# net, functional\n"


def test_preview_of_answers(answers, scaffold, team_template):
    """The template of the project that they are of is the one whose questions they answer."""
    with (team_template / "copier.yml").open("a") as text:
        text.write("licence: {type: str, choices: [MIT]}\n")
    file = answers(_template="house", licence="MIT")

    refused = scaffold("preview", "--answers", file)
    shown = scaffold("preview", "--answers", file, "--template", team_template)

    assert refused.exit_code == 2
    assert "give it with --template" in refused.stderr
    assert (shown.exit_code, shown.stderr) == (0, "")


@pytest.mark.parametrize(("ref", "title"), [(None, "v1"), ("next", "next")])
def test_answers_of_an_address(
    ref, title, answers, scaffold, workplace, team_template, monkeypatch
):
    """A template in git is fetched as the answers tell it, or at the state that is asked for."""
    git(team_template, "init", "--quiet")
    for name in ("v1", "next"):
        readme = team_template / "template" / "project" / "README.md.jinja"
        readme.write_text(f"# {name}\n")
        commit(team_template)
        git(team_template, "tag", name)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", f"url.{team_template}.insteadOf")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "https://example.org/house")
    file = answers(_template="https://example.org/house", _template_ref="v1")

    options = ("--defaults", "--no-smoke", "--answers", file)
    made = scaffold("new", "net", *options, *(("--template-ref", ref) if ref else ()))

    assert made.exit_code == 0, made.stderr
    assert (workplace / "net" / "README.md").read_text() == f"# {title}\n"


def test_answers_of_a_built_in_project(answers, scaffold):
    """Answers of a project that the built-in template made need no other, nor do one's own."""
    for told in ({"_template": "built-in"}, {}):
        result = scaffold(
            "new", "net", "--defaults", "--dry-run", "--answers", answers(**told)
        )

        assert result.exit_code == 0
        assert "train.py" in result.stdout


def test_back_to_the_built_in_one(net, scaffold):
    """The built-in template is given by the name that answers have for it."""
    made = scaffold("update", net, "--template", "built-in", "--no-smoke")

    assert made.exit_code == 0, made.output
    assert "_template: built-in\n" in (net / ".copier-answers.yml").read_text()
    assert (net / "src" / "net" / "train.py").exists()
