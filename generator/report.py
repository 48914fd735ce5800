"""What commands show: tables and trees for people, plain data for programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any, Literal

from generator.answers import Answers
from generator.architecture import Architecture
from generator.arguments import kind
from generator.brick import Brick
from generator.create import Created
from generator.edges import is_chain
from generator.errors import InputError, ScaffoldError
from generator.layer import shape_text
from generator.presets import Preset
from generator.smoke import Check, green

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from generator.check import Checked
    from generator.many import Outcome
    from generator.update import Updated

TITLED = ("tower", "trunk", "head")
"""Parts that have a line of their own in the preview of a network with names."""


def table(*columns: str, numbers: Iterable[str] = ()) -> Table:
    """An empty table; the columns of `numbers` are aligned on the right."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        justify: Literal["left", "right"] = "right" if column in numbers else "left"
        made.add_column(column, justify=justify, overflow="fold")
    return made


def preview(architecture: Architecture, *, layers: bool = False) -> list[RenderableType]:
    """The preview for people: a drawing of what is no single chain of bricks, and a table."""
    made = preview_table(architecture, layers=layers)
    if is_chain(architecture):
        return [made]
    from generator.drawing import drawing

    return [drawing(architecture), "", made]


def preview_table(architecture: Architecture, *, layers: bool = False) -> RenderableType:
    """Every brick, or every layer, with the shape that it gives and its parameters."""
    made = table(
        "",
        "layer" if layers else "brick",
        "name",
        "output",
        "parameters",
        numbers=("", "output", "parameters"),
    )
    if layers:
        for position, node in enumerate(architecture.layers):
            kind = type(node.layer).__name__
            made.add_row(str(position), kind, node.name, *_sizes(node.output, node.params))
    else:
        for part in architecture.parts:
            if part.kind in TITLED and architecture.plan.named and part.stages:
                made.add_row("", part.title, style="dim")
            for number, stage in enumerate(part.stages, start=1):
                made.add_row(
                    str(number) if stage.brick and part.kind != "join" else "",
                    stage.text,
                    stage.name,
                    *_sizes(stage.output, stage.params),
                )
    made.caption = totals(architecture)
    made.caption_justify = "left"
    return made


def totals(architecture: Architecture) -> str:
    """The parameters in one line."""
    return (
        f"{architecture.total:,} parameters, {architecture.trainable:,} trainable, "
        f"{architecture.non_trainable:,} not"
    )


def preview_data(architecture: Architecture) -> dict[str, Any]:
    """The preview for programs; `from` holds positions in `layers`.

    A layer of a shared tower is listed once for each call, `again` after the first.
    """
    return {
        "inputs": {name: list(shape) for name, shape in architecture.input_shapes.items()},
        "outputs": {
            output.name: {"size": output.size, "kind": output.kind.word()}
            for output in architecture.plan.outputs
        },
        "bricks": [
            {
                "brick": stage.text,
                "name": stage.name,
                "part": part.title,
                "output": list(stage.output),
                "params": stage.params,
            }
            for part in architecture.parts
            for stage in part.stages
            if stage.brick
        ],
        "layers": [
            {
                "type": type(node.layer).__name__,
                "name": node.name,
                "output": list(node.output),
                "params": node.params,
                "from": list(node.inputs),
                "again": node.again,
            }
            for node in architecture.layers
        ],
        "total_params": architecture.total,
        "trainable_params": architecture.trainable,
        "non_trainable_params": architecture.non_trainable,
    }


def bricks_table(bricks: Iterable[type[Brick]]) -> RenderableType:
    """The catalogue, a line a brick."""
    made = table("brick", "what it is")
    for brick in bricks:
        made.add_row(_literal(brick.signature()), brick.summary())
    made.caption = "... are options, e.g. bias=False; see `scaffold bricks BRICK`"
    made.caption_justify = "left"
    return made


def brick_table(brick: type[Brick]) -> RenderableType:
    """One brick's arguments, and what each may be."""
    made = table(brick.word(), "default", "")
    for argument in brick.arguments():
        default = "" if argument.default is MISSING else str(argument.default)
        made.add_row(argument.name, default, kind(argument).says)
    made.caption = brick.summary()
    made.caption_justify = "left"
    return made


