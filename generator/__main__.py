"""What `scaffold` and `python -m generator` start."""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Run the command; Ctrl-C while it is still imported is told as later."""
    try:
        from generator.cli import app
    except KeyboardInterrupt:
        from generator.interruption import NOTHING_WRITTEN, SIGNALLED

        print(f"interrupted; {NOTHING_WRITTEN}", file=sys.stderr)
        sys.exit(SIGNALLED + signal.SIGINT)
    app(prog_name="scaffold")


if __name__ == "__main__":
    main()
