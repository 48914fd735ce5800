"""Images per second of a generated project's training against a plain `model.fit`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.children import output, program, script
from benchmarks.paired import Row, alternate, at_least

EPOCHS = 5  # the first, with tracing, does not count


def training(workspace: Path, repeats: int) -> Iterator[Row]:
    """Both in processes of their own, as they are, then in an equal environment."""
    project, arrays = workspace / "digits", workspace / "arrays.npz"
    output(program("scaffold"), "new", project, "--defaults", "--no-smoke", "--no-git")
    source = {"PYTHONPATH": str(project / "src")}
    data = _last_line("project_data.py", "digits", arrays, **source)

    def ours(**variables: str) -> Any:
        place = workspace / "runs"
        return _last_line("project_fit.py", "digits", place, EPOCHS, **source, **variables)

    def theirs(**variables: str) -> Any:
        return _last_line("plain_fit.py", arrays, EPOCHS, data["batch_size"], **variables)

    for told, variables in (
        ("", {}),
        (", both with oneDNN", {"TF_ENABLE_ONEDNN_OPTS": "1"}),
        (", both without oneDNN", {"TF_ENABLE_ONEDNN_OPTS": "0"}),
    ):
        pairs = alternate(partial(ours, **variables), partial(theirs, **variables), repeats)
        for part in ("training steps", "whole epochs"):
            rates = [tuple(data["images"] / side[part] for side in pair) for pair in pairs]
            yield at_least(1.0, f"{part}{told}: train / model.fit", rates)


def _last_line(name: str, *arguments: object, **variables: str) -> Any:
    return json.loads(output(*script(name), *arguments, **variables).splitlines()[-1])
