"""The same brick in the same row: sources of one network in several styles, side by side."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

Key = tuple[str, str]
"""What a piece of source defines or makes, whatever the style: its kind and its name."""
MODEL, SIZES, RUN = ("model", ""), ("sizes", ""), ("run", "")


@dataclass(frozen=True)
class Piece:
    """Lines of a source that follow each other; those of a layer or a block have a key."""

    key: Key | None
    lines: range


def aligned_rows(sources: Sequence[str]) -> list[list[range]]:
    """The lines of each source in each row, in which all that have a key in common begin.

    What stands between two such rows is a row of its own. A key that one of the sources has
    elsewhere than the others, such as a second use of a layer, has no row.
    """
    columns = [pieces(source) for source in sources]
    common = _keys(columns[0])
    for column in columns[1:]:
        common = _longest_common(common, _keys(column))
    return [
        list(row)
        for row in zip(*(_rows(column, common) for column in columns), strict=True)
    ]


def pieces(source: str) -> list[Piece]:
    """A source cut into its definitions, the lines that make layers, and what is between."""
    marks, lines = _Marks(), source.splitlines()
    marks.visit(ast.parse(source))
    begun = {line - _shaped_above(lines, line): key for line, key in marks.starts.items()}
    starts = {1: None, **marks.ends, **begun}
    end = len(lines) + 1
    ordered = sorted(line for line in starts if line < end)
    return [
        Piece(starts[first], range(first - 1, last - 1))
        for first, last in zip(ordered, [*ordered[1:], end], strict=True)
    ]


@dataclass
class _Marks(ast.NodeVisitor):
    """The lines at which something begins that has a key, and those right after it."""

    starts: dict[int, Key | None] = field(default_factory=dict)
    ends: dict[int, Key | None] = field(default_factory=dict)
    around: ast.expr | ast.stmt | None = None
    """The statement, or the element of a list, that a call is a part of."""

    def visit_Module(self, module: ast.Module) -> None:
        """What a module defines, the first of its constants, and what it runs."""
        for node in module.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                first, *_ = [*node.decorator_list, node]
                self.starts[first.lineno] = _defined(node)
                self.generic_visit(node)
            elif isinstance(node, ast.Assign) and SIZES not in self.starts.values():
                self.starts[node.lineno] = SIZES
            elif isinstance(node, ast.If):
                self.starts[node.lineno] = RUN

    def visit_Call(self, call: ast.Call) -> None:
        """A call that names a layer; one that makes a model may hold a list of them."""
        if _is_model(call.func):
            around = self.around
            lists = [each for each in call.args if isinstance(each, ast.List)]
            for self.around in (element for each in lists for element in each.elts):
                self.visit(self.around)
            self.around = around
            return
        named = [each.value for each in call.keywords if each.arg == "name"]
        key = _layer(named[0]) if named else None
        if key and self.around and self.around.lineno not in self.starts:
            self.starts[self.around.lineno] = key
            self.ends[(self.around.end_lineno or self.around.lineno) + 1] = None
        self.generic_visit(call)

    def visit(self, node: ast.AST) -> None:
        """Remember the statement around what is visited; a loop is one."""
        if not isinstance(node, ast.stmt) or isinstance(self.around, ast.For):
            super().visit(node)
            return
        around, self.around = self.around, node
        super().visit(node)
        self.around = around


def _shaped_above(lines: Sequence[str], line: int) -> bool:
    """Whether the shape of what a line gives stands above it, for want of room behind it."""
    return line > 1 and lines[line - 2].lstrip().startswith("# (")


def _defined(node: ast.ClassDef | ast.FunctionDef) -> Key:
    """The key of a definition: a block is called alike as a function and as a layer."""
    bases = node.bases if isinstance(node, ast.ClassDef) else ()
    if node.name == "build_model" or any(map(_is_model, bases)):
        return MODEL
    return ("block", node.name.replace("_", "").lower())


def _layer(name: ast.expr) -> Key | None:
    """The key of a layer: its name, or of one in a loop what that begins with."""
    if isinstance(name, ast.JoinedStr):
        name = name.values[0]
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        return ("layer", name.value)
    return None


def _is_model(node: ast.expr) -> bool:
    return ast.unparse(node) in ("keras.Model", "keras.Sequential")


def _keys(column: Sequence[Piece]) -> list[Key]:
    return [piece.key for piece in column if piece.key]


def _longest_common(ours: Sequence[Key], theirs: Sequence[Key]) -> list[Key]:
    """The keys that two sources have in the same order."""
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return [
        key
        for match in matcher.get_matching_blocks()
        for key in ours[match.a : match.a + match.size]
    ]


def _rows(column: Sequence[Piece], common: Sequence[Key]) -> Iterator[range]:
    """The lines of one source before each common key, at it, and after the last one."""
    wanted, start = iter(common), 0
    key = next(wanted, None)
    for piece in column:
        if key and piece.key == key:
            yield range(start, piece.lines.start)
            yield piece.lines
            start = piece.lines.stop
            key = next(wanted, None)
    yield range(start, column[-1].lines.stop)
