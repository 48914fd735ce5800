"""The `final-model-functional` command: the only place that prints and sets exit codes."""

import argparse
import errno
import importlib
import os
import sys
import tempfile
from pathlib import Path

from . import child
from .errors import UserError
from .settings import Settings

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # a disk, a quota, a file


def main(argv=None):
    """Run one command; 0 if it worked, 2 for a mistake of the user's, 130 for Ctrl-C.

    74 if there is no room for what it prints or keeps, and 141, as shells have it, if nobody
    reads what it prints any longer. Training that was started from a shell, so without
    `argv`, runs in a child.
    """
    try:
        return run(argv)
    except BrokenPipeError:
        code = 141
    except OSError as error:
        if error.errno not in FULL:
            raise
        print(
            f"final-model-functional: {error.strerror}; make room for what it writes",
            file=sys.stderr,
        )
        code = 74
    # What is left is printed at exit, where it has to go somewhere.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def run(argv):
    """Run one command, and print all that it has to say."""
    try:
        arguments = parser().parse_args(argv)
        if argv is None and arguments.run is run_train:
            return child.run(sys.argv[1:])
        import_tensorflow()
        arguments.run(arguments)
    except UserError as error:
        print(f"final-model-functional: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    finally:
        if sys.stdout:
            sys.stdout.flush()
    return 0


def parser():
    """The commands and their flags."""
    top = argparse.ArgumentParser(prog="final-model-functional", description="an image classifier")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    defaults = Settings()

    train = command(commands, "train", "train the model and keep the best one", run_train)
    train.add_argument(
        "--epochs",
        type=positive(int),
        default=defaults.epochs,
        help="maximum number of passes over the training images",
    )
    train.add_argument(
        "--batch-size",
        type=positive(int),
        default=defaults.batch_size,
        help="images in a step",
    )
    train.add_argument(
        "--learning-rate",
        type=positive(float),
        default=defaults.learning_rate,
        help="at the first step; it falls to 0 along a cosine",
    )
    train.add_argument(
        "--seed",
        type=seed,
        default=defaults.seed,
        help="the same one gives the same weights",
    )

    command(commands, "evaluate", "measure it on the test images", run_evaluate)

    predict = command(commands, "predict", "tell the class of images", run_predict)
    predict.add_argument("images", nargs="+", type=Path, metavar="IMAGE")

    convert = command(
        commands, "convert", "take the weights of a model of another style", run_convert
    )
    convert.add_argument("file", type=Path, metavar="FILE")

    command(commands, "describe", "show its layers, and draw them", run_describe)
    return top


def command(commands, name, help_text, run):
    """A subcommand with what all of them share."""
    added = commands.add_parser(
        name,
        help=help_text,
        description=help_text,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    added.add_argument("--directory", type=directory, default="runs", help="where results are kept")
    added.set_defaults(run=run)
    return added


def directory(text):
    """A converter of text to the path of a directory, which is there or can be made."""
    path = Path(text)
    there = next((place for place in [path, *path.parents] if os.path.lexists(place)), path)
    if not os.path.isdir(there):
        raise argparse.ArgumentTypeError(f"`{there}` is not a directory; name another place")
    return path


def positive(number):
    """A converter of text to a positive `number` (int or float)."""

    def convert(text):
        value = number(text)
        if not value > 0:
            raise argparse.ArgumentTypeError(f"`{text}` is not above 0")
        return value

    convert.__name__ = number.__name__  # argparse quotes it: "invalid int value"
    return convert


def seed(text):
    """A converter of text to a number that NumPy takes as a seed."""
    value = int(text)
    if not 0 <= value < 2**32:
        raise argparse.ArgumentTypeError(f"`{text}` is not from 0 to {2**32 - 1}")
    return value


def import_tensorflow():
    """Import TensorFlow without the notes on CPUs and GPUs that its C++ part writes.

    It writes them to file descriptor 2 before it has read any log level. So that
    descriptor leads to a file meanwhile, which is shown after all if the import fails.
    """
    stderr = os.dup(2)
    with tempfile.TemporaryFile() as notes:
        os.dup2(notes.fileno(), 2)
        try:
            tensorflow = importlib.import_module("tensorflow")
            tensorflow.config.list_physical_devices()  # looks for GPUs now, not later
        except BaseException:
            notes.seek(0)
            os.write(stderr, notes.read())
            raise
        finally:
            os.dup2(stderr, 2)
            os.close(stderr)


def run_train(arguments):
    from .report import trained
    from .train import train

    settings = Settings(
        epochs=arguments.epochs,
        batch_size=arguments.batch_size,
        learning_rate=arguments.learning_rate,
        seed=arguments.seed,
    )
    verbose = 1 if sys.stdout.isatty() else 2  # a moving bar, or a line for each epoch
    history = train(settings, arguments.directory, verbose)
    print(*trained(history, arguments.directory), sep="\n")


def run_evaluate(arguments):
    from .evaluate import evaluate
    from .report import evaluated

    metrics = evaluate(arguments.directory)
    print(*evaluated(metrics, arguments.directory), sep="\n")


def run_predict(arguments):
    from .predict import predict
    from .report import predicted

    predictions = predict(arguments.images, arguments.directory)
    print(*predicted(arguments.images, predictions), sep="\n")


def run_convert(arguments):
    from .convert import convert

    taken, untrained = convert(arguments.file, arguments.directory)
    others = f", but not {', '.join(untrained)}, now untrained" if untrained else ""
    print(
        f"{len(taken)} layers took their weights from {arguments.file}{others}; "
        f"kept in {arguments.directory}"
    )


def run_describe(arguments):
    from .describe import draw, lines, traced
    from .model import build_model

    network = traced(build_model())
    for line in lines(network):
        print(line)
    path = arguments.directory / "model.png"
    if draw(network, path):
        print(f"drawn in {path}")
    else:
        print(
            "not drawn: the `dot` command of Graphviz is missing or cannot write PNG; "
            "install Graphviz (https://graphviz.org/download/) and run this again"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
