"""What is known to get lost in updates: tried on `scaffold update` and on Copier's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.paired import Row
from benchmarks.versions import (
    Files,
    attempt,
    git,
    make_ours,
    make_theirs,
    template,
    update_ours,
    update_theirs,
    write,
)

BLOCK = "".join(
    f"x = layers.{layer}(x)\n"
    for layer in (
        "Conv2D(32, 3)",
        "BatchNormalization()",
        "ReLU()",
        "MaxPooling2D(2)",
        "Dropout(0.1)",
    )
)
LAST = "logits = layers.Dense(10)(x)\n"
LONG = "".join(f"line {number}\n" for number in range(20))
EDIT = "an edit of mine\n"


@dataclass(frozen=True)
class Loss:
    """One way in which an edit is lost, and how to see that it was not."""

    name: str
    first: Files
    second: Files
    yours: Callable[[Path], None]
    kept: Callable[[Path, int], bool]
    """Whether all is well, by the project and the exit code of its update."""
    settings: str = ""
    """Added to the second version's copier.yml."""


def _edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(project: Path) -> None:
        text = (project / name).read_text()
        head, found, tail = text.rpartition(old)
        assert found
        (project / name).write_text(head + new + tail)

    return edit


def _everything(project: Path) -> str:
    """All that an update left to be read."""
    paths = [path for path in project.rglob("*") if path.is_file()]
    texts = [path.read_text(errors="replace") for path in paths if ".git" not in path.parts]
    return "\n".join(texts)


def _has_edit(project: Path, code: int) -> bool:
    return EDIT in _everything(project)


def _in_last_block(project: Path, code: int) -> bool:
    edited = BLOCK.replace("Conv2D(32, 3)", "Conv2D(99, 3)") + LAST
    return (project / "model.py").read_text().endswith(edited)


LOSSES = (
    Loss(
        "an edit of the last of equal blocks, and a new one in front",
        {"model.py": BLOCK * 3 + LAST},
        {"model.py": "# one more\n" + BLOCK * 4 + LAST},
        _edit("model.py", "Conv2D(32, 3)", "Conv2D(99, 3)"),
        _in_last_block,
    ),
    Loss(
        "the template renames a file that was edited",
        {"old.txt": LONG},
        {"new.txt": LONG},
        _edit("old.txt", "line 9\n", "line 9\n" + EDIT),
        _has_edit,
    ),
    Loss(
        "the template deletes a file that was edited",
        {"gone.txt": LONG, "stays.txt": LONG},
        {"stays.txt": LONG},
        _edit("gone.txt", "line 9\n", "line 9\n" + EDIT),
        lambda project, code: EDIT in _everything(project) and code != 0,
    ),
    Loss(
        "a binary file was replaced, and the template has a new one",
        {"logo.bin": b"\0first" * 50},
        {"logo.bin": b"\0second" * 50},
        lambda project: write(project, {"logo.bin": b"\0" + EDIT.encode()}),
        lambda project, code: EDIT.encode() in (project / "logo.bin").read_bytes(),
    ),
    Loss(
        "a new file of the template's where an ignored one lies",
        {"kept.txt": LONG, ".gitignore": "notes.txt\n"},
        {"kept.txt": LONG, ".gitignore": "notes.txt\n", "notes.txt": "the template's\n"},
        lambda project: write(project, {"notes.txt": EDIT}),
        _has_edit,
    ),
    Loss(
        "a task of the template's fails half-way",
        {"a.txt": "1\n"},
        {"a.txt": "2\n"},
        lambda project: None,
        lambda project, code: (project / "a.txt").read_text() == "1\n" and code != 0,
        settings="_tasks: ['false']\n",
    ),
    Loss(
        "a conflict is a failure, for scripts",
        {"a.txt": LONG},
        {"a.txt": LONG.replace("line 9\n", "theirs\n")},
        _edit("a.txt", "line 9\n", EDIT),
        lambda project, code: EDIT in _everything(project) and code != 0,
    ),
)


def losses(workspace: Path, repeats: int) -> Iterator[Row]:
    """Each case once with either tool."""
    for number, loss in enumerate(LOSSES):
        root = workspace / str(number)
        source = template(root / "source", loss.first, loss.second, loss.settings)
        seen = {}
        for side, make in (("ours", make_ours), ("theirs", make_theirs)):
            project = root / side / "net"
            make(source, project)
            loss.yours(project)
            git(project, "add", "--all")
            git(project, "commit", "--quiet", "--allow-empty", "-m", "yours")
            update = (
                update_theirs(project)
                if side == "theirs"
                else [*update_ours(source), project]
            )
            code = attempt(update)
            seen[side] = loss.kept(project, code)
        told = {True: "kept", False: "LOST"}
        yield Row(
            loss.name,
            told[seen["ours"]],
            told[seen["theirs"]],
            bar="kept",
            met=seen["ours"],
        )
