"""A team's own template: what it may ask and make, and where it comes from."""

import sys

import pytest
import yaml

from keras_scaffold import __version__
from keras_scaffold.projects.fetching import without_password
from tests.repositories import git

QUICK = ("--defaults", "--no-smoke", "--no-git")


@pytest.fixture
def repository(team_template, workplace):
    """The team's template in git: a tag v1, a branch next, and an edit that is in none."""
    readme = team_template / "template" / "project" / "README.md.jinja"
    git(team_template, "init", "--quiet", "--initial-branch=main")
    for name, command in (("v1", "tag"), ("next", "branch"), ("main", "rev-parse")):
        readme.write_text(f"# {{{{ name }}}} of {name}\n")
        git(team_template, "add", "--all")
        git(team_template, "commit", "--quiet", "-m", name)
        git(team_template, command, name)
    readme.write_text("# {{ name }} of the working tree\n")
    return team_template


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

    result = scaffold("new", "net", *QUICK, "--template", team_template)

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

    result = scaffold("new", "net", *QUICK, "--template", team_template)

    assert result.exit_code == 4
    assert result.stderr == (
        "error: template `team` wants to run code of its own, which is never done; take "
        "tasks, migrations and Jinja extensions out of its copier.yml\n"
    )
    assert "this" not in sys.modules
    assert [*workplace.rglob("*")] == []


def test_team_question(scaffold, workplace, team_template):
    """What only a team's template asks is taken from the answers file and remembered."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write(
            "\nlicence:\n  choices: {MIT licence: MIT, None: none}\n  default: MIT\n"
        )
    (workplace / "answers.yml").write_text("licence: none\n")

    result = scaffold(
        "new", "net", *QUICK, "--template", team_template, "--answers", "answers.yml"
    )

    assert result.exit_code == 0
    assert "\nlicence: none\n" in (workplace / "net" / ".copier-answers.yml").read_text()


def test_wrong_answer_to_a_team_question(scaffold, workplace, team_template):
    """A choice that a team's template does not offer is the user's mistake."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write("\nlicence:\n  choices: [MIT, none]\n  default: MIT\n")
    (workplace / "answers.yml").write_text("licence: GPL\n")

    result = scaffold(
        "new", "net", *QUICK, "--template", team_template, "--answers", "answers.yml"
    )

    assert result.exit_code == 2
    assert result.stderr == (
        "error: `licence` (--answers): `GPL` is not a choice; choose from MIT, none\n"
    )


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("type: int", "abc", "`abc` is not a whole number; write e.g. 3"),
        ("type: float", "abc", "`abc` is not a number; write e.g. 0.5"),
        ("default: 3", "null", "`None` is not a whole number; write e.g. 3"),
        ("type: bool", "abc", "`abc` is neither true nor false"),
        ("choices: [1, 2]", "3", "`3` is not a choice; choose from 1, 2"),
        (
            "type: str",
            None,
            (
                'Question "licence" is required; write `licence: ...` in a YAML file, and give '
                "it with --answers FILE"
            ),
        ),
        (
            "{type: str, validator: '{% if licence == \"GPL\" %}not ours{% endif %}'}",
            "GPL",
            "Validation error for question 'licence': not ours",
        ),
        (
            "{type: str, choices: ['{{ name }}']}",
            "GPL",
            "Invalid choice for 'licence': 'GPL' is not in ['net']",
        ),
    ],
)
def test_refused_answer_to_a_team_question(
    question, answer, told, scaffold, workplace, team_template
):
    """An answer that is missing or that the template refuses is named by its key."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write(f"\nlicence:\n  {question}\n")
    (workplace / "answers.yml").write_text(
        f"licence: {answer}\n" if answer else "name: net\n"
    )

    result = scaffold(
        "new", "net", *QUICK, "--template", team_template, "--answers", "answers.yml"
    )

    assert result.exit_code == 2
    assert result.stderr == f"error: `licence` (--answers): {told}\n"
    assert not (workplace / "net").exists()


def test_computed_answer_to_a_team_question(scaffold, workplace, team_template):
    """A default that Jinja has to render is rendered, and a choice keeps its type."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write(
            "\nowner:\n  type: str\n  default: team-{{ name }}\n"
            "size:\n  type: int\n  choices: [1, 2]\n  default: 2\n"
        )

    scaffold("new", "net", *QUICK, "--template", team_template)

    answers = (workplace / "net" / ".copier-answers.yml").read_text()
    assert answers.endswith("\nowner: team-net\nsize: 2\n")


