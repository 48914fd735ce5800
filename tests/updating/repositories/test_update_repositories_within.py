"""Updates of submodules, and beside repositories within a project, which are left alone."""

import pytest

from tests.repositories import commit, digest, git, replace, seen, status, told


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
