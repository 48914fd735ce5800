"""README.md and docs/ as tests read them: blocks of code, and parts written from the code."""

from __future__ import annotations

import ast
import re
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from typer.main import get_command
from typer.testing import CliRunner

from keras_scaffold import errors
from keras_scaffold.answers import Key, check_answers
from keras_scaffold.bricks import PRESETS
from keras_scaffold.interruption import INTERRUPTED, NAMES, SIGNALLED, TERMINATED
from keras_scaffold.projects import render
from keras_scaffold.templates import open_template
from keras_scaffold.terminal.cli import app
from keras_scaffold.terminal.commands.listings import markdown_table
from keras_scaffold.terminal.printing import UNREAD, UNWRITTEN
from tests.shown import all_styles

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SMALL = "cnn(32) maxpool(2) inception(32, 32) gap"
"""The network that the README shows."""
BLOCK = re.compile(
    r"^<!-- before:\n(?P<before>.*?)^-->$"
    r"|^(?:<!-- (?P<note>[^\n]*) -->\n)?```(?P<language>[^\n]*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
WRITTEN = re.compile(
    r"(^<!-- written from: ([^\n]*) -->\n)(.*?)(^<!-- end -->$)", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Block:
    """Some code in a page."""

    page: Path
    line: int
    language: str
    """What is written behind the fence; `before` for commands that the page does not show."""
    text: str
    note: str = ""
    """The comment right above it."""


def blocks(page: Path) -> list[Block]:
    """All code of a page, in its order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            page,
            text.count("\n", 0, found.start()) + 1,
            found["language"] if found["before"] is None else "before",
            found["text"] if found["before"] is None else found["before"],
            found["note"] or "",
        )
        for found in BLOCK.finditer(text)
    ]


def rewritten(text: str) -> str:
    """A page's text with what is written from the code as the code is now."""
    return WRITTEN.sub(lambda found: f"{found[1]}{written(found[2])}\n{found[4]}", text)


@cache
def written(source: str) -> str:
    """What a page has from a source: a command's output, or what SOURCES makes."""
    if source.startswith("scaffold "):
        result = CliRunner().invoke(app, source.split()[1:])
        assert result.exit_code == 0, result.output
        return result.stdout.rstrip()
    kind, _, name = source.partition(" ")
    return SOURCES[kind](name)


def definition(words: str) -> str:
    """A function or class of the small network's project: `functional model.py build_model`."""
    style, file, name = words.split()
    source = module(style, file)
    (node,) = (each for each in ast.parse(source).body if getattr(each, "name", "") == name)
    first = min(each.lineno for each in (node, *getattr(node, "decorator_list", ())))
    return fenced("python", "\n".join(source.splitlines()[first - 1 : node.end_lineno]))


@cache
def module(style: str, name: str) -> str:
    """A module of the small network's project in a style."""
    told = {"name": "net", "style": style, "blocks": SMALL}
    with open_template() as template, TemporaryDirectory() as directory:
        render(template, check_answers(told, template.questions), Path(directory))
        return (Path(directory) / "src" / "net" / name).read_text(encoding="utf-8")


def outside(name: str) -> str:
    """A file of the brick of another package that tests/styles/test_outside_brick.py tries."""
    source = (ROOT / "tests" / "styles" / "test_outside_brick.py").read_text(
        encoding="utf-8"
    )
    (value,) = (
        node.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name
    )
    language = {"BRICK": "python", "TEMPLATE": "jinja"}[name]
    return fenced(language, ast.literal_eval(value))


def fenced(language: str, text: str) -> str:
    """Text as a block of code."""
    return f"```{language}\n{text.strip()}\n```"


def commands() -> dict[str, Any]:
    """Each command of the tool, by its name, as Typer declares it."""
    return dict(get_command(app).commands)  # type: ignore[attr-defined]


def flags(_: str) -> str:
    """Each option with the commands that take it; one that means two things is there twice."""
    taken: dict[tuple[str, str], list[str]] = {}
    for name, command in commands().items():
        for option in command.params:
            if option.param_type_name == "option":
                taken.setdefault((told(option), option.help), []).append(f"`{name}`")
    rows = ((f"`{told}`", ", ".join(of), about) for (told, about), of in taken.items())
    return markdown_table(("Option", "Of", "What it does"), rows)


def told(option: Any) -> str:
    """An option as it is given: --style STYLE."""
    value = "" if option.is_flag else f" {option.metavar or option.name.upper()}"
    return f"{option.opts[0]}{value}"


def all_commands(_: str) -> str:
    """Each command with its arguments and what it does."""
    rows = []
    for name, command in commands().items():
        arguments = [each for each in command.params if each.param_type_name == "argument"]
        words = ["scaffold", name, *map(placeholder, arguments)]
        rows.append((f"`{' '.join(words)}`", command.help))
    return markdown_table(("Command", "What it does"), rows)


def placeholder(argument: Any) -> str:
    """An argument as usage has it: DESTINATION, or [PROJECTS]... where it need not be given."""
    word = argument.name.upper()
    dots = "..." if argument.nargs == -1 else ""
    return f"{word if argument.required else f'[{word}]'}{dots}"


MEANINGS = {
    0: "it worked",
    errors.BugError.exit_code: "a bug of this tool, with a traceback",
    errors.InputError.exit_code: "something in the request is wrong; all of it is told, and "
    "nothing was written",
    errors.ProofError.exit_code: "the smoke test is red, and the failed check is told; a new "
    "project is kept, an update is not made",
    errors.TemplateError.exit_code: "the template is broken; nothing was written",
    errors.ConflictError.exit_code: "`update` or `resolve` left conflicts, each of which is told",
    errors.DemandError.exit_code: "`check` found a damaged base, an unresolved conflict, or what "
    "`--outdated` or `--modified` forbids",
    UNWRITTEN: "its output could not be written, e.g. to a full disk; what was done until then "
    "stays",
    SIGNALLED + signal.SIGHUP: "the terminal was closed; nothing was written",
    INTERRUPTED: "interrupted by Ctrl-C; what it has left is told, mostly that nothing was written",
    UNREAD: "nobody read the output to its end",
    TERMINATED: "terminated; what it has left is told, mostly that nothing was written",
}
"""What each exit code means."""


def codes_in_code() -> set[int]:
    """Every exit code that the code has, beside 0."""
    kinds = [errors.ScaffoldError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    own = {
        kind.exit_code for kind in kinds if kind.__module__.startswith("keras_scaffold.")
    }
    signals = {SIGNALLED + getattr(signal, name) for name in NAMES}
    return own | signals | {UNREAD, UNWRITTEN}


def optional_files(_: str) -> str:
    """Each optional file, and what the question says of it."""
    with open_template(to_render=False) as template:
        offered = template.questions[Key.WITH].offered
    rows = ((f"`{name}`", says) for name, says in offered)
    return markdown_table(("`--with`", "What it adds"), rows)


def in_keras(_: str) -> str:
    """Each preset that keras.applications has, and what makes its pixels."""
    rows = (
        (f"`{name}`", f"`{preset.in_keras.function}`", f"`{preset.in_keras.pixels}`")
        for name, preset in PRESETS.items()
        if preset.in_keras
    )
    return markdown_table(("Preset", "In Keras", "The brick that makes its pixels"), rows)


def exit_codes(_: str) -> str:
    """Each exit code and what it means."""
    rows = ((str(code), MEANINGS[code]) for code in sorted(MEANINGS))
    return markdown_table(("Exit code", "Meaning"), rows)


SOURCES: dict[str, Callable[[str], str]] = {
    "generated": definition,
    "shown": lambda arguments: fenced("python", all_styles(arguments)),
    "tests/styles/test_outside_brick.py": outside,
    "commands": all_commands,
    "flags": flags,
    "exit_codes": exit_codes,
    "optional_files": optional_files,
    "in_keras": in_keras,
}
"""What makes a part of a page, by the first word of what the page says that it is from."""


def inline(page: Path) -> Iterator[str]:
    """Code within a page's sentences, in tables too."""
    text = WRITTEN.sub("", BLOCK.sub("", page.read_text(encoding="utf-8")))
    yield from (found.replace("\n", " ") for found in re.findall(r"`([^`]+)`", text))
