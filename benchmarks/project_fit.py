"""The `train` command of a generated project, with a clock among its callbacks."""

import importlib
import json
import sys


def main(package, directory, epochs):
    """Run the command and print the seconds of an epoch."""
    cli = importlib.import_module(f"{package}.cli")
    cli.import_tensorflow()  # as the command does first, with all that it sets
    from epoch_clock import EpochClock

    train = importlib.import_module(f"{package}.train")
    recorders, clock = train.recorders, EpochClock()
    train.recorders = lambda *arguments: [*recorders(*arguments), clock]
    if cli.main(["train", "--epochs", epochs, "--directory", directory]):
        raise SystemExit("training failed")
    print(json.dumps(clock.seconds()))


if __name__ == "__main__":
    main(*sys.argv[1:])