def bricks_data(bricks: Iterable[type[Brick]]) -> list[dict[str, Any]]:
    """The catalogue for programs; a required argument has no default."""
    return [
        {
            "brick": brick.word(),
            "summary": brick.summary(),
            "example": brick.written_example(),
            "arguments": [
                {"name": argument.name, "must_be": kind(argument).says}
                | ({} if argument.default is MISSING else {"default": argument.default})
                for argument in brick.arguments()
            ],
        }
        for brick in bricks
    ]


def presets_table(presets: Iterable[Preset]) -> RenderableType:
    """The presets, a line each."""
    made = table("preset", "what it is", "images")
    for preset in presets:
        made.add_row(preset.name, preset.about, preset.input_shape or "any")
    made.caption = "their bricks: scaffold preview --preset PRESET"
    made.caption_justify = "left"
    return made


def presets_data(presets: Iterable[Preset]) -> list[dict[str, Any]]:
    """The presets for programs."""
    return [
        {
            "preset": preset.name,
            "about": preset.about,
            "input_shape": preset.input_shape,
            "bricks": list(preset.bricks),
            **preset.graph,
        }
        for preset in presets
    ]


def checks_table(checks: Iterable[Check]) -> RenderableType:
    """The smoke test, a line a check."""
    made = table("smoke test", "", "", "seconds", numbers=("seconds",))
    for check in checks:
        mark = "[green]passed" if check.ok else "[red]FAILED"
        made.add_row(check.name, mark, _literal(check.detail), f"{check.seconds:.2f}")
    return made


def checks_data(checks: list[Check]) -> dict[str, Any]:
    """The smoke test for programs."""
    return {
        "passed": green(checks),
        "checks": [
            {
                "check": check.name,
                "ok": check.ok,
                "detail": check.detail,
                "seconds": check.seconds,
            }
            | ({"log": check.log} if check.log else {})
            for check in checks
        ],
    }


def tree(root: str, files: Iterable[Path]) -> RenderableType:
    """The files as a tree."""
    from rich.tree import Tree

    made = Tree(_literal(root + "/"))
    branches = {Path("."): made}
    for file in files:
        for directory in reversed(file.parents):
            if directory not in branches:
                above = branches[directory.parent]
                branches[directory] = above.add(_literal(directory.name + "/"))
        branches[file.parent].add(_literal(file.name))
    return made


def problems(error: ScaffoldError) -> list[str]:
    """What is wrong, a sentence each."""
    return error.problems if isinstance(error, InputError) else [str(error)]


def problem(text: str) -> RenderableType:
    """Something that is wrong, as the user reads it."""
    return _literal(text, style="red")


def created(made: Created, answers: Answers) -> list[RenderableType]:
    """What `new` made, for people: the files, the proof, and what to type next."""
    parts: list[RenderableType] = [tree(made.path.name, made.files)]
    if made.repository:
        parts.append(_literal(made.repository))
    if made.checks is not None:
        parts.append(checks_table(made.checks))
    parts.append(_literal(totals(answers.architecture)))
    if made.works:
        commands = (
            f"cd {quote(str(made.path))}",
            "pip install -e .",
            f"{answers.name} train",
        )
        parts += ["", "Next:", *(_literal(f"  {command}") for command in commands)]
    return parts


def created_line(made: Created, answers: Answers) -> str:
    """What `new` made, in one plain line."""
    proof = "not proved"
    if made.checks is not None:
        proof = "smoke test passed" if made.works else "smoke test FAILED"
    files = f"{len(made.files)} files"
    return f"{made.path}: {files}, {answers.architecture.total:,} parameters, {proof}"


def created_data(made: Created) -> dict[str, Any]:
    """What `new` made, for programs."""
    return {
        "path": str(made.path),
        "files": posix(made.files),
        "repository": made.repository,
        "smoke": checks_data(made.checks) if made.checks is not None else None,
    }


KINDS = {"M": "update", "A": "add", "D": "delete"}
CONFLICT = "conflict"


def updated(made: Updated, *, dry_run: bool) -> list[RenderableType]:
    """What an update did, or would do: file by file, then in one line."""
    parts: list[RenderableType] = [_literal(line) for line in made.told]
    if touched := _touched(made):
        files = table("file", "")
        for path, what in touched.items():
            red = what.startswith(CONFLICT)
            files.add_row(_literal(path), _literal(what, style="red" if red else ""))
        parts.append(files)
    if made.checks:
        parts.append(checks_table(made.checks))
    return [*parts, _literal(_updated_line(made, dry_run=dry_run))]


