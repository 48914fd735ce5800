"""Images per second of a generated project's training against a plain `model.fit`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from subprocess import Popen

from benchmarks.children import output, program, script, talk_to
from benchmarks.paired import Row, alternate, at_least

PARTS = {"steps": "steps only", "whole": "whole epochs"}
ONEDNN = {"TF_ENABLE_ONEDNN_OPTS": "1"}


def training(workspace: Path, repeats: int) -> Iterator[Row]:
    """Epoch by epoch in turn, in two processes; then again in an equal environment."""
    project, arrays = workspace / "digits", workspace / "arrays.npz"
    output(program("scaffold"), "new", project, "--defaults", "--no-smoke", "--no-git")
    source = {"PYTHONPATH": str(project / "src")}
    data = json.loads(output(*script("project_data.py"), "digits", arrays, **source))
    epochs = repeats + 1  # the first, with tracing, is the warm-up

    project_fit = [*script("project_fit.py"), "digits", workspace / "runs", epochs]
    plain_fit = [*script("plain_fit.py"), arrays, data["batch_size"], epochs]
    for told, variables in (("", {}), (", both with oneDNN", ONEDNN)):
        with (
            talk_to(*project_fit, **source, **variables) as ours,
            talk_to(*plain_fit, **variables) as theirs,
        ):
            pairs = alternate(partial(_epoch, ours), partial(_epoch, theirs), repeats)
        for part, named in PARTS.items():
            rates = [(data["images"] / a[part], data["images"] / b[part]) for a, b in pairs]
            yield at_least(1.0, f"train / model.fit, {named}{told}", rates)


def _epoch(process: Popen[str]) -> dict[str, float]:
    """Let one epoch run; the seconds of its steps, and of all of it."""
    assert process.stdin and process.stdout
    print(file=process.stdin, flush=True)
    said = []
    for line in process.stdout:
        if line.startswith("{"):
            return json.loads(line)
        said.append(line)
    raise SystemExit("training ended early:\n" + "".join(said))
