"""A command of a generated project, which keeps the weights of a process that others lead.

Arguments: the file to keep them in, the project's package, and the command's own.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np


def main(file: Path, package: str, *arguments: str) -> int:
    """Run the command on JAX; gives its exit code."""
    os.environ["KERAS_BACKEND"] = "jax"
    cli = import_module(f"{package}.cli")
    import_module(f"{package}.backend").import_backend()

    def keep(follower: Any, why: str) -> None:
        weights = [np.asarray(variable.value) for variable in follower.model.variables]
        np.savez(
            file, **{f"model/{number}": weight for number, weight in enumerate(weights)}
        )

    import_module(f"{package}.cluster").Follower.close = keep
    return import_module(f"{package}.child").as_child(cli.main, arguments)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
