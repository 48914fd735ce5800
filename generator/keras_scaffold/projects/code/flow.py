"""What tensors go through, a statement a line: in functions, and in the `call` of classes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import count

from keras_scaffold.bricks import Brick, Gate, Skip
from keras_scaffold.layers import Shape
from keras_scaffold.projects.code.making import Making
from keras_scaffold.projects.code.tree import Around, Beside, Line, Loop, Node

INDENT = "    "
ROLES: dict[type[Brick], str] = {Skip: "shortcut", Gate: "gated"}
"""What is called so that came in, and is read again."""


class Flow:
    """Statements in which functions are called on tensors; `taken` are other names."""

    def __init__(self, making: Making, taken: Collection[str], *, comments: bool) -> None:
        self.making, self.comments = making, comments
        self.taken = {*taken}
        self.loops: list[str] = []

    def written(self, nodes: Sequence[Node], read: str, target: str) -> list[str]:
        """The statements by which `target` becomes what nodes give that read `read`."""
        statements: list[str] = []
        for node in nodes:
            statements += self.node(node, read, target)
            read = target
        return statements

    def node(self, node: Node, read: str, target: str) -> list[str]:
        """The statements of one node."""
        if isinstance(node, Line):
            return [f"{target} = {self.called(node, read)}{self.comment(node)}"]
        if isinstance(node, Loop):
            return self.loop(node, read, target)
        if isinstance(node, Beside):
            return self.beside(node, read, target)
        return self.around(node, read, target)

    def called(self, line: Line, read: str) -> str:
        """The source of a call."""
        return self.making.function(line, read)

    def loop(self, loop: Loop, read: str, target: str) -> list[str]:
        """The statements of repetitions."""
        before = [] if read == target else [f"{target} = {read}"]
        with self.within(loop):
            body = self.written(loop.body, target, target)
        return [*before, self.loop_head(loop), *indented(body)]

    def loop_head(self, loop: Loop) -> str:
        """The line with which repetitions begin."""
        return f"for {loop.variable} in range(1, {self.making.stop(loop)}):"

    @contextmanager
    def within(self, loop: Loop) -> Iterator[None]:
        """What is written meanwhile is repeated."""
        self.loops.append(loop.variable)
        yield
        self.loops.pop()

    def around(self, around: Around, read: str, target: str) -> list[str]:
        """The statements of bricks that what came in goes around."""
        changed = bool(around.shortcut)
        kept = (
            read if read != target and not changed else self.free(ROLES[type(around.brick)])
        )
        statements = [] if kept == read else [f"{kept} = {read}"]
        statements += self.written(around.body, read, target)
        if changed:
            statements += self.projected(around, kept, target)
        [join] = around.join
        statements.append(f"{target} = {self.called(join, f'[{kept}, {target}]')}")
        statements[-1] += self.comment(join)
        if kept != read:
            self.taken.discard(kept)
        return statements

    def projected(self, around: Around, kept: str, x: str) -> list[str]:
        """The statements that change what came in, where that is needed."""
        making = self.making
        nodes = making.projecting(around, self.loops, "", kept, x)
        statements = self.written(nodes, kept, kept)
        needed = f"{kept}.shape != {x}.shape"
        if not making.block:
            needed = making.needs(around, self.loops, "")
        return statements if needed == "True" else [f"if {needed}:", *indented(statements)]

    def beside(self, beside: Beside, read: str, target: str) -> list[str]:
        """The statements of branches."""
        statements, ends, own = [], [], []
        outer = "" if target == "x" or target == read else f"{target}_"
        for letter, nodes in zip(
            "abcdefghijklmnopqrstuvwxyz", beside.branches, strict=False
        ):
            if not nodes:
                ends.append(read)
                continue
            ends.append(self.free(f"{outer}{letter}"))
            own.append(ends[-1])
            statements += self.written(nodes, read, ends[-1])
        [join] = beside.join
        call = self.called(join, f"[{', '.join(ends)}]")
        self.taken.difference_update(own)
        return [*statements, f"{target} = {call}{self.comment(join)}"]

    def free(self, name: str) -> str:
        """A name like that, which is taken from now on."""
        names = (f"{name}_{number}" if number else name for number in count())
        found = next(name for name in names if name not in self.taken)
        self.taken.add(found)
        return found

    def comment(self, line: Line) -> str:
        """What is said of the shape that a line gives."""
        return line_comment(line) if self.comments else ""


def line_comment(line: Line) -> str:
    """The shape that a line gives, where it is another than it gets."""
    calls = [line.calls[index] for index in sorted(line.calls)]
    return shape_comment([call.given for call in calls], [call.gives for call in calls])


def shape_comment(before: Sequence[Shape], after: Sequence[Shape]) -> str:
    """The shape that a brick gives, where it is another than it gets; the last one of many."""
    if list(before) == list(after):
        return ""
    at_last = " at last" if len(set(after)) > 1 else ""
    return f"  # {tuple(after[-1])}{at_last}"


def indented(lines: Sequence[str], levels: int = 1) -> list[str]:
    """Lines further to the right."""
    return [INDENT * levels + line for line in lines]