@pytest.mark.parametrize("ref", ["v1", "next"])
def test_template_from_git(ref, scaffold, workplace, repository):
    """--template-ref takes the template from a tag or a branch of a git repository."""
    scaffold("new", "net", *QUICK, "--template", repository, "--template-ref", ref)

    assert (workplace / "net" / "README.md").read_text() == f"# net of {ref}\n"


def test_template_from_a_url(scaffold, workplace, repository):
    """A URL without a ref is the repository's own branch, with what is committed there."""
    scaffold("new", "net", *QUICK, "--template", f"file://{repository}")

    assert (workplace / "net" / "README.md").read_text() == "# net of main\n"


def test_template_from_a_directory(scaffold, workplace, repository):
    """A directory is taken as it is, though it is a repository that has tags."""
    scaffold("new", "net", *QUICK, "--template", repository)

    assert (workplace / "net" / "README.md").read_text() == "# net of the working tree\n"


def test_missing_ref(scaffold, workplace, repository):
    """A ref that the repository does not have is named."""
    result = scaffold(
        "new", "net", *QUICK, "--template", repository, "--template-ref", "v9"
    )

    assert result.exit_code == 4
    assert result.stderr == (
        f"error: template `{repository}` cannot be fetched (fatal: Remote branch v9 not "
        "found in upstream origin); give a directory with a copier.yml, or a git URL and, "
        "with --template-ref, one of its branches or tags\n"
    )
    assert [*workplace.iterdir()] == []


@pytest.mark.parametrize(
    ("source", "told"),
    [("{}", "team"), ("file://{}", "team"), ("../team", "team")],
)
@pytest.mark.parametrize("ref", [None, "v1"])
def test_answers_name_no_place(source, told, ref, scaffold, workplace, repository):
    """The answers file tells the template and its ref, and no path of this machine."""
    at_ref = ("--template-ref", ref) if ref else ()

    scaffold("new", "net", *QUICK, "--template", source.format(repository), *at_ref)

    commit = git(repository, "rev-parse", ref or "main").strip()
    cloned = bool(ref) or source.startswith("file:")
    expected = {"_scaffold": __version__, "_template": told}
    expected |= {"_template_ref": ref} if ref else {}
    expected |= {"_template_commit": commit} if cloned else {}
    answers = (workplace / "net" / ".copier-answers.yml").read_text()
    kept = {key: value for key, value in yaml.safe_load(answers).items() if key[0] == "_"}
    assert kept == expected
    assert str(workplace.parent) not in answers


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("https://host/team.git", "https://host/team.git"),
        ("https://token@host/team.git", "https://host/team.git"),
        ("https://user:p@ss@host/@team", "https://host/@team"),
        ("ssh://git@host/team", "ssh://git@host/team"),
        ("ssh://git:p@ss@host/team", "ssh://git@host/team"),
        ("git@host:team", "git@host:team"),
    ],
)
def test_no_password_is_shown(source, shown):
    """A repository's address is shown and recorded without what lets one in."""
    assert without_password(source) == shown


def test_no_password_in_errors(scaffold, workplace):
    """A repository that cannot be fetched is told without the password in its address."""
    source = "https://user:p@ss@127.0.0.1:1/team.git"

    result = scaffold("new", "net", *QUICK, "--template", source)

    assert result.exit_code == 4
    assert result.stderr.startswith(
        "error: template `https://127.0.0.1:1/team.git` cannot "
    )
    assert "ss@" not in result.stderr


def test_template_without_answers(scaffold, workplace, team_template):
    """A template that keeps no answers is refused: no update could ever be made of it."""
    for path in (team_template / "template" / "project").glob("*answers_file*"):
        path.unlink()

    result = scaffold("new", "net", *QUICK, "--template", team_template)

    assert result.exit_code == 4
    assert result.stderr == (
        "error: template `team` makes no `.copier-answers.yml`, without which there is no "
        "updating; add its `{{ _copier_conf.answers_file }}.jinja`, as the built-in template "
        "has it\n"
    )
    assert [*workplace.iterdir()] == []
