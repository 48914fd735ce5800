"""A command in a process of its own, so that a crash within TensorFlow can be told."""

import os
import shlex
import signal
import subprocess
import sys

CRASHES = ["SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL"]


def run(arguments):
    """Run the command with these arguments in a child, and return its exit code."""
    child = subprocess.Popen([sys.executable, "-P", "-m", f"{__package__}.cli", *arguments])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to the child, too
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    code = child.wait()
    if code >= 0:
        return code
    if why := reason(signal.Signals(-code), shlex.join(arguments)):
        print(f"fashion-sequential-add: {why}", file=sys.stderr)
    return 128 - code  # as a shell has it


def reason(number, command):
    """Why a signal may have ended a command, and the way out; nothing if it was sent."""
    died = f"`{command}` died of {number.name} ({signal.strsignal(number)})"
    if number.name == "SIGKILL":
        return f"{died}, perhaps for want of memory; try a lower `--batch-size`, or go on by `fashion-sequential-add train --resume`"
    if number.name not in CRASHES:
        return None
    if os.environ.get("TF_ENABLE_ONEDNN_OPTS") == "0":
        return f"{died} within TensorFlow; try another version of it"
    retry = f"TF_ENABLE_ONEDNN_OPTS=0 fashion-sequential-add {command}"
    place = f"src/{__package__}/__init__.py"
    return f"{died} within TensorFlow; if `{retry}` does not, set that to 0 in `{place}`"
