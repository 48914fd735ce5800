"""A process of its own for a training, which may die within what computes it."""

import logging
import os
import shlex
import signal
import subprocess
import sys

CRASHES = ["SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL"]


def in_child(arguments):
    """Run the command with these arguments in a child, and return its exit code."""
    child = subprocess.Popen([sys.executable, "-P", "-m", f"{__package__}.cli", *arguments])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to the child, too
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    code = child.wait()
    if code >= 0:
        return code
    if why := reason(signal.Signals(-code), shlex.join(arguments)):
        print(f"folder-subclassing: {why}", file=sys.stderr)
    return 128 - code  # as a shell has it


def as_child(main, arguments):
    """Run a command with these arguments in this process, and end it, whatever happens."""
    try:
        return leave(main(arguments))
    except Exception:
        logging.getLogger(__package__).exception("ended by what nobody expected")
        return leave(1)


def leave(code):
    """End this process, or have Python end it where there is no TensorFlow.

    Its threads that read images may wait for Python, which at its own end waits for them.
    """
    if "tensorflow" in sys.modules:
        sys.stdout.flush()
        os._exit(code)
    return code


def reason(number, command):
    """Why a signal may have ended a command, and the way out; nothing if it was sent."""
    died = f"`{command}` died of {number.name} ({signal.strsignal(number)})"
    if number.name == "SIGKILL":
        return f"{died}, perhaps for want of memory; try a lower `--batch-size`, or go on by `folder-subclassing train --resume`"
    if number.name not in CRASHES:
        return None
    if os.environ.get("TF_ENABLE_ONEDNN_OPTS") == "0":
        return f"{died} within TensorFlow; try another version of it"
    retry = f"TF_ENABLE_ONEDNN_OPTS=0 folder-subclassing {command}"
    place = f"src/{__package__}/__init__.py"
    return f"{died} within TensorFlow; if `{retry}` does not, set that to 0 in `{place}`"
