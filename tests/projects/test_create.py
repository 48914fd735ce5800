"""All or nothing: the destination appears whole, or nothing was ever there."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from keras_scaffold import __version__
from keras_scaffold.projects.destination import appear
from keras_scaffold.projects.fetching import without_password
from tests.processes import ENDLESS, children, wait_for
from tests.repositories import git, status

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


def left(workplace):
    """Every path that the command left, in the present directory or among temporary files."""
    return [*workplace.rglob("*"), *(workplace.parent / "temporary").rglob("*")]


def proofs_of(parent):
    """The ids of the child processes that prove."""
    return children(parent, "scaffold_proof.main")


def small_disk():
    """Let no file of this process grow as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))


def runs(process):
    """Whether a process is there, as a zombie at least."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_empty_destination(scaffold, workplace):
    """A directory that is there and empty is used."""
    (workplace / "net").mkdir()

    result = scaffold("new", "net", *QUICK)

    assert result.exit_code == 0
    assert (workplace / "net" / "README.md").exists()


def test_destination_that_holds_something(scaffold, workplace):
    """A directory that holds a file is refused, and keeps it."""
    (workplace / "net").mkdir()
    (workplace / "net" / "thesis.txt").write_text("mine")

    result = scaffold("new", "net", *QUICK)

    assert result.exit_code == 2
    assert result.stderr == (
        "error: `net` exists and is not empty; choose another name, or empty it\n"
    )
    assert [*workplace.rglob("*.*")] == [workplace / "net" / "thesis.txt"]


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_text("mine"),
        lambda path: path.symlink_to(path.parent.parent, target_is_directory=True),
        lambda path: path.symlink_to("nowhere"),
        os.mkfifo,
    ],
    ids=["file", "link", "broken link", "pipe"],
)
def test_destination_that_is_no_directory(make, scaffold, workplace):
    """A file, a link or a pipe in the destination's place is refused."""
    make(workplace / "net")

    result = scaffold("new", "net", *QUICK)

    assert result.exit_code == 2
    assert result.stderr == "error: `net` exists already; choose another name\n"


def test_destination_below_a_file(scaffold, workplace):
    """A path through a file is refused before anything is asked or rendered."""
    (workplace / "file").write_text("mine")

    result = scaffold("new", "file/below/net", *QUICK)

    assert result.exit_code == 2
    assert result.stderr == (
        f"error: `file/below/net` cannot be made, for `{workplace / 'file'}` is a file; "
        "choose another place\n"
    )


@pytest.mark.parametrize("destination", [".", "../workplace", "new/.."])
def test_present_directory(destination, scaffold, workplace):
    """The directory that one is in is refused without git, however it is written."""
    result = scaffold("new", destination, *QUICK)

    assert result.exit_code == 2
    assert result.stderr == (
        f"error: `{destination}` is the directory that you are in, and no git repository; "
        "run `git init` first, or name a new directory beside it\n"
    )
    assert [*workplace.iterdir()] == []


def test_directories_on_the_way(scaffold, workplace):
    """Directories on the way to the destination are made, and no other."""
    result = scaffold("new", "a/b/../net", *QUICK)

    assert result.exit_code == 0
    assert [path.name for path in workplace.iterdir()] == ["a"]
    assert [path.name for path in (workplace / "a").iterdir()] == ["net"]


