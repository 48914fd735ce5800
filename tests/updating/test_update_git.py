"""Updates give the same result in any kind of repository, whatever its git is told."""

import json
import os
from shutil import copytree, ignore_patterns, which

import pytest

from tests.repositories import commit, digest, git, replace, status, told, unmerged


@pytest.fixture
def edited(net, team_files):
    """`net` with an edit, a rename and a deletion that an update has to keep."""
    (team_files / "gone.txt").write_text("gone\n" * 9)
    replace(net / "lines.txt", "line 1", "line one")
    (net / "src" / "names.py").rename(net / "src" / "own.py")
    (net / "with space.txt").write_bytes(b"mine\r\n \n")
    commit(net)
    replace(team_files / "lines.txt", "line 8", "line eight  ")
    replace(team_files / "src" / "names.py", "name_7", "name_seven")
    (team_files / "new.txt").write_bytes(b"new\r\n\tnew \n\n")
    return net


def seen(result):
    """The tree that an update told."""
    (outcome,) = json.loads(result.stdout)
    assert result.exit_code == 0, outcome
    return outcome["tree"]


@pytest.fixture
def expected(edited, update):
    """The tree that the update makes where git is told nothing."""
    return seen(update("net", "--dry-run", "--json"))


@pytest.mark.parametrize(
    ("settings", "more"),
    [
        ("", ""),
        ("[apply]\n\twhitespace = error-all", ""),
        ("[core]\n\texcludesFile = {ignore}", ""),
        ("[core]\n\tattributesFile = {attributes}", ""),
        ("[core]\n\tautocrlf = input", "[core]\n\teol = crlf\n\tsafecrlf = true"),
        ("[core]\n\thooksPath = {hooks}", "[core]\n\tfsmonitor = {hooks}/pre-commit"),
        ("[commit]\n\tgpgSign = true", "[gpg]\n\tprogram = {hooks}/pre-commit"),
        ("[merge]\n\tconflictStyle = diff3", "[merge]\n\tdefault = union"),
        ("[merge]\n\trenames = false", "[merge]\n\tdirectoryRenames = false"),
        ("[diff]\n\trenames = false", "[diff]\n\trenameLimit = 1\n\talgorithm = patience"),
        ("[diff]\n\tnoprefix = true", "[diff]\n\texternal = {hooks}/pre-commit"),
        ("[protocol]\n\tallow = never", '[protocol "file"]\n\tallow = never'),
        ("[status]\n\tshowUntrackedFiles = no", "[status]\n\trelativePaths = false"),
        ("[status]\n\tshort = true\n\tbranch = true", "[color]\n\tui = always"),
        ("[core]\n\tquotePath = true", "[core]\n\tprecomposeUnicode = false"),
        ("[core]\n\tbigFileThreshold = 1", "[core]\n\tcompression = 0"),
        ("[init]\n\tdefaultBranch = yours", "[init]\n\ttemplateDir = {hooks}"),
        ("[index]\n\tversion = 4", "[core]\n\tsplitIndex = true"),
        ("[core]\n\tuntrackedCache = true", "[feature]\n\tmanyFiles = true"),
        ("[fastimport]\n\tunpackLimit = 1", "[transfer]\n\tunpackLimit = 1"),
    ],
    ids=lambda text: text.replace("\n\t", ".").replace(" ", ""),
)
def test_hostile_configuration(
    settings, more, edited, expected, update, workplace, monkeypatch
):
    """No setting of the user's changes the result in git, nor on disk but by `autocrlf = true`."""
    files = make_hostile(workplace.parent)
    config = workplace.parent / "config"
    config.write_text(f"{settings}\n{more}\n".format(**files))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))

    tree = seen(update("net", "--json"))

    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    assert tree == expected
    assert git(edited, "write-tree").strip() == tree
    assert git(edited, "diff", "--name-only") == ""
    assert (edited / "new.txt").read_bytes() == b"new\r\n\tnew \n\n"
    assert not (workplace.parent / "ran").exists()


