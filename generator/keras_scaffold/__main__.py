"""What `scaffold` and `python -m keras_scaffold` start."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command; Ctrl-C before it has begun is told as later."""
    try:
        from keras_scaffold.terminal import app

        app(prog_name="scaffold")
    except KeyboardInterrupt:
        from keras_scaffold.interruption import tell_interrupted

        sys.exit(tell_interrupted())


if __name__ == "__main__":
    main()
