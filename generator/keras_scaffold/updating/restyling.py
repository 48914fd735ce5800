"""Updates of Python files that are formatted otherwise than what is generated now."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter

from keras_scaffold.git import (
    LINK,
    OURS,
    TEMPLATE,
    YOURS,
    Edit,
    File,
    MergedTree,
    Quarantine,
    Snapshot,
)
from keras_scaffold.projects import Format
from keras_scaffold.updating.own_text import put_back, with_markers
from keras_scaffold.updating.texts import CONFLICT, CRLF, Texts, conflicting_texts

OLDER = ", and older files"
"""What the name of a format ends with where some files are still in another one."""
OF_FORMAT = re.compile(r"""[\s,;()\\'"]""")
"""What is all, beside a letter's case, that a formatter adds and takes away."""
MergedText = tuple[int, str]
"""How many conflicts a text has, and the text."""


@dataclass(frozen=True)
class Restyling:
    """How a format becomes that of now: files follow where there is a reason to."""

    archived: str
    """The name of the format that what was last generated is in."""
    before: Format
    """The user's, as long as the template does not change its own."""
    format: Format
    """That of what is generated now."""

    @property
    def wanted(self) -> bool:
        """Whether the template changes the format, which then is a change like any other."""
        return self.format != self.before

    def unchanged(self, base: Snapshot, new: Snapshot) -> Snapshot:
        """`new`, but as the base has it what differs from that in its format alone."""
        if self.wanted:
            return new
        return {
            path: base[path] if self._alike(path, base.get(path), file) else file
            for path, file in new.items()
        }

    def name(self, *, older: bool) -> str:
        """What formatted the files that are kept for the next update."""
        return self.format.name + (OLDER if older else "")

    def in_step(self, base: Snapshot, new: Snapshot, quarantine: Quarantine) -> Snapshot:
        """The base as git is to compare it with what the user edited, and with `new`.

        It is written as what is new where both say the same: else every line that is
        wrapped otherwise now would be a change of the template's. What the user has as it
        was generated stays so.
        """
        if self.wanted or self.archived == self.format.name:
            return base
        changed = {
            path: self._written_as(path, file, new[path])
            for path, file in base.items()
            if path in new and new[path] != file and not quarantine.knows(file.content)
        }
        return {**base, **changed}

    def _written_as(self, path: str, file: File, other: File) -> File:
        """A Python file as another one is written, as far as they say the same."""
        if not _both_python(path, file, other):
            return file
        bare = self._scales[-1]
        try:
            own = other.content.decode()
            text = put_back(own, bare.apply(own), bare.apply(file.content.decode()), bare)
        except ValueError:
            return file
        return (
            replace(file, content=text.encode())
            if text
            else self.format.reformat(path, file)
        )

    def settled(self, quarantine: Quarantine, merged: MergedTree) -> MergedTree:
        """The merge without the conflicts that are of format only.

        Each file in conflict is merged once more with all sides formatted alike, and then
        the user's own text is put back wherever the template changed nothing.
        """
        files = _in_conflict(quarantine, merged)
        best: dict[str, MergedText] = {}
        for scale in self._scales:
            left = {path: files[path] for path in files if best.get(path, (1,))[0]}
            for path, result in self._merged_alike(quarantine, left, scale).items():
                best[path] = min(best.get(path, result), result, key=itemgetter(0))
        if not best:
            return merged
        modes = {stage.path: stage.mode for stage in merged.stages if stage.number == OURS}
        puts = {
            path: File(modes[path], _with_ends_of(files[path][1], text))
            for path, (_, text) in best.items()
        }
        settled = {path for path, (conflicts, _) in best.items() if not conflicts}
        stages = tuple(stage for stage in merged.stages if stage.path not in settled)
        tree = quarantine.edit(Edit(puts, merged.tree))
        return MergedTree(tree, stages, merged.messages)

    def _merged_alike(
        self, quarantine: Quarantine, files: dict[str, Texts], scale: Format
    ) -> dict[str, MergedText]:
        """Each file merged in one format, with the user's text where that can stay."""
        alike: dict[str, Texts] = {}
        for path, texts in files.items():
            try:
                base, own, new = (scale.apply(text.replace(CRLF, "\n")) for text in texts)
            except ValueError:  # it is no Python
                continue
            alike[path] = base, own, new
        results = {}
        for path, merged in quarantine.merge_texts(alike).items():
            own = self._own(files[path][1].replace(CRLF, "\n"))
            ways = dict.fromkeys(CONFLICT.sub(rf"\{side}", merged) for side in (1, 2))
            wholes = [put_back(own, alike[path][1], way, scale) for way in ways]
            if len(wholes) == 1 and wholes[0]:
                results[path] = 0, wholes[0]
            elif all(wholes):
                text = with_markers(*wholes, YOURS, TEMPLATE)
                results[path] = len(CONFLICT.findall(text)), text
        return results

    def _own(self, text: str) -> str:
        """The user's text; in the new format if it was in the one before, and follows."""
        if self.wanted and self.before.apply(text) == text:
            return self.format.apply(text)
        return text

    @cached_property
    def _scales(self) -> list[Format]:
        """Formats in which texts are alike that differ in format alone, each in more of it."""
        normal = replace(self.format, skip_string_normalization=False)
        bare = replace(normal, skip_magic_trailing_comma=True)
        return [*dict.fromkeys((self.format, normal, bare))]

    def _alike(self, path: str, one: File | None, other: File) -> bool:
        """Whether two files differ in their format only, or not at all."""
        if one is None or one == other:
            return one == other
        bare = self._scales[-1]
        python = _both_python(path, one, other)
        return (
            (not python or _bare(one.content) == _bare(other.content))
            and one.mode == other.mode
            and bare.reformat(path, one) == bare.reformat(path, other)
        )


def _both_python(path: str, one: File, other: File) -> bool:
    return path.endswith(".py") and one.mode == other.mode != LINK


def _with_ends_of(own: str, text: str) -> bytes:
    """A text with the line ends of the user's."""
    return text.replace("\n", CRLF if CRLF in own else "\n").encode()


def _bare(content: bytes) -> str:
    return OF_FORMAT.sub("", content.decode(errors="replace")).casefold()


def _in_conflict(quarantine: Quarantine, merged: MergedTree) -> dict[str, Texts]:
    """The sides of each Python file of which both sides have changed the same lines."""
    python = [stage for stage in merged.stages if stage.path.endswith(".py")]
    conflicts = {}
    for path, sides in quarantine.unmerged(python).items():
        texts = conflicting_texts(sides)
        if texts and texts[1].count(CRLF) in (0, texts[1].count("\n")):
            conflicts[path] = texts  # else nobody knows which of the user's lines had one
    return conflicts