def updated_lines(made: Updated, *, dry_run: bool) -> list[str]:
    """The same in plain lines."""
    files = [f"{path}: {what}" for path, what in _touched(made).items()]
    return [*made.told, *files, _updated_line(made, dry_run=dry_run)]


def _touched(made: Updated) -> dict[str, str]:
    """What an update does with each file that it does not simply keep."""
    touched = {change.path: KINDS[change.kind] for change in made.changes}
    for conflict in made.conflicts:
        touched[conflict.path] = f"{CONFLICT}: {conflict.reason}"
    for path in made.left_deleted:
        touched[path] = "stays deleted, though the template changed it"
    return touched


def _updated_line(made: Updated, *, dry_run: bool) -> str:
    return f"{made.project}: {_became(made, dry_run=dry_run)}"


def _became(made: Updated, *, dry_run: bool) -> str:
    """What became of a project, or would."""
    if not (made.changes or made.conflicts or made.left_deleted):
        what = "nothing to change" if not made.published else "only what it was made from"
        return f"up to date, {what}"
    told = ", ".join(
        f"{number} {what}"
        for what, number in counted(made).items()
        if number or what == "updated"
    )
    if dry_run:
        return f"would be: {told}"
    if not made.works and not made.published:
        return "not changed, for the smoke test failed; see --force"
    proof = "not proved" if made.checks is None else "smoke test passed"
    if made.conflicts:
        proof = (
            "not proved; resolve the conflicts, `git add` the files, run `scaffold smoke`"
        )
    elif not made.works:
        proof = "smoke test FAILED"
    return f"{told}; {proof}"


def counted(made: Updated) -> dict[str, int]:
    """How many files an update touches, and how."""
    conflicts = {conflict.path for conflict in made.conflicts}
    kinds = [change.kind for change in made.changes if change.path not in conflicts]
    return {
        "updated": kinds.count("M"),
        "added": kinds.count("A"),
        "deleted": kinds.count("D"),
        "kept": made.kept,
        "left deleted": len(made.left_deleted),
        "in conflict": len(conflicts),
    }


def outcomes_table(outcomes: Iterable[Outcome], *, dry_run: bool) -> RenderableType:
    """Several projects' updates, a line each."""
    made = table("project", "", "")
    for outcome in outcomes:
        if outcome.updated:
            told = _became(outcome.updated, dry_run=dry_run)
        else:
            told = str(outcome.error).splitlines()[0]
        mark = "[red]FAILED" if outcome.exit_code else "[green]done"
        made.add_row(_literal(str(outcome.path)), mark, _literal(told))
    return made


def outcomes_data(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Updates for programs."""
    return [
        {"project": str(outcome.path), "exit_code": outcome.exit_code}
        | (updated_data(outcome.updated) if outcome.updated else {})
        | ({"errors": problems(outcome.error)} if outcome.error else {})
        for outcome in outcomes
    ]


def updated_data(made: Updated) -> dict[str, Any]:
    """One update for programs."""
    return {
        "published": made.published,
        "tree": made.tree,
        "told": made.told,
        "counts": counted(made),
        "files": {change.path: KINDS[change.kind] for change in made.changes},
        "left_deleted": made.left_deleted,
        "conflicts": {conflict.path: conflict.reason for conflict in made.conflicts},
        "smoke": checks_data(made.checks) if made.checks is not None else None,
    }


def checked_table(result: Checked) -> RenderableType:
    """What `check` found, a line a file."""
    if not result.files:
        return _literal(f"{result.project}: up to date, and as it was generated")
    made = table(str(result.project), "")
    for path, states in result.files.items():
        made.add_row(_literal(path), ", ".join(states))
    return made


def checked_data(result: Checked) -> dict[str, Any]:
    """What `check` found, for programs."""
    files = {path: [*map(str, states)] for path, states in result.files.items()}
    return {"project": str(result.project), "files": files}


def posix(files: Iterable[Path]) -> list[str]:
    """Relative paths as every system writes them."""
    return [path.as_posix() for path in files]


def _sizes(output: tuple[int, ...], params: int) -> tuple[str, str]:
    return shape_text(output), f"{params:,}"


def _literal(text: str, style: str = "") -> RenderableType:
    from rich.text import Text

    return Text(text, style=style)
