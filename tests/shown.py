"""What `scaffold show` prints, as tests and pages take it apart."""

from __future__ import annotations

import ast
import re

from typer.testing import CliRunner

from keras_scaffold.terminal.cli import app

HEADING = re.compile(r"^# %% (\w+)\n", re.MULTILINE)


def shown(*arguments: object) -> str:
    """The code that is printed where nobody is at a terminal."""
    result = CliRunner().invoke(app, ["show", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


def by_style(printed: str) -> dict[str, str]:
    """What was printed of several styles, by the heading of each."""
    _, *parts = HEADING.split(printed)
    return {
        style: f"{code.strip()}\n"
        for style, code in zip(parts[::2], parts[1::2], strict=True)
    }


def model_lines(source: str) -> str:
    """Of a file what tells the network: its class, or its function without what it says first."""
    tree, lines = ast.parse(source), source.splitlines()
    for node in filter(is_model, tree.body):
        return "\n".join(lines[node.lineno - 1 : node.end_lineno])
    [function] = (each for each in tree.body if getattr(each, "name", "") == "build_model")
    body = lines[function.body[1].lineno - 1 : function.end_lineno]
    return "\n".join([lines[function.lineno - 1], *body])


def is_model(node: ast.stmt) -> bool:
    """Whether a statement defines a class of models."""
    bases = node.bases if isinstance(node, ast.ClassDef) else ()
    return "keras.Model" in map(ast.unparse, bases)


def all_styles(arguments: str) -> str:
    """The lines that tell a network in every style, each under its heading."""
    styles = by_style(shown("--style", "all", *arguments.split()))
    return "\n\n".join(
        f"# %% {style}\n{model_lines(code)}" for style, code in styles.items()
    )
