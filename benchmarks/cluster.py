"""Images per second of a training by several processes of this machine, against one of them."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from subprocess import PIPE, STDOUT, Popen

from benchmarks.children import ENVIRONMENT, output, program, script
from benchmarks.paired import Row, alternate, compared

BATCHES, EPOCHS = (32, 256), 5
STEP = re.compile(r" - (\d+)ms/step")


def cluster(workspace: Path, repeats: int) -> Iterator[Row]:
    """Epochs after the first, which compiles; the cores are shared by all processes."""
    project, number = workspace / "digits", count()
    output(
        *(program("scaffold"), "new", project, "--defaults", "--no-smoke", "--no-git"),
        *("--with", "cluster"),
    )
    environment = ENVIRONMENT | {"PYTHONPATH": str(project / "src")}

    def rate(processes: int, batch: int) -> float:
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = f"127.0.0.1:{free.getsockname()[1]}"
        runs = workspace / f"runs-{next(number)}"
        told = (
            *("--epochs", EPOCHS, "--batch-size", batch, "--limit", 1024),
            *("--directory", runs, "--coordinator", address),
            *("--processes", processes, "--rank"),
        )
        command = [*script("project_command.py"), "digits", "train", *told]
        started = [
            Popen(
                [*map(str, command), str(rank)],
                env=environment,
                stdout=PIPE,
                stderr=STDOUT,
                text=True,
            )
            for rank in range(processes)
        ]
        printed, *_ = [process.communicate()[0] for process in started]
        steps = [int(each) for each in STEP.findall(printed)]
        if any(process.returncode for process in started) or len(steps) < EPOCHS - 1:
            raise SystemExit(f"a training of {processes} processes failed:\n{printed}")
        return 1000 * batch / median(steps[-(EPOCHS - 1) :])

    for batch in BATCHES:
        for processes in (2, 4):
            pairs = alternate(
                partial(rate, processes, batch),
                partial(rate, 1, batch),
                max(1, repeats // 3),
            )
            yield compared(
                f"{processes} processes / 1, batches of {batch}", pairs, "images/s"
            )
