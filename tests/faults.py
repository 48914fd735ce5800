"""Faults in this process: the n-th step that writes is where it is killed, stops or fails.

As a script it takes the place of the Python that runs an update's other process: see `main`.
"""

import errno
import os
import runpy
import signal
import sys

CHANGES = {
    *("os.chmod", "os.link", "os.mkdir", "os.remove"),
    *("os.rename", "os.rmdir", "os.symlink", "os.truncate"),
}
SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}


def install(faults, place, log):
    """From now on, count what writes below `place`, and what starts another process.

    `faults` is such as `3:ENOSPC 7:kill`; `link:EPERM` is for every hard link. Each step is
    a line of `log`.
    """
    planned = dict(fault.split(":") for fault in faults.split())
    steps = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    number = 0

    def hook(event, arguments):
        nonlocal number
        if not writes(event, arguments, place):
            return
        number += 1
        os.write(steps, f"{os.getpid()} {event} {arguments}\n".encode())
        fault = planned.get(str(number)) or planned.get(event.removeprefix("os."))
        if fault in SIGNALS:
            os.kill(os.getpid(), SIGNALS[fault])
        elif fault:
            code = getattr(errno, fault)
            raise OSError(code, os.strerror(code), arguments[0])

    sys.addaudithook(hook)


def writes(event, arguments, place):
    """Whether an audited event changes a file below `place`, or may do so elsewhere."""
    if event == "subprocess.Popen":
        return True
    if event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR):
        return False
    return event in (CHANGES | {"open"}) and str(arguments[0]).startswith(place)


def main():
    """Run a script with faults that the environment tells, as `python -I -S` would."""
    install(os.environ["FAULTS"], os.environ["FAULTS_PLACE"], os.environ["FAULTS_LOG"])
    sys.argv = sys.argv[3:]
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