def test_failed_publishing(workplace):
    """Where the last step fails, the empty directory stays and no parent was made."""
    (workplace / "empty").mkdir()

    for destination in ("empty", "empty/a/b/net"):
        with pytest.raises(FileNotFoundError):
            appear(workplace / "nowhere", workplace / destination)

    assert [*workplace.rglob("*")] == [workplace / "empty"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_stopped_while_rendering(number, start, workplace, team_template):
    """A signal during rendering leaves nothing, neither beside nor among temporary files."""
    (team_template / "template" / "project" / "z.jinja").write_text(ENDLESS)
    process = start("new", "net", *QUICK, "--template", team_template)
    wait_for(lambda: [*workplace.glob(".scaffold-*/net")])

    process.send_signal(number)
    process.communicate()

    assert process.returncode == 128 + number
    assert left(workplace) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_stopped_between_files(number, start, workplace, team_template):
    """Nor does it where files are being written by then, one after the other."""
    for each in range(2000):
        (team_template / "template" / "project" / f"{each}.txt").write_text("text\n")
    process = start("new", "net", *QUICK, "--template", team_template)
    wait_for(lambda: [*workplace.glob(".scaffold-*/net/1*.txt")])

    process.send_signal(number)
    process.communicate()

    assert process.returncode == 128 + number
    assert left(workplace) == []


def test_killed_while_rendering(start, workplace, team_template):
    """A command that is killed leaves no process that renders, however long that takes."""
    (team_template / "template" / "project" / "z.jinja").write_text(ENDLESS)
    process = start("new", "net", *QUICK, "--template", team_template)
    wait_for(lambda: [*workplace.glob(".scaffold-*/net")])
    [renders] = children(process.pid, "keras_scaffold.copying")

    process.kill()
    process.communicate()

    assert wait_for(lambda: not runs(renders))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_while_proving(number, start, workplace, team_template):
    """A signal during the proof leaves nothing, and ends the processes that prove."""
    process = start("new", "net", "--defaults", "--template", team_template)
    wait_for(lambda: [*workplace.glob(".scaffold-*/net/README.md")])
    proofs = wait_for(lambda: proofs_of(process.pid))

    process.send_signal(number)
    process.communicate()

    assert process.returncode == 128 + number
    assert not any(map(runs, proofs))
    assert left(workplace) == []


def test_killed_while_proving(start, workplace, team_template):
    """Where the command is killed, the processes that prove end themselves."""
    process = start("new", "net", "--defaults", "--template", team_template)
    proofs = wait_for(lambda: proofs_of(process.pid))

    process.kill()
    process.communicate()

    wait_for(lambda: not any(map(runs, proofs)))


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [("large.txt.jinja", "{{ 'x' * 100000 }}", 2), ("large.txt", "x" * 100_000, 4)],
    ids=["project", "copy of the template"],
)
def test_full_disk(file, content, code, start, workplace, team_template):
    """Where a file cannot be written whole, nothing is left."""
    (team_template / "template" / "project" / file).write_text(content)
    process = start(
        "new", "net", *QUICK, "--template", team_template, preexec_fn=small_disk
    )

    told = process.communicate()[1]

    assert process.returncode == code
    assert told.startswith("error: ")
    assert "File too large" in told
    assert left(workplace) == []


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


def test_one_commit(scaffold, workplace):
    """The project is a repository with one commit that holds every file."""
    result = scaffold("new", "net", "--defaults", "--no-smoke", "--json")

    files = git("net", "ls-files").splitlines()
    assert '"repository": "git repository with one commit"' in result.stdout
    assert (
        git("net", "log", "--format=%an: %s")
        == f"Ada: Start net with keras-scaffold {__version__}\n"
    )
    assert git("net", "status", "--porcelain", "--ignored") == ""
    assert {"pyproject.toml", ".gitignore", "src/net/model.py"} <= {*files}


def test_links_to_data(scaffold, workplace):
    """Links to images and results elsewhere are ignored, so that no update is refused."""
    scaffold("new", "net", "--defaults", "--no-smoke", "--dataset", "folder")

    for name in ("data", "runs", ".venv"):
        (workplace / "net" / name).symlink_to("elsewhere", target_is_directory=True)

    assert status("net") == []