@pytest.mark.parametrize(
    "setting",
    [
        "[merge]\n\tdefault = union",
        "[merge]\n\tconflictStyle = diff3",
        "[core]\n\tattributesFile = {attributes}",
    ],
    ids=["driver", "style", "attributes"],
)
def test_conflict_in_a_hostile_configuration(
    setting, edited, team_files, update, workplace, monkeypatch
):
    """No setting of the user's resolves a conflict, or marks it otherwise."""
    replace(edited / "lines.txt", "line 5", "mine")
    commit(edited)
    replace(team_files / "lines.txt", "line 5", "theirs")
    config = workplace.parent / "config"
    config.write_text(setting.format(**make_hostile(workplace.parent)))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))

    result = update("net")

    assert result.exit_code == 5
    assert (
        "line 4\n<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> template\nline 6\n"
        in (edited / "lines.txt").read_text()
    )


def make_hostile(directory):
    """Ignore and attribute files that match all, and hooks that fail and leave a trace."""
    (directory / "ignore").write_text("*\n")
    (directory / "attributes").write_text("* -diff merge=union text eol=crlf\n")
    hooks = directory / "hooks"
    hooks.mkdir()
    for hook in (
        "pre-commit",
        "post-index-change",
        "post-checkout",
        "reference-transaction",
    ):
        (hooks / hook).write_text(f"#!/bin/sh\ntouch {directory}/ran\nexit 1\n")
        (hooks / hook).chmod(0o755)
    return {
        "ignore": directory / "ignore",
        "attributes": directory / "attributes",
        "hooks": hooks,
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GIT_DIR", "/nowhere"),
        ("GIT_WORK_TREE", "/nowhere"),
        ("GIT_INDEX_FILE", "/nowhere"),
        ("GIT_LITERAL_PATHSPECS", "1"),
        ("GIT_ICASE_PATHSPECS", "1"),
        ("GIT_NOGLOB_PATHSPECS", "1"),
        ("GIT_TRACE", "1"),
        ("GIT_EXTERNAL_DIFF", "false"),
        ("GIT_DEFAULT_HASH", "sha256"),
    ],
)
def test_hostile_environment(name, value, edited, expected, update, monkeypatch):
    """No variable of the environment changes the result."""
    monkeypatch.setenv(name, value)

    tree = seen(update("net", "--json"))

    assert tree == expected


def test_uncommitted_in_a_hostile_environment(edited, update, monkeypatch):
    """Where paths are to be taken literally, uncommitted work is seen all the same."""
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    (edited / "lines.txt").write_text("mine\n")

    result = update("net")

    assert result.exit_code == 2
    assert result.stderr == "error: `lines.txt`: not committed in `net`; commit or stash\n"
    assert (edited / "lines.txt").read_text() == "mine\n"


