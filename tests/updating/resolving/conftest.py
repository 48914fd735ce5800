"""Branches that both updated a project, merged by git."""

import pytest

from tests.branches import git_merge
from tests.repositories import commit, git


@pytest.fixture
def branches(net, update, team_files):
    """Makes two branches, each of which its user edits and updates as told."""

    def make(ours, theirs):
        git(net, "branch", "other")
        for branch, (change_template, edit, options) in (("other", theirs), ("-", ours)):
            git(net, "checkout", "--quiet", branch)
            edit(net)
            commit(net)
            change_template(team_files)
            assert update("net", *options).exit_code == 0
            commit(net)
        assert git_merge(net, "other")
        return net

    return make
