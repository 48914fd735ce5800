"""Branches of a project: what they change, and how git merges them."""

import subprocess

from tests.repositories import git, replace


def git_merge(net, branch):
    """Merge a branch; whether git stops at a conflict."""
    return git_stops(net, "merge", "--quiet", branch)


def git_stops(net, *arguments):
    """Whether git stops at a conflict."""
    done = subprocess.run(["git", *arguments], cwd=net, capture_output=True, check=False)
    return done.returncode == 1


def nothing(place):
    """No change."""


def line(number, text):
    """A change of one line of a file."""
    return lambda place: replace(place / "lines.txt", f"line {number}\n", f"line {text}\n")


def stays(top):
    """The project stays where it is."""
    return "beta"


def moved(top):
    """The project gets another name."""
    git(top, "mv", "beta", "gamma")
    return "gamma"


def deleted(top):
    """The project is no more."""
    git(top, "rm", "-r", "--quiet", "beta")
