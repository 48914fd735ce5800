"""The `train` command of a generated project, with a clock among its callbacks."""

import importlib
import sys


def main(package, directory, epochs):
    """Run the command as it is run by its entry point."""
    cli = importlib.import_module(f"{package}.cli")
    # As the command does first, with all that it sets.
    importlib.import_module(f"{package}.backend").import_backend()
    import keras
    from epoch_clock import EpochClock

    fit = keras.Model.fit
    keras.Model.fit = lambda model, *arguments, callbacks, **options: fit(
        model, *arguments, callbacks=[*callbacks, EpochClock()], **options
    )
    sys.exit(cli.main(["train", "--epochs", epochs, "--directory", directory]))


if __name__ == "__main__":
    main(*sys.argv[1:])
