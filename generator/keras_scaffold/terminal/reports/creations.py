"""What `scaffold new` made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

from keras_scaffold.answers import Answers, find_dataset
from keras_scaffold.project_files import BASE_FILE, NEEDED
from keras_scaffold.projects import Created
from keras_scaffold.terminal.reports.networks import totals
from keras_scaffold.terminal.reports.proofs import proof_data, proof_table, proof_words
from keras_scaffold.terminal.reports.tables import verbatim

if TYPE_CHECKING:
    from rich.console import RenderableType


def created(made: Created, answers: Answers, *, drawn: bool) -> list[RenderableType]:
    """What `new` made: files, proof and what to type next if `drawn`, else in plain lines."""
    ignored = [ignored_line(made)] if made.ignored else []
    if not drawn:
        total = f"{answers.architecture.total:,} parameters"
        facts = f"{made.path}: {len(made.files)} files, {total}, {proof_words(made.proof)}"
        line = "; ".join(filter(None, [facts, made.repository, made.remark]))
        return [line, *made.settled, *ignored]
    parts: list[RenderableType | None] = [
        tree(made.path.resolve().name, made.files),
        *made.settled,
        made.repository,
        *ignored,
        proof_table(made.proof) if made.proof else None,
        made.remark,
        totals(answers.architecture),
    ]
    steps = _next_steps(made, answers) if made.works else []
    return [*(part for part in parts if part), *steps]


def _next_steps(made: Created, answers: Answers) -> list[str]:
    """What to type next, or to do."""
    here = made.path.resolve() == Path.cwd()
    steps = [] if here else [f"cd {quote(str(made.path))}"]
    steps.append("pip install -e .")
    if find_dataset(answers.dataset).lie:
        steps.append("(put your images into data/, as README.md says)")
    steps.append(f"{answers.name} train")
    return ["", "Next:", *(f"  {step}" for step in steps)]


def ignored_line(made: Created) -> str:
    """What is not committed with the rest, and what that means for updates."""
    needed = [path for path in made.ignored if path in NEEDED]
    first = BASE_FILE if BASE_FILE in needed else [*needed, *made.ignored][0]
    more = f" and {len(made.ignored) - 1} more" if len(made.ignored) > 1 else ""
    ignored = f"git ignores `{first}`{more} here"
    if not needed:
        return f"{ignored}: not committed, and left alone by updates"
    own = dict.fromkeys(made.path / path.split("/")[0] for path in needed)
    places = " ".join(quote(str(place)) for place in own)
    return (
        f"{ignored}, and without `{first}` there is no updating; change what ignores it (a "
        f".gitignore or `core.excludesFile`), or `git add --force {places}`"
    )


def created_data(made: Created) -> dict[str, Any]:
    """What `new` made, for programs."""
    return {
        "path": str(made.path),
        "files": posix(made.files),
        "repository": made.repository,
        "settled": made.settled,
        "ignored": made.ignored,
        "smoke": proof_data(made.proof) if made.proof is not None else None,
        "told": [made.remark] if made.remark else [],
    }


def tree(root: str, files: Iterable[Path]) -> RenderableType:
    """The files as a tree."""
    from rich.tree import Tree

    made = Tree(verbatim(root + "/"))
    branches = {Path("."): made}
    for file in files:
        for directory in reversed(file.parents):
            if directory not in branches:
                above = branches[directory.parent]
                branches[directory] = above.add(verbatim(directory.name + "/"))
        branches[file.parent].add(verbatim(file.name))
    return made


def posix(files: Iterable[Path]) -> list[str]:
    """Relative paths as every system writes them."""
    return [path.as_posix() for path in files]
