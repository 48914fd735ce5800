"""Where a merge needs to be resolved, and where it cannot be, is told."""

from keras_scaffold.project_files import BASE_FILE
from tests.branches import git_merge, line, nothing
from tests.repositories import commit, digest, git


def test_told(branches, scaffold, update, team_template):
    """`check` and `update` name the command while it is needed; they change nothing."""
    net = branches((line(1, "one"), nothing, ()), (line(8, "eight"), nothing, ()))
    before = digest(net)

    checked = scaffold("check", "net", "--template", team_template)
    updated = update("net")

    assert (checked.exit_code, updated.exit_code) == (6, 2)
    assert (
        f"{BASE_FILE}   in conflict between branches: run `scaffold resolve`"
        in checked.stdout
    )
    assert updated.stderr.startswith(
        "error: two branches that were both updated, or answered, meet; run `scaffold resolve`\n"
    )
    assert digest(net) == before


def test_outside(workplace, scaffold):
    """Where there is no repository, that is told."""
    result = scaffold("resolve")

    assert result.exit_code == 2
    assert result.stderr == (
        f"error: `{workplace}` is not in a git repository; name a project's directory\n"
    )


def test_nothing_to_do(net, scaffold):
    """Where nothing is in conflict, that is told."""
    before = digest(net)

    result = scaffold("resolve", "net")

    assert (result.exit_code, result.stdout) == (0, "net: nothing is in conflict\n")
    assert digest(net) == before


def test_damaged(branches, scaffold):
    """An archive that is damaged on one side is told by that side."""
    net = branches((line(1, "one"), nothing, ()), (line(8, "eight"), nothing, ()))
    git(net, "merge", "--abort")
    git(net, "checkout", "--quiet", "other")
    (net / BASE_FILE).write_text("no archive")
    commit(net)
    git(net, "checkout", "--quiet", "-")
    git_merge(net, "other")
    before = digest(net)

    result = scaffold("resolve", "net")

    assert result.exit_code == 2
    assert result.stderr.startswith(
        f"error: net: `{BASE_FILE}` of the other branch is damaged (File is not a zip file); "
    )
    assert digest(net) == before


def test_one_side_lost_it(branches, scaffold, update):
    """Where one branch deleted its archive the other one's is the base."""
    net = branches((line(1, "one"), nothing, ()), (line(8, "eight"), nothing, ()))
    git(net, "merge", "--abort")
    expected = (net / BASE_FILE).read_bytes()
    git(net, "checkout", "--quiet", "other")
    (net / BASE_FILE).unlink()
    commit(net)
    git(net, "checkout", "--quiet", "-")
    git_merge(net, "other")

    result = scaffold("resolve", "net")
    commit(net)

    assert result.exit_code == 0
    assert (net / BASE_FILE).read_bytes() == expected
    assert update("net").exit_code == 0
