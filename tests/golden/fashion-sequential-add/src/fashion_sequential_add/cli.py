"""The `fashion-sequential-add` command: the only place that prints and sets exit codes."""

import argparse
import errno
import json
import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from . import UserError
from .backend import as_child, import_tensorflow, in_child, leave
from .settings import NAMES, Settings, add_flags, directory, name, value

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
        print(f"fashion-sequential-add: {where}{error.strerror}; {way_out}", file=sys.stderr)
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
        print(f"fashion-sequential-add: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt as end:
        if str(end):
            print(f"fashion-sequential-add: {end}", file=sys.stderr)
        return 130
    finally:
        if sys.stdout:
            sys.stdout.flush()


def parser():
    """The commands and their flags."""
    top = argparse.ArgumentParser(prog="fashion-sequential-add", description="an image classifier")
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


def run_train(arguments):
    from .runs import begin_run, find_run, last_run, resume_run

    where = arguments.directory
    given = {key: value for key, value in vars(arguments).items() if key in NAMES}
    if arguments.resume is not None:
        if arguments.name or arguments.settings or arguments.overfit:
            raise UserError(
                "`--resume` goes on with a run as it is; leave out `--name`, `--settings` and "
                "`--overfit`"
            )
        run = find_run(where, arguments.resume) if arguments.resume else last_run(where)
        settings = replace(run.settings(), **given)
        begin = partial(resume_run, run, arguments.anyway)
    else:
        kept = find_run(where, arguments.settings).settings() if arguments.settings else Settings()
        settings = replace(kept, **given)
        begin = partial(begin_run, where, arguments.name or "run")
    if arguments.overfit:
        return run_overfit(settings)
    import_tensorflow()
    from .report import begun, trained
    from .train import train

    def tell(*of_the_run):
        print(*begun(*of_the_run), sep="\n", flush=True)

    verbose = 1 if sys.stdout.isatty() else 2  # a moving bar, or a line for each epoch
    run, why = train(settings, begin, tell, verbose)
    if why == "interrupted" and verbose == 1:
        print()  # below the bar
    print(*trained(run, why), sep="\n")
    return {"interrupted": 130, "diverged": 2}.get(why, 0)


def run_overfit(settings):
    import_tensorflow()
    from .inspection import overfit

    learned, words = overfit(settings)
    print(words)
    return 0 if learned else 2


def run_runs(arguments):
    from .report import draw_curves, table, told
    from .runs import all_runs, find_run, lowest_loss

    if arguments.runs:
        import_tensorflow()
        chosen = [find_run(arguments.directory, each) for each in arguments.runs]
        path = arguments.directory / f"curves-{'-'.join(str(each.number) for each in chosen)}.png"
        draw_curves(chosen, path)
        print(f"drawn in {path}")
        return
    runs = sorted(all_runs(arguments.directory), key=lowest_loss)
    if arguments.json:
        print(json.dumps([told(run) for run in runs], indent=2))
    elif runs:
        print(*table(runs), sep="\n")
    else:
        print(f"no training in {arguments.directory} yet; run `fashion-sequential-add train`")


def run_evaluate(arguments):
    import_tensorflow()
    from .inference import evaluate, evaluated

    run, metrics = evaluate(arguments.directory, arguments.run)
    print(*evaluated(metrics, run.path), sep="\n")


def run_predict(arguments):
    import_tensorflow()
    from .inference import predict
    from .report import write_csv, write_json, write_text

    def tell(problem):
        problems.append(problem)
        print(f"fashion-sequential-add: {problem}", file=sys.stderr)

    problems, top = [], arguments.top
    run, said = predict(arguments.paths, arguments.directory, arguments.run, top, tell)
    any_name(sys.stdout)
    write = write_csv if arguments.csv else write_json if arguments.json else write_text
    done = write(said, sys.stdout)
    print(
        f"fashion-sequential-add: {done} told by {run.path}, {len(problems)} left out",
        file=sys.stderr,
    )
    return (3 if done else 2) if problems else 0


def any_name(stream):
    """Let names of files be printed as they are: of any bytes."""
    if hasattr(stream, "reconfigure"):  # Jupyter's has not
        stream.reconfigure(errors="surrogateescape")


def run_explain(arguments):
    import_tensorflow()
    from .explain import explain

    def tell(problem):
        problems.append(problem)
        print(f"fashion-sequential-add: {problem}", file=sys.stderr)

    problems, top = [], arguments.top
    any_name(sys.stdout)
    done, classes = 0, arguments.classes or []
    for line in explain(arguments.paths, arguments.directory, arguments.run, top, classes, tell):
        print(line, flush=True)
        done += 1
    return (3 if done else 2) if problems else 0


def run_convert(arguments):
    import_tensorflow()
    from .convert import convert
    from .runs import BEST_MODEL, find_run

    file = arguments.file or find_run(arguments.directory, arguments.run).path / BEST_MODEL
    run, taken, untrained = convert(file, arguments.directory)
    others = f", but not {', '.join(untrained)}, now untrained" if untrained else ""
    print(f"{len(taken)} layers took their weights from {file}{others}; kept in {run.path}")


def run_export(arguments):
    numbers = "int8" if arguments.int8 else "float16" if arguments.float16 else "float32"
    if numbers != "float32" and arguments.format != "litert":
        raise UserError(f"`--{numbers}` is for `--format litert`; leave it out")
    import_tensorflow()
    from .export import Form, export

    form = Form(arguments.format, numbers, arguments.with_softmax)
    print(export(arguments.directory, arguments.run, form))


def run_describe(arguments):
    import_tensorflow()
    from .inspection import draw, lines, traced
    from .model import build_model

    if arguments.run:
        from .checkpoint import load_trained
        from .runs import find_run

        model, _ = load_trained(find_run(arguments.directory, arguments.run))
    else:
        model = build_model()
    network = traced(model)
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
    sys.exit(as_child(main, sys.argv[1:]))