@pytest.mark.parametrize("setting", ["true\n\tsafecrlf = true", "true", "input", "false"])
def test_fresh_clone(setting, edited, expected, update, workplace, monkeypatch):
    """A project that was cloned this very second is updated whatever its line ends are."""
    config = workplace.parent / "config"
    config.write_text(f"[core]\n\tautocrlf = {setting}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    git(workplace, "clone", "--quiet", edited, "clone")

    tree = seen(update("clone", "--json"))

    assert tree == expected
    assert status("clone") == [line for line in status("clone") if line[1] == " "]


def test_line_ends_of_the_work_tree(edited, team_files, update, workplace, monkeypatch):
    """Where git writes CRLF, so does an update, in conflicts too; git has LF throughout."""
    config = workplace.parent / "config"
    config.write_text("[core]\n\tautocrlf = true\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    (team_files / "added.txt").write_text("one\ntwo\n")
    replace(edited / "README.md", "net", "mine")
    git(edited, "commit", "--quiet", "--all", "-m", "mine")
    replace(team_files / "README.md.jinja", "name", "style")
    git(workplace, "clone", "--quiet", edited, "clone")

    result = update("clone")

    assert result.exit_code == 5
    assert unmerged("clone") == {"README.md": [1, 2, 3]}
    for path in ("lines.txt", "src/own.py", "added.txt", "README.md"):
        content = (workplace / "clone" / path).read_bytes()
        assert b"\r\n" in content and b"\n" not in content.replace(b"\r\n", b""), path
    assert b"\r" not in (edited.parent / "clone" / ".scaffold/.gitattributes").read_bytes()
    ends = git("clone", "ls-files", "--eol", "lines.txt", "added.txt").splitlines()
    assert [line.split()[:2] for line in ends] == [["i/lf", "w/crlf"]] * 2
    changed = git("clone", "diff", "--name-only").split()
    assert {*changed} == {"README.md"}


def test_sha256(edited, update, workplace):
    """A repository that names its objects otherwise is updated alike."""
    copytree(edited, workplace / "long", ignore=ignore_patterns(".git"))
    git("long", "init", "--quiet", "--object-format=sha256")
    commit("long")

    tree = seen(update("long", "--json"))

    assert len(tree) == 64
    assert (workplace / "long" / "lines.txt").read_text().count("one\n") == 1


@pytest.fixture
def monorepo(edited, workplace):
    """A repository with `net` in a directory of it, and dirt of all kinds beside that."""
    top = workplace / "mono"
    place = top / "packages" / "größe [1]" / "net"
    place.parent.mkdir(parents=True)
    copytree(edited, place, ignore=ignore_patterns(".git"))
    for name in ("staged", "unstaged", "both", "deleted"):
        (top / f"{name}.txt").write_text("old\n")
    (top / "packages" / "net").mkdir()
    (top / "packages" / "net" / "lines.txt").write_text("of another\n")
    git(top, "init", "--quiet")
    commit(top)
    for name in ("staged", "both"):
        (top / f"{name}.txt").write_text("staged\n")
    (top / "added.txt").write_text("added\n")
    git(top, "rm", "--quiet", "deleted.txt")
    git(top, "add", "--all")
    for name in ("unstaged", "both"):
        (top / f"{name}.txt").write_text("unstaged\n")
    (top / "untracked.txt").write_text("untracked\n")
    return top, place


def test_monorepo(monorepo, expected, update):
    """In a subdirectory the project alone is updated; dirt elsewhere stays as it is."""
    top, place = monorepo
    before = status(top)

    tree = seen(update(place, "--json"))

    prefix = f"--prefix={place.relative_to(top)}/"
    elsewhere = [line for line in status(top) if "größe" not in line]
    assert tree == expected == git(top, "write-tree", prefix).strip()
    assert elsewhere == before
    assert git(top, "show", ":both.txt") == "staged\n"
    assert (top / "both.txt").read_text() == "unstaged\n"
    assert (top / "packages" / "net" / "lines.txt").read_text() == "of another\n"


def test_conflict_in_a_monorepo(monorepo, team_files, update):
    """In a subdirectory a conflict is unmerged under its path in the repository."""
    top, place = monorepo
    replace(place / "lines.txt", "line 5", "mine")
    git(top, "commit", "--quiet", "-m", "mine", "--", place)
    replace(team_files / "lines.txt", "line 5", "theirs")
    before = status(top)

    result = update(place)

    path = (place / "lines.txt").relative_to(top).as_posix()
    assert result.exit_code == 5
    assert unmerged(top) == {path: [1, 2, 3]}
    assert [line for line in status(top) if "größe" not in line] == before


def test_present_directory(edited, expected, update, monkeypatch):
    """Without an argument the project is the present directory."""
    monkeypatch.chdir(edited)

    tree = seen(update("--json"))

    assert tree == expected


def test_path_through_a_link(edited, expected, update, workplace):
    """A project can be named by a link to it."""
    (workplace / "link").symlink_to("net")

    tree = seen(update("link", "--json"))

    assert tree == expected
    assert (edited / "new.txt").exists()


def test_worktree(edited, expected, update, workplace):
    """A linked work tree is updated, and the main one is left alone."""
    git(edited, "worktree", "add", "--quiet", "-b", "side", workplace / "tree")
    before = {
        path: path.read_bytes()
        for path in edited.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }

    tree = seen(update("tree", "--json"))

    assert tree == expected == git("tree", "write-tree").strip()
    assert status(edited) == []
    assert before == {path: path.read_bytes() for path in before}


def test_project_is_a_submodule(edited, expected, update, workplace):
    """A project that is another repository's submodule is updated in its own."""
    git(workplace, "init", "--quiet", "outer")
    allowed = ("-c", "protocol.file.allow=always")
    git("outer", *allowed, "submodule", "--quiet", "add", edited, "net")
    commit("outer")

    tree = seen(update("outer/net", "--json"))

    assert tree == expected == git("outer/net", "write-tree").strip()
    assert status("outer") == [" m net"]


def test_submodule_in_the_project(edited, update, workplace):
    """A submodule of the project's stays at its commit, with what is in it."""
    git(workplace, "init", "--quiet", "other")
    (workplace / "other" / "own.txt").write_text("mine\n")
    commit("other")
    allowed = ("-c", "protocol.file.allow=always")
    git("net", *allowed, "submodule", "--quiet", "add", workplace / "other")
    commit("net")
    before, head = digest(edited / "other"), git("net", "ls-tree", "HEAD", "other")

    result = update("net")

    commit("net")
    assert result.exit_code == 0
    assert digest(edited / "other") == before
    assert git("net", "ls-tree", "HEAD", "other") == head


def test_generated_file_that_a_submodule_has(edited, team_files, update, workplace):
    """What was generated and went into a submodule is no file that git ignores."""
    git(workplace, "init", "--quiet", "other")
    (workplace / "other" / "names.py").write_text("mine = 1\n")
    commit("other")
    git("net", "rm", "--quiet", "-r", "src")
    allowed = ("-c", "protocol.file.allow=always")
    git("net", *allowed, "submodule", "--quiet", "add", workplace / "other", "src")
    commit("net")
    replace(team_files / "src" / "names.py", "name_1 = 1", "name_1 = 10")
    replace(team_files / "lines.txt", "line 3", "line three")

    found = told(update("net", "--json"))

    assert found["ignored"] == []
    assert found["left_deleted"] == ["src/names.py"]


def test_two_projects_in_one_repository(edited, workplace, update, team_files):
    """A conflict in one project of a repository does not keep the next from its update."""
    top = workplace / "mono"
    for name in ("one", "two"):
        place = top / name
        copytree(edited, place, ignore=ignore_patterns(".git"))
    replace(top / "one" / "lines.txt", "line 8", "mine")
    git(top, "init", "--quiet")
    commit(top)

    result = update("mono/one", "mono/two", "--json")

    codes = [told["exit_code"] for told in json.loads(result.stdout)]
    assert codes == [5, 0]
    assert unmerged(top) == {"one/lines.txt": [1, 2, 3]}
    assert "line eight  \n" in (top / "two" / "lines.txt").read_text()


def test_project_within_another(net, update, team_files, monkeypatch):
    """A project and one within it are updated together, in any order."""
    inner = net / "sub" / "two"
    copytree(net, inner, ignore=ignore_patterns(".git", "sub"))
    commit(net)
    replace(team_files / "lines.txt", "line 8", "line eight")
    monkeypatch.chdir(net)

    result = update("sub/two", ".", "--json")

    told = [(each["project"], each["exit_code"]) for each in json.loads(result.stdout)]
    assert told == [("sub/two", 0), (".", 0)]
    assert "line eight" in (net / "lines.txt").read_text()
    assert "line eight" in (inner / "lines.txt").read_text()


def test_attributes_of_a_monorepo(edited, workplace, update):
    """Attributes go by a file's place in the repository, not by that in the project."""
    top = workplace / "mono"
    place = top / "sub" / "net"
    copytree(edited, place, ignore=ignore_patterns(".git"))
    (top / ".gitattributes").write_text(
        "/lines.txt text eol=crlf\n/sub/net/new.txt text eol=crlf\n* filter=none\n"
    )
    git(top, "init", "--quiet")
    commit(top)

    result = update("mono/sub/net")

    assert result.exit_code == 0
    assert b"\r" not in (place / "lines.txt").read_bytes()
    assert (place / "new.txt").read_bytes() == b"new\r\n\tnew \r\n\r\n"


def test_filters_leave_the_archive_alone(net, team_files, update):
    """Attributes that would have git change the archive have no effect on it."""
    (net / ".gitattributes").write_text("* text eol=crlf ident\n*.zip filter=pointer\n")
    git(net, "config", "filter.pointer.clean", "echo pointer")
    git(net, "config", "filter.pointer.smudge", "echo pointer")
    (net / ".scaffold" / "base.zip").touch()
    commit(net)
    replace(team_files / "lines.txt", "line 3", "line three")
    assert update("net").exit_code == 0
    commit(net)
    replace(team_files / "lines.txt", "line 5", "line five")

    result = update("net")

    assert result.exit_code == 0
    assert "line five" in (net / "lines.txt").read_text()


@pytest.fixture
def holding_a_repository(net):
    """`net` with a repository of its own in `src/vendor`, which has more than git knows."""
    vendor = net / "src" / "vendor"
    vendor.mkdir()
    git(vendor, "init", "--quiet")
    (vendor / "own.txt").write_text("mine\n")
    (vendor / ".gitignore").write_text("data\n")
    commit(vendor)
    (vendor / "data").write_text("precious\n")
    commit(net)
    return net


def test_repository_in_a_directory_that_moves(holding_a_repository, team_files, update):
    """A repository within the project stays where it is, though all around it is moved."""
    net, vendor = holding_a_repository, holding_a_repository / "src" / "vendor"
    before = digest(vendor)
    (team_files / "src").rename(team_files / "other")

    result = update("net")

    assert result.exit_code == 0, result.output
    assert (net / "other" / "names.py").is_file()
    assert digest(vendor) == before


@pytest.mark.parametrize("file", ["vendor", "vendor/new.txt", "vendor/own.txt"])
def test_repository_where_the_template_adds_files(
    file, holding_a_repository, team_files, update
):
    """Nothing is put into a repository within the project, or in its place."""
    before = digest(holding_a_repository)
    place = team_files / "src" / file
    place.parent.mkdir(exist_ok=True)
    place.write_text("new\n")

    result = update("net")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: `src/vendor` is a repository of its own, and the template has files there; "
        "move it (by `git mv` if it is a submodule), commit, and update again\n"
    )
    assert digest(holding_a_repository) == before
    (holding_a_repository / "src" / "vendor").rename(holding_a_repository / "own")
    commit(holding_a_repository)
    assert update("net").exit_code == 0


@pytest.mark.parametrize("file", ["third/README.md", "third/deep/README.md"])
def test_ignored_repository_where_the_template_adds_files(file, net, team_files, update):
    """Nothing is put into a repository that lies, ignored, within the project."""
    (net / ".gitignore").write_text("/third/\n")
    commit(net)
    (net / "third").mkdir()
    git(net / "third", "init", "--quiet")
    (team_files / file).parent.mkdir(parents=True)
    (team_files / file).write_text("new\n")
    before = digest(net)

    result = update("net")

    assert (result.exit_code, digest(net) == before) == (2, True)
    assert result.stderr == (
        "error: `third` is a repository of its own, and the template has files there; "
        "move it (by `git mv` if it is a submodule), commit, and update again\n"
    )


def test_partial_clone_without_a_project_within(net, team_files, update, workplace):
    """What git has not fetched, and need not look at, is not looked for."""
    inner = net / "sub" / "two"
    copytree(net, inner, ignore=ignore_patterns(".git", "sub"))
    replace(inner / "lines.txt", "line 5", "mine")
    commit(net)
    git(net, "config", "uploadpack.allowFilter", "true")
    lazy = (
        "clone",
        "--quiet",
        "--no-checkout",
        "--filter=blob:none",
        f"file://{net}",
        "part",
    )
    git(workplace, *lazy)
    git("part", "sparse-checkout", "set", "--no-cone", "/*", "!/sub/two/")
    git("part", "checkout", "--quiet")
    git("part", "remote", "set-url", "origin", "nowhere")
    replace(team_files / "lines.txt", "line 3", "line three")

    result = update("part")

    assert result.exit_code == 0, result.output
    assert "line three" in (workplace / "part" / "lines.txt").read_text()


def test_group_of_users(net, team_files, update):
    """In a repository of a group, what is made for objects is the group's as well."""
    git(net, "config", "core.sharedRepository", "group")
    objects = net / ".git" / "objects"
    objects.chmod(0o2775)
    before = {*objects.iterdir()}
    for number in range(8):
        replace(team_files / "lines.txt", f"line {number}", f"changed {number}")

    assert update("net").exit_code == 0

    made = {*objects.iterdir()} - before
    assert made
    assert {oct(place.stat().st_mode & 0o7777) for place in made} == {"0o2775"}


def test_few_processes(net, team_files, update, monkeypatch, tmp_path):
    """An update of an edited project, in which neither side moves a file, calls git 15 times."""
    replace(net / "lines.txt", "line 1", "line one")
    commit(net)
    replace(team_files / "lines.txt", "line 8", "line eight")
    log, script = tmp_path / "log", tmp_path / "git"
    script.write_text(f'#!/bin/sh\necho "$@" >> {log}\nexec {which("git")} "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    assert update("net").exit_code == 0
    assert (net / "lines.txt").read_text().splitlines()[1::7] == ["line one", "line eight"]
    assert len(log.read_text().splitlines()) <= 15
