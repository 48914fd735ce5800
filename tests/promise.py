"""What an update has to keep: each part of the promise, as a statement about files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from keras_scaffold.git.files import REGULAR, File, Snapshot
from keras_scaffold.updating.updated import Updated
from tests.edits import is_text, lines

EMPTY = File(REGULAR, b"")


@dataclass(frozen=True)
class Case:
    """An update: what met, and what came of it."""

    base: Snapshot
    yours: Snapshot
    new: Snapshot
    result: Snapshot
    theirs: Snapshot
    """The template's sides of what is unmerged."""
    updated: Updated

    @property
    def conflicts(self) -> set[str]:
        """The paths that are reported."""
        return {conflict.path for conflict in self.updated.conflicts}


def all_lines(files: Snapshot) -> Counter[str]:
    """How often each line is in the files."""
    return Counter(line for file in files.values() for line in lines(file))


def assert_nothing_is_lost(case: Case) -> None:
    """The parts of the promise, for any edits of either side.

    Of lines that are there several times, none can be told from its twin: what is said of
    deleted lines is said of those that were there once, and of the others where one side
    only added lines: without these, the file is the other side's.
    """
    base, yours, new, result = case.base, case.yours, case.new, case.result
    before, mine, theirs = all_lines(base), all_lines(yours), all_lines(new)

    # every line that the user added, and every file that is not text, is there
    assert {line for line in mine if line not in before} <= set(all_lines(result))
    binaries = {file.content for file in yours.values() if not is_text(file)}
    binaries -= {file.content for file in base.values()}
    assert binaries <= {file.content for file in result.values()}

    # a line that was there once and that the user deleted is at most in a conflict
    unclear = case.conflicts | {path.removesuffix("~yours") for path in case.conflicts}
    for path in set(base) - unclear:
        deleted = {
            line
            for line in lines(base[path])
            if line and before[line] == 1 and line not in mine and theirs[line] < 2
        }
        for place in set(result) - case.conflicts:
            back = deleted & set(lines(result[place]))
            assert not back or newly_written(case, path, place)

    for path in base:
        if yours.get(path) == base[path]:
            # what neither touched is the new render's, and so is all that the user left
            assert result.get(path) == new.get(path)
    if yours == base:
        assert result == new
        assert not case.conflicts

    # no line of the template's is lost either, but in what the user deleted
    left = {
        line for path in case.updated.left_deleted for line in lines(new.get(path, EMPTY))
    }
    there = {*all_lines(result), *all_lines(case.theirs), *left}
    assert {line for line in theirs if line not in before} <= there

    for path in set(base) & set(yours) & set(new) & set(result) - case.conflicts:
        assert_merged(*(lines(files[path]) for files in (base, yours, new, result)))


def newly_written(case: Case, old: str, new: str) -> bool:
    """Whether the template's file `new` is too different to be taken for a renamed `old`."""
    if new in case.base or old in case.new:
        return new not in case.base
    before, after = Counter(lines(case.base[old])), Counter(lines(case.new[new]))
    return (before & after).total() < 0.75 * max(before.total(), after.total())


def assert_merged(
    base: list[str], yours: list[str], new: list[str], result: list[str]
) -> None:
    """Lines that are there once are merged in both sides' order, and there are no others.

    Of an order nothing is said where a side moved lines, as a network's bricks in answers.
    """
    if all(max(Counter(side).values(), default=0) < 2 for side in (base, yours, new)):
        kept = [line for line in yours if line in new or line not in base]
        taken = [line for line in new if line in yours or line not in base]
        if [line for line in yours if line in new] == [
            line for line in new if line in yours
        ]:
            assert [line for line in result if line in yours] == kept
            assert [line for line in result if line in new] == taken
        assert {*result} <= {*kept, *taken}
    if [line for line in new if not line.startswith("template_")] == base:
        assert [line for line in result if not line.startswith("template_")] == yours
    if [line for line in yours if not line.startswith("yours_")] == base:
        assert [line for line in result if not line.startswith("yours_")] == new
