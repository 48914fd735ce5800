"""The proof that a project works, in a process that is started before it is needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from types import TracebackType
from typing import IO, Self

from generator.architecture import Architecture

LOG_LINES = 12


@dataclass(frozen=True)
class Check:
    """What one check of the smoke test saw."""

    name: str
    ok: bool
    detail: str
    seconds: float
    log: str = ""
    """The last lines of the traceback, if there was one."""


class SmokeProcess:
    """A process that imports TensorFlow while others work, then proves projects.

    To be used in a `with` statement: leaving it ends and reaps the process, whether or
    not it was needed.
    """

    def __init__(self) -> None:
        self._scratch = TemporaryDirectory(
            prefix="scaffold-smoke-", ignore_cleanup_errors=True
        )
        self._errors: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "generator.smoke_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for us; we end it
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()
        self._errors.close()
        self._scratch.cleanup()

    def prove(
        self,
        project: Path,
        package: str,
        architecture: Architecture,
        *,
        as_previewed: bool = True,
    ) -> Iterator[Check]:
        """The checks of the project, as they are made; the last one may be red.

        Unless it is to be `as_previewed`, its parameters are counted, not compared.
        """
        request = {
            "path": str(project.resolve()),
            "scratch": self._scratch.name,
            "package": package,
            "named": architecture.plan.named,
            "inputs": architecture.input_shapes,
            "outputs": {
                output.name: {"size": output.size, "kind": output.kind.word()}
                for output in architecture.plan.outputs
            },
            "total": architecture.total if as_previewed else None,
            "trainable": architecture.trainable,
        }
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it ended before: there will be no answer either
        for line in self._process.stdout:
            report = json.loads(line)
            if "done" in report:
                return
            yield Check(
                report["check"],
                report["ok"],
                report["detail"],
                report["seconds"],
                _tail(report["log"]),
            )
        yield self._ended()

    def _ended(self) -> Check:
        code = self._process.wait()
        self._errors.seek(0)
        log = self._errors.read().decode(errors="replace")
        return Check("process", False, f"it ended with exit code {code}", 0.0, _tail(log))


def green(checks: list[Check]) -> bool:
    """Whether checks were made and none failed."""
    return bool(checks) and all(check.ok for check in checks)


def _tail(log: str) -> str:
    return "\n".join(log.strip().splitlines()[-LOG_LINES:])


def _environment() -> dict[str, str]:
    """The environment in which TensorFlow starts fast, on the CPU and quietly."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else each import compiles anew
    environment.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    environment |= {
        "KERAS_BACKEND": "tensorflow",
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    if not _can_cache_bytecode():
        cache = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        environment.setdefault("PYTHONPYCACHEPREFIX", str(cache / "keras-scaffold" / "pyc"))
    return environment


def _can_cache_bytecode() -> bool:
    """Whether TensorFlow's compiled modules can be kept beside their sources."""
    package = find_spec("tensorflow")
    return package is None or os.access(Path(package.origin or ".").parent, os.W_OK)
