"""One brick of a model in every form: statements of a function, of a class, members of a list."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from keras_scaffold.projects.code.classes import Held
from keras_scaffold.projects.code.flow import Flow, line_comment
from keras_scaffold.projects.code.lists import Listing
from keras_scaffold.projects.code.making import Making
from keras_scaffold.projects.code.tree import Line, Loop, Node, counters


def brick_forms(
    nodes: list[Node],
    making: Making,
    taken: Collection[str],
    read: str,
    target: str,
    comment: str,
) -> dict[str, Any]:
    """A brick that continues from one variable, and gives another; `taken` are other names."""
    taken = {*taken, *counters(nodes), read, target}
    function = Flow(making, taken, comments=True).written(nodes, read, "x")
    held = Held(making, taken, lambda unit: unit.name, comments=True)
    made = held.make(nodes)
    called = held.written(nodes, read, "x")
    [node] = nodes
    if isinstance(node, Loop) and len(node.body) == 1 and isinstance(node.body[0], Line):
        comment = line_comment(node.body[0])
    return {
        "function": _aimed(function, target),
        "made": made,
        "called": _aimed(called, target),
        **_listed(Listing(making), node, comment),
    }


def layer_forms(
    name: str, layer: str, read: str, target: str, comment: str
) -> dict[str, Any]:
    """A line that is one layer, called on one tensor or several."""
    return {
        "function": [f"{target} = {layer}({read}){comment}"],
        "made": [f"self.{name} = {layer}"],
        "called": [f"{target} = self.{name}({read}){comment}"],
        "members": [f"{layer},{comment}"],
        "added": [f"model.add({layer}){comment}"],
    }


def _listed(listing: Listing, node: Node, comment: str) -> dict[str, list[str]]:
    """How a node is a member of a list, and how it is added to a model."""
    member = listing.member(node)
    if member.startswith("*["):
        members = [f"*[{comment}", f"{member.removeprefix('*[')},"]
    else:
        members = [f"{member},{comment}"]
    return {"members": members, "added": listing.added(node, comment)}


def _aimed(statements: list[str], target: str) -> list[str]:
    """Statements that give `x`, which give another variable in its place."""
    *before, last = statements
    if target == "x":
        return statements
    if last.startswith("x = "):
        return [*before, f"{target} = {last.removeprefix('x = ')}"]
    return [*statements, f"{target} = x"]
