"""Bricks as the members of a list: a Sequential model's, in which a whole is one layer."""

from __future__ import annotations

from collections.abc import Sequence

from keras_scaffold.projects.code.flow import indented, line_comment
from keras_scaffold.projects.code.making import Making
from keras_scaffold.projects.code.tree import Beside, Line, Loop, Node


class Listing:
    """The members of a list."""

    def __init__(self, making: Making) -> None:
        self.making = making
        self.loops: list[str] = []

    def members(self, nodes: Sequence[Node]) -> list[str]:
        """The source of each member."""
        return [self.member(node) for node in nodes]

    def member(self, node: Node) -> str:
        """The source of what a node is as one layer, or of the layers of its repetitions."""
        if isinstance(node, Line):
            return self.making.member(node, self.loops)
        name = f"name={self.making.name(node.name)}"
        kind = type(node.brick).__name__
        if isinstance(node, Loop):
            return self.repeated(node)
        [join] = self.members(node.join)
        if isinstance(node, Beside):
            branches = f"[{', '.join(map(self.listed, node.branches))},]"
            return f"{kind}({branches}, {join}, {name})"
        given = [self.listed(node.body), join]
        if node.shortcut and (needed := self.making.needs(node, self.loops, "")) != "False":
            nodes = self.making.projecting(node, self.loops, "", "", "")
            shortcut = self.listed(nodes)
            given.append(
                shortcut if needed == "True" else f"{shortcut} if {needed} else []"
            )
        return f"{kind}({', '.join([*given, name])})"

    def listed(self, nodes: Sequence[Node]) -> str:
        """The source of a list, a member a line."""
        return f"[{', '.join(self.members(nodes))},]" if nodes else "[]"

    def repeated(self, loop: Loop) -> str:
        """The source of the layers of all repetitions."""
        self.loops.append(loop.variable)
        made = self.members(loop.body)
        self.loops.pop()
        head = f"{loop.variable} in range(1, {self.making.stop(loop)})"
        if len(made) == 1 and not made[0].startswith("*"):
            return f"*[{made[0]} for {head}]"
        return f"*[layer for {head} for layer in [{', '.join(made)},]]"

    def added(self, node: Node, comment: str = "") -> list[str]:
        """The statements that add a node to a model."""
        if isinstance(node, Loop):
            self.loops.append(node.variable)
            inner = [statement for each in node.body for statement in self.added(each)]
            self.loops.pop()
            head = f"for {node.variable} in range(1, {self.making.stop(node)}):"
            return [head, *indented(inner)]
        comment = line_comment(node) if isinstance(node, Line) else comment
        return [f"model.add({self.member(node)}){comment}"]
