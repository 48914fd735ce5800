"""The process that proves projects: it holds TensorFlow, and answers requests.

`generator/prover.py` starts it, perhaps by another interpreter than the tool's: it imports
nothing but Keras, NumPy, the project and what lies beside it. It imports Keras at once, then
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
import traceback
from typing import Any, TextIO


def main() -> None:
    """Answer requests until the input ends; never returns."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    reports = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # a project that reads must not wait
    os.dup2(2, 1)  # nor may what it prints be taken for a report
    gc.disable()  # nothing of what the imports make is ever garbage
    importlib.import_module("generator.smoke_checks")  # and with it Keras: four seconds
    sys.dont_write_bytecode = True  # what follows is somebody's project
    for line in requests:
        answer(json.loads(line), reports)
        tell({"done": True}, reports)
        gc.collect()
    os._exit(0)  # TensorFlow takes a second to take itself down


def answer(request: dict[str, Any], reports: TextIO) -> None:
    """Make the checks of one request, up to the first that fails."""
    from generator.smoke_checks import CheckFailed, Checks

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
                "detail": str(failure),
                "log": log_of(failure.__cause__),
            }
        except BaseException as error:  # noqa: BLE001 - whatever a project raises is red
            last = traceback.format_exception_only(error)[-1].strip()
            report |= {"ok": False, "detail": last, "log": traceback.format_exc()}
        report["seconds"] = round(time.perf_counter() - start, 3)
        tell(report, reports)
        if not report["ok"]:
            return


def log_of(error: BaseException | None) -> str:
    """The traceback of what an error goes back to, if there is one."""
    while error and error.__cause__:
        error = error.__cause__
    return "".join(traceback.format_exception(error, chain=False)) if error else ""


def tell(report: dict[str, Any], reports: TextIO) -> None:
    """Send one line to the process that asked."""
    print(json.dumps(report), file=reports, flush=True)
