"""The model's code alone: model.py and what it takes from beside it, as one file that runs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from keras_scaffold.answers import Answers
from keras_scaffold.errors import TemplateError
from keras_scaffold.layers import source_of
from keras_scaffold.projects.formatting import Format
from keras_scaffold.projects.modules import Modules
from keras_scaffold.templates import Template

BLOCKS, INTERFACE, MODEL = "blocks", "interface", "model"
SIZE = re.compile(r"""(OUTPUTS\[["']\w+["']\])\.size""")
"""Where a model asks for an output's size, which in a file of its own is all that it knows."""
RUN = """

if __name__ == "__main__":
    build_model().summary()
"""


@dataclass(frozen=True)
class SingleFile:
    """A network's code in one file, in parts that follow each other."""

    modules: Modules
    """What it was taken from."""
    title: str
    """The docstring, as it is written."""
    imports: str
    blocks: str
    """What defines the blocks; nothing where there are none."""
    model: str
    """What defines the model, and the sizes that it has."""

    @property
    def format(self) -> Format:
        """How the project formats it."""
        return self.modules.format

    @property
    def definitions(self) -> list[str]:
        """What defines the blocks, each with what is said above it."""
        lines, start, found = self.blocks.splitlines(), 0, []
        for node in ast.parse(self.blocks).body:
            end = node.end_lineno or node.lineno
            found.append("\n".join(lines[start:end]).strip("\n"))
            start = end
        return found

    @cached_property
    def source(self) -> str:
        """The whole of it, not formatted."""
        parts = self.title, self.imports, self.blocks, self.model, RUN
        return "\n\n".join(parts)

    def formatted(self, line_length: int | None = None) -> str:
        """The whole as the project is formatted, perhaps in lines of another length."""
        length = line_length or self.format.line_length
        return replace(self.format, line_length=length).compose(self.source)


@dataclass(frozen=True)
class _Module:
    """A module taken apart."""

    title: str
    imports: dict[str, None]
    """Its imports of other packages, in their order."""
    beside: list[str]
    """The modules that it imports from its own package."""
    rest: str

    @classmethod
    def parse(cls, source: str) -> _Module:
        lines = source.splitlines()
        title, beside = "", []
        imports: dict[str, None] = {}
        for number, node in enumerate(ast.parse(source).body):
            is_title = isinstance(node, ast.Expr) and not number
            if not (is_title or isinstance(node, ast.Import | ast.ImportFrom)):
                continue
            first, last = node.lineno - 1, node.end_lineno or node.lineno
            text = "\n".join(lines[first:last])
            if is_title:
                title = text
            elif isinstance(node, ast.ImportFrom) and node.level:
                beside.append(node.module or "")
            else:
                imports[text] = None
            lines[first:last] = [""] * (last - first)
        return cls(title, imports, beside, "\n".join(lines).strip("\n"))


def to_single_file(template: Template, answers: Answers) -> SingleFile:
    """The code of a network, as its project would have it in model.py and blocks.py.

    Raises TemplateError for a template that makes no such files, or cannot be rendered, or
    whose model is more than they.
    """
    modules = Modules(template, answers)
    model = _parsed(modules, MODEL)
    imports, blocks, constants = dict(model.imports), "", ""
    if BLOCKS in model.beside:
        of_blocks = _parsed(modules, BLOCKS)
        _check_beside(modules, BLOCKS, of_blocks.beside, ())
        imports |= of_blocks.imports
        blocks = of_blocks.rest
    if INTERFACE in model.beside:
        constants = "\n".join(_constants(modules))
    _check_beside(modules, MODEL, model.beside, (BLOCKS, INTERFACE))
    body = SIZE.sub(r"\1", model.rest)
    return SingleFile(
        modules,
        model.title,
        "\n".join(imports),
        blocks,
        f"{constants}\n\n{body}".strip("\n"),
    )


def _parsed(modules: Modules, name: str) -> _Module:
    """A module of the project; raises TemplateError if it is no Python."""
    try:
        return _Module.parse(modules.source(f"{name}.py"))
    except SyntaxError as error:
        raise TemplateError(
            f"template `{modules.template.label}` made `{name}.py`, which is not Python: "
            f"{error}"
        ) from None


def _check_beside(
    modules: Modules, name: str, imported: list[str], known: tuple[str, ...]
) -> None:
    """Raise TemplateError where a module needs others than those that are shown with it."""
    for beside in imported:
        if beside not in known:
            raise TemplateError(
                f"template `{modules.template.label}`: `{name}.py` imports `.{beside}`, so it "
                f"is no file of its own; only `.{BLOCKS}` and `.{INTERFACE}` are put into it"
            )


def _constants(modules: Modules) -> Iterator[str]:
    """What a model knows of its inputs and outputs by their names."""
    source = modules.source(f"{INTERFACE}.py")
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "INPUT_SHAPES":
            yield "\n".join(source.splitlines()[node.lineno - 1 : node.end_lineno])
    yield "OUTPUTS = {"
    for output in modules.answers.plan.outputs:
        about = {"classification": "classes", "multilabel": "labels"}
        word = about.get(output.kind.word(), "numbers")
        yield f"    {source_of(output.name)}: {output.size},  # {word}"
    yield "}"
