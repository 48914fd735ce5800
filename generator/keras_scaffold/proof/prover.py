"""A process that holds TensorFlow, started before it is needed, and what it answers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from keras_scaffold.proof.interpreter import Interpreter
from keras_scaffold.proof.process.traces import shortened, without_control

ONEDNN = "TF_ENABLE_ONEDNN_OPTS"
START = (
    "import sys, types; package = types.ModuleType('scaffold_proof'); "
    "package.__path__ = [sys.argv[1]]; sys.modules['scaffold_proof'] = package; "
    "from scaffold_proof.main import main; main()"
)
"""Runs what lies in `process/` where this tool is not installed, and nothing else of it."""


@dataclass(frozen=True)
class Check:
    """What one check of the smoke test saw."""

    name: str
    ok: bool
    detail: str
    seconds: float
    log: str = ""
    """The project's part of the traceback, if there was one; or what a process said at last."""
    signal: str = ""
    """What the process died of while it made this check, if it did."""


class Prover:
    """A process that imports TensorFlow while others work, then makes checks of projects."""

    def __init__(self, interpreter: Interpreter, *, onednn: bool) -> None:
        self.interpreter = interpreter
        self.asked_for = (interpreter, onednn)
        environment = _environment(interpreter, onednn=onednn)
        self.onednn = environment[ONEDNN] != "0"
        self._errors: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            [interpreter.path, "-P", "-c", START, str(Path(__file__).with_name("process"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
            start_new_session=True,  # Ctrl-C is for us; we end it
        )

    @property
    def lives(self) -> bool:
        """Whether it can be asked for more."""
        return self._process.poll() is None

    def ask(self, project: Mapping[str, Any], checks: list[str]) -> Iterator[Check]:
        """The checks of a project, as they are made; the last one may be red."""
        assert self._process.stdin and self._process.stdout
        request = {**project, "own_python": self.interpreter.own, "checks": checks}
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it ended before: there will be no answer either
        begun = "TensorFlow"
        for line in self._process.stdout:
            if not line.startswith(b"{"):  # what that Python prints when it starts
                continue
            report = json.loads(line)
            if "done" in report:
                return
            if "begins" in report:
                begun = report["begins"]
                continue
            yield Check(**report)
        yield self._ended(begun)

    def end(self) -> None:
        """End and reap the process, whether or not it was needed."""
        self._process.kill()
        self._process.communicate()
        self._errors.close()

    def _ended(self, name: str) -> Check:
        """The check that the process did not outlive."""
        code = self._process.wait()
        self._errors.seek(0)
        log = shortened(without_control(self._errors.read().decode(errors="replace")))
        if code >= 0:
            return Check(name, False, f"the process ended with exit code {code}", 0.0, log)
        died = signal.Signals(-code).name
        detail = f"the process died of {died} ({signal.strsignal(-code)})"
        if died == "SIGKILL":
            detail += ", which most likely means that there was no memory left"
        return Check(name, False, detail, 0.0, log, died)


def _environment(interpreter: Interpreter, *, onednn: bool) -> dict[str, str]:
    """The environment in which TensorFlow starts fast, on the CPU and quietly."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else each import compiles anew
    environment.pop("PYTHONWARNINGS", None)  # they are not what is proved
    environment.setdefault(ONEDNN, "1")
    environment |= {
        "KERAS_BACKEND": "tensorflow",
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    if not onednn:
        environment[ONEDNN] = "0"
    if interpreter.own and not _can_cache_bytecode():
        cache = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        environment.setdefault("PYTHONPYCACHEPREFIX", str(cache / "keras-scaffold" / "pyc"))
    return environment


def _can_cache_bytecode() -> bool:
    """Whether TensorFlow's compiled modules can be kept beside their sources."""
    package = find_spec("tensorflow")
    return package is None or os.access(Path(package.origin or ".").parent, os.W_OK)
