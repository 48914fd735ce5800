"""The `folder-subclassing` command: what can be told to it, and its exit codes."""

import argparse
import errno
import os
import re
import sys
from pathlib import Path

from . import UserError
from .child import as_child, in_child, leave
from .commands import (
    run_check_data,
    run_convert,
    run_describe,
    run_evaluate,
    run_explain,
    run_export,
    run_predict,
    run_runs,
    run_train,
)
from .settings import Settings, add_flags, directory, name, value

FORMATS = ("savedmodel", "onnx", "litert", "openvino", "torch")
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # a disk, a quota, a file
CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


def main(argv=None):
    """Run one command; 0 if it worked, 2 for a mistake of the user's, 130 for Ctrl-C.

    3 if `predict` left some images out, 74 if there is no room for what it prints or keeps, and
    141, as shells have it, if nobody reads what it prints any longer. Training that was
    started from a shell, so without `argv`, runs in a child.
    """
    try:
        code = run(argv)
    except BrokenPipeError:
        code = 141
    except OSError as error:
        where = f"`{error.filename}`: " if error.filename else ""
        if error.errno in FULL:
            way_out, code = "make room for what it writes", 74
        elif error.errno in CLOSED:
            way_out, code = "let it be read and written, or name another place", 2
        else:
            raise
        print(f"folder-subclassing: {where}{error.strerror}; {way_out}", file=sys.stderr)
    if code in (74, 141):  # what is left is printed at exit, where it has to go somewhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return leave(code) if argv is None else code


def run(argv):
    """Run one command, and print all that it has to say."""
    try:
        arguments = parser().parse_args(argv)
        if argv is None and arguments.command is run_train:
            return in_child(sys.argv[1:])
        return arguments.command(arguments) or 0
    except UserError as error:
        print(f"folder-subclassing: {error}", file=sys.stderr)
        return 2
    except Exception as error:
        # What is wrong with an image that is read in a pipeline comes in TensorFlow's own words.
        if not (told := re.search(r"UserError: (.+)|Invalid JPEG|DecodeJpeg|ReadFile", str(error))):
            raise
        why = told[1] or "an image cannot be read any longer; run `folder-subclassing check-data`"
        print(f"folder-subclassing: {why}", file=sys.stderr)
        return 2
    except KeyboardInterrupt as end:
        if str(end):
            print(f"folder-subclassing: {end}", file=sys.stderr)
        return 130
    finally:
        if sys.stdout:
            sys.stdout.flush()


def parser():
    """The commands and their flags."""
    top = argparse.ArgumentParser(prog="folder-subclassing", description="an image classifier")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    train = command(commands, "train", "train the model, and keep the best", run_train)
    train.add_argument("--name", type=name, help="of the run [run]")
    train.add_argument(
        "--settings", metavar="RUN", help="take the settings of a run, or in a run.json"
    )
    train.add_argument(
        "--resume", nargs="?", const="", metavar="RUN", help="go on with a run [the last]"
    )
    train.add_argument(
        "--anyway", action="store_true", help="go on though code or settings have changed"
    )
    train.add_argument(
        "--overfit",
        action="store_true",
        help="only try whether it can learn 32 images by heart, which tells faults of a network",
    )
    add_flags(train)

    runs = command(commands, "runs", "list the trainings, best first", run_runs)
    runs.add_argument("runs", nargs="*", metavar="RUN", help="draw the curves of these together")
    runs.add_argument("--json", action="store_true", help="print JSON, for programs")

    evaluate = command(commands, "evaluate", "measure it on the test images", run_evaluate)
    predict = command(commands, "predict", "tell the class of images", run_predict)
    predict.add_argument("paths", nargs="+", metavar="PATH")
    predict.add_argument("--top", type=value(int, least=1), default=1, help="so many classes [1]")
    predict.epilog = "Exit code 3: some images were left out, each told on standard error."
    explain = command(commands, "explain", "draw where images show what it says", run_explain)
    explain.add_argument("paths", nargs="+", metavar="PATH")
    explain.epilog = predict.epilog
    explain.add_argument("--top", type=value(int, least=1), default=1, help="so many classes [1]")
    explain.add_argument(
        "--class", dest="classes", action="append", metavar="NAME", help="of this one instead"
    )
    form = predict.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="print CSV, for programs")
    form.add_argument("--json", action="store_true", help="print JSON, for programs")
    check = command(
        commands, "check-data", "read all images, and tell what is wrong", run_check_data
    )
    check.add_argument(
        "--data",
        type=os.path.expanduser,
        default=Settings.data,
        metavar="DIR",
        help=f"[{Settings.data}]",
    )
    check.add_argument("--json", action="store_true", help="print JSON, for programs")
    convert = command(
        commands, "convert", "take the weights of a model of another style", run_convert
    )
    convert.add_argument("file", nargs="?", type=Path, metavar="FILE", help="[that of the run]")
    export = command(commands, "export", "write it for other programs, and try it", run_export)
    export.add_argument("--format", choices=FORMATS, required=True)
    smaller = export.add_mutually_exclusive_group()
    smaller.add_argument("--float16", action="store_true", help="litert: half the size")
    smaller.add_argument("--int8", action="store_true", help="litert: a quarter of the size")
    export.add_argument(
        "--with-softmax", action="store_true", help="have it tell probabilities, not logits"
    )
    describe = command(commands, "describe", "show its layers, and draw them", run_describe)
    for each in (evaluate, predict, explain, convert, export):
        each.add_argument("--run", metavar="RUN", help="whose model it is [the best one's]")
    for each in (evaluate, export):
        each.add_argument(
            "--data",
            type=os.path.expanduser,
            metavar="DIR",
            help="other images than those of the run",
        )
    describe.add_argument("--run", metavar="RUN", help="whose model it is [what model.py makes]")
    return top


def command(commands, name, says, run):
    """A subcommand with what all of them share."""
    added = commands.add_parser(name, help=says, description=says)
    added.add_argument(
        "--directory", type=directory, default="runs", help="where results are kept [runs]"
    )
    added.set_defaults(command=run)
    return added


if __name__ == "__main__":
    sys.exit(as_child(main, sys.argv[1:]))
