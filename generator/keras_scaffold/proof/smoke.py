"""The proof that a project works: built and trained in one process, reloaded in another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from keras_scaffold.network import Architecture
from keras_scaffold.proof.effort import most_images
from keras_scaffold.proof.interpreter import OWN, Interpreter
from keras_scaffold.proof.prover import Check, Prover

BUILDER, RELOADER = "builder", "reloader"
"""Which process does what: the reloader never builds the network itself."""
BUILDING = ["imports", "names", "build", "parameters", "fit", "predict", "save"]
CRASHES = ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL")
"""What a process dies of by its own doing."""


@dataclass(frozen=True)
class Proof:
    """What a smoke test saw."""

    checks: list[Check]
    interpreter: Interpreter = OWN
    crash: str = ""
    """What TensorFlow dies of, and where, unless oneDNN is turned off, and it is not."""

    @property
    def works(self) -> bool:
        """Whether checks were made and none failed."""
        return bool(self.checks) and all(check.ok for check in self.checks)


@dataclass(frozen=True)
class Subject:
    """A project that is to be proved, and what is known of it."""

    path: Path
    package: str
    architecture: Architecture
    as_previewed: bool = True
    """Whether its network is as generated, so that it has the preview's parameters."""
    onednn: bool = True
    """Whether it is to run with TensorFlow's kernels of oneDNN."""


def model_files(package: str) -> list[str]:
    """The files that make the network what it is."""
    return [f"src/{package}/{name}.py" for name in ("model", "blocks")]


class Smoke:
    """The processes that prove projects; the first imports TensorFlow while others work.

    To be used in a `with` statement: leaving it ends and reaps them, whether or not they
    were needed.
    """

    def __init__(self, interpreter: Interpreter = OWN) -> None:
        self._scratch = TemporaryDirectory(
            prefix="scaffold-smoke-", ignore_cleanup_errors=True
        )
        self._usual = interpreter
        self._provers = {BUILDER: Prover(interpreter, onednn=True)}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for prover in self._provers.values():
            prover.end()
        self._scratch.cleanup()

    def prove(
        self,
        subject: Subject,
        tell: Callable[[str], None] = lambda step: None,
        interpreter: Interpreter | None = None,
    ) -> Proof:
        """Make every check of a project up to the first that fails; `tell` hears of each.

        Where TensorFlow crashes, all of them are made again without oneDNN, the usual
        suspect: a project that is green then, and does not turn it off, is red for that.
        """
        interpreter = interpreter or self._usual
        tell("proving: waiting for TensorFlow")
        checks = self._made(subject, interpreter, tell)
        if checks[-1].name == "onednn" and not checks[-1].ok:  # turned on since
            return self.prove(replace(subject, onednn=True), tell, interpreter)
        if not (self._provers[BUILDER].onednn and checks[-1].signal in CRASHES):
            return Proof(checks, interpreter)
        crash = f"{checks[-1].signal} in {checks[-1].name}"
        tell(f"proving: {crash}; once more without oneDNN")
        others = self._made(replace(subject, onednn=False), interpreter, tell, crash)
        if others[-1].name == "onednn":
            return Proof(others, interpreter, "" if others[-1].ok else crash)
        detail = (
            f"{checks[-1].detail}; without oneDNN: {others[-1].name}: {others[-1].detail}"
        )
        return Proof([*checks[:-1], replace(checks[-1], detail=detail)], interpreter)

    def _made(
        self,
        subject: Subject,
        interpreter: Interpreter,
        tell: Callable[[str], None],
        crash: str = "",
    ) -> list[Check]:
        """The checks of a project with or without oneDNN; only the last one may be red."""
        wanted = (interpreter, subject.onednn)
        parts = [(BUILDER, BUILDING), (RELOADER, ["reload"])]
        if not subject.onednn:
            parts.append((BUILDER, ["onednn"]))
        for role, _ in parts:
            prover = self._provers.get(role)
            if not prover or not prover.lives or prover.asked_for != wanted:
                if prover:
                    prover.end()
                self._provers[role] = Prover(interpreter, onednn=subject.onednn)
        request = self._request(subject, crash)
        checks = []
        for role, names in parts:
            for check in self._provers[role].ask(request, names):
                checks.append(check)
                tell(f"proving: {check.name} {'passed' if check.ok else 'failed'}")
            if not checks[-1].ok:
                break
        return checks

    def _request(self, subject: Subject, crash: str) -> dict[str, Any]:
        """What the processes are told of a project."""
        architecture = subject.architecture
        return {
            "path": str(subject.path.resolve()),
            "scratch": self._scratch.name,
            "package": subject.package,
            "named": architecture.plan.named,
            "inputs": architecture.input_shapes,
            "outputs": {
                output.name: {
                    "size": output.size,
                    "kind": output.kind.word(),
                    "loss": {  # as Keras serializes one
                        "class_name": output.kind.proof_loss,
                        "config": {"from_logits": True} if output.kind.logits else {},
                    },
                    "labels": output.kind.proof_labels,
                }
                for output in architecture.plan.outputs
            },
            "parameters": [architecture.total, architecture.trainable],
            "random": [*architecture.pretrained],
            "as_previewed": subject.as_previewed,
            "most_images": most_images(architecture),
            "crash": crash,
        }
