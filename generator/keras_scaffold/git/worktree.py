"""The files of a work tree as git would store them now, committed or not."""

from __future__ import annotations

from collections.abc import Iterable
from shutil import copy2

from keras_scaffold.git.entries import Entries
from keras_scaffold.git.files import lies_at
from keras_scaffold.git.quarantine import Quarantine


def present_entries(quarantine: Quarantine, generated: Iterable[str]) -> Entries:
    """What `git add --update` would make of the project, with what may be moved files.

    These are not tracked yet, and called like a `generated` file that is gone. What git
    cannot see in a work tree, such as the modes of files, is as it was added.
    """
    repository, index = quarantine.repository, quarantine.directory / "present-index"
    copy2(repository.git_directory / "index", index)
    tracked, others = repository.listed()
    gone = {
        path.rpartition("/")[2] for path in generated if not lies_at(repository.root, path)
    }
    paths = [*tracked, *(path for path in others if path.rpartition("/")[2] in gone)]
    arguments = ("update-index", "-z", "--add", "--remove", "--replace", "--stdin")
    quarantine.borrow(*arguments, index=index, stdin=repository.from_top(paths))
    return repository.index_entries(index)
