"""The process that proves projects: it holds TensorFlow, and answers requests.

`../prover.py` starts it, perhaps by another interpreter than the tool's: it imports nothing
but Keras, NumPy, the project and what lies beside it. It imports Keras at once, then
reads one JSON object a line from standard input, each with the checks to make of a project.
It tells the name of each check before it makes it, then what the check saw, and ends its
answer with `{"done": true}`. It ends when its input does.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, TextIO

from .traces import Trace, message, without_control


def main() -> None:
    """Answer requests until the input ends; never returns."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    reports = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # a project that reads must not wait
    os.dup2(2, 1)  # nor may what it prints be taken for a report
    gc.disable()  # nothing of what the imports make is ever garbage
    importlib.import_module(".checks", __package__)  # and with it Keras: four seconds
    sys.dont_write_bytecode = True  # what follows is somebody's project
    for line in requests:
        answer(json.loads(line), reports)
        tell({"done": True}, reports)
        gc.collect()
    os._exit(0)  # TensorFlow takes a second to take itself down


def answer(request: dict[str, Any], reports: TextIO) -> None:
    """Make the checks of one request, up to the first that fails."""
    from .checks import CheckFailed, Checks

    project = Path(request["path"])
    checks = Checks(request)
    for name in request["checks"]:
        tell({"begins": name}, reports)
        start = time.perf_counter()
        report = {"name": name, "ok": True, "log": ""}
        try:
            report["detail"] = getattr(checks, name)()
        except CheckFailed as failure:
            report |= {
                "ok": False,
                **failure_report(str(failure), failure.__cause__, project),
            }
        except BaseException as error:  # noqa: BLE001 - whatever a project raises is red
            report |= {"ok": False, **failure_report(message(error), error, project)}
        report["seconds"] = round(time.perf_counter() - start, 3)
        tell(report, reports)
        if not report["ok"]:
            return


def failure_report(
    detail: str, error: BaseException | None, project: Path
) -> dict[str, str]:
    """What is told of a failed check, which an error may have been the cause of."""
    if error is None:
        return {"detail": without_control(detail)}
    trace = Trace(error, project)
    return {"detail": trace.located(detail), "log": trace.log()}


def tell(report: dict[str, Any], reports: TextIO) -> None:
    """Send one line to the process that asked."""
    print(json.dumps(report), file=reports, flush=True)