def test_ignored_by_the_user(scaffold, workplace, monkeypatch):
    """A file that the user's own ignore list hides is committed with the others."""
    (workplace.parent / "ignore").write_text("*.toml\n.*\n")
    (workplace.parent / "config").write_text(
        f"[core]\n\texcludesFile = {workplace.parent / 'ignore'}\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(workplace.parent / "config"))

    scaffold("new", "net", "--defaults", "--no-smoke")

    committed = git("net", "ls-files").splitlines()
    assert {"pyproject.toml", ".copier-answers.yml"} <= {*committed}


def test_hostile_git_configuration(scaffold, workplace, team_template, monkeypatch):
    """The user's hooks, templates, signing and line endings do not touch the commit."""
    hostile = workplace.parent / "hostile"
    hooks = hostile / "template" / "hooks"
    hooks.mkdir(parents=True)
    for hook in ("prepare-commit-msg", "post-commit", "pre-commit", "sign"):
        (hooks / hook).write_text(f"#!/bin/sh\ntouch {hostile}/{hook}\nexit 1\n")
        (hooks / hook).chmod(0o755)
    (hostile / "attributes").write_text("* text=auto eol=crlf\n")
    (hostile / "config").write_text(
        f"[core]\n\thooksPath = {hooks}\n\tautocrlf = true\n\tsafecrlf = true\n"
        f"\tattributesFile = {hostile}/attributes\n\tfsmonitor = {hooks}/sign\n"
        f"[init]\n\ttemplateDir = {hostile}/template\n"
        f"[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = {hooks}/sign\n"
    )
    (team_template / "template" / "project" / "lines.txt").write_bytes(b"a\r\nb\r\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(hostile / "config"))

    result = scaffold(
        "new", "net", "--defaults", "--no-smoke", "--json", "--template", team_template
    )

    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    committed = subprocess.run(
        ["git", "show", "HEAD:lines.txt"], cwd="net", capture_output=True, check=True
    )
    assert '"repository": "git repository with one commit"' in result.stdout
    assert committed.stdout == b"a\r\nb\r\n"
    assert not (workplace / "net" / ".git" / "hooks").exists()
    assert sorted(path.name for path in hostile.iterdir()) == [
        *("attributes", "config", "template")
    ]


def test_inside_a_repository(scaffold, workplace):
    """Inside a repository none is made, and nothing is staged in that one."""
    git(workplace, "init", "--quiet")

    result = scaffold("new", "net", "--defaults", "--no-smoke")

    (line,) = result.stdout.splitlines()
    assert line.endswith(
        f"not proved; part of the git repository `{workplace}`; commit it there"
    )
    assert not (workplace / "net" / ".git").exists()
    assert git(workplace, "status", "--porcelain") == "?? net/\n"


@pytest.mark.parametrize("holds", [[], ["own.txt"]])
def test_present_directory_inside_a_repository(holds, scaffold, workplace, monkeypatch):
    """There the project belongs to that repository, and each way that is told works."""
    git(workplace, "init", "--quiet")
    (workplace / "my sub").mkdir()
    for name in holds:
        (workplace / "my sub" / name).write_text("mine")
    monkeypatch.chdir("my sub")

    refused = scaffold("new", ".", *QUICK, "--name", "net")

    way = "name it from above: `cd .. && scaffold new 'my sub'`"
    assert refused.exit_code == 2
    assert refused.stderr == (
        "error: `.` is the directory that you are in, and a project here is a part of the git "
        f"repository `{workplace}`; {'name a new directory in it' if holds else way}; for a "
        "repository of its own, run `git init` first\n"
    )
    if holds:
        assert scaffold("new", "net", *QUICK).exit_code == 0
    else:
        monkeypatch.chdir("..")
        assert scaffold("new", "my sub", *QUICK, "--name", "net").exit_code == 0
    assert git(workplace, "status", "--porcelain") == '?? "my sub/"\n'


def test_no_git(scaffold, workplace):
    """--no-git makes no repository."""
    scaffold("new", "net", "--defaults", "--no-smoke", "--no-git")

    assert not (workplace / "net" / ".git").exists()


def test_git_without_a_name(scaffold, workplace, monkeypatch):
    """Where git knows no name to commit with, everything is staged."""
    (workplace.parent / "config").write_text("[user]\n\tuseConfigOnly = true\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(workplace.parent / "config"))
    for person in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{person}_NAME")
        monkeypatch.delenv(f"GIT_{person}_EMAIL")

    result = scaffold("new", "net", "--defaults", "--no-smoke", "--json")

    assert (
        "git repository with everything staged; git does not know who you are: tell it by "
        "`git config --global user.name NAME` and `git config --global user.email ADDRESS`, "
        "then `git commit`"
    ) in result.stdout
    assert {line[:2] for line in git("net", "status", "--porcelain").splitlines()} == {"A "}


def test_without_git(scaffold, workplace, monkeypatch):
    """Where git is not installed the project is made without a repository."""
    monkeypatch.setenv("PATH", str(workplace))

    result = scaffold("new", "net", "--defaults", "--no-smoke", "--json")

    assert result.exit_code == 0
    assert "git is not installed, so there is no repository" in result.stdout


def test_name_cannot_leave_the_source_directory(scaffold, workplace):
    """A package's name that is a path is refused, and nothing is written anywhere."""
    result = scaffold("new", "net", *QUICK, "--package", "../../../out")

    assert result.exit_code == 2
    assert [*workplace.parent.rglob("*out*")] == []


def test_brick_names_reach_python_as_data(scaffold, workplace):
    """What the user wrote stands in the project as the literal that it is."""
    scaffold(
        "new", "net", *QUICK, "--style", "functional", "--blocks",
        "conv(3, activation='gelu', name='Stem') gap",
    )  # fmt: skip

    model = Path("net/src/net/model.py").read_text()
    assert 'layers.Conv2D(3, 3, padding="same", activation="gelu", name="Stem")' in model


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
