"""What each command of `folder-subclassing` does and prints; what it gives, if not 0, is its exit code."""

import json
import os
import sys
from dataclasses import replace
from functools import partial

from . import UserError
from .backend import import_backend
from .settings import NAMES, Settings


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
    import_backend()
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
    import_backend()
    from .inspection import overfit

    learned, words = overfit(settings)
    print(words)
    return 0 if learned else 2


def run_runs(arguments):
    from .report import draw_curves, table, told
    from .runs import all_runs, find_run, lowest_loss

    if arguments.runs:
        import_backend()
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
        print(f"no training in {arguments.directory} yet; run `folder-subclassing train`")


def run_check_data(arguments):
    from .check_data import check_data, draw, lines

    report = check_data(arguments.data)
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        print(*lines(report), sep="\n", flush=True)
    import_backend()
    from .data import INPUT_SHAPE, check_classes
    from .reading import read_image

    path = arguments.directory / "data.png"
    draw(report, partial(read_image, shape=INPUT_SHAPE), path)
    check_classes(arguments.data, [each["class"] for each in report["classes"]])
    if not arguments.json:
        print(f"one image of each class, as the model sees it, is drawn in {path}")
    return 2 if report["problems"] else 0


def run_evaluate(arguments):
    import_backend()
    from .inference import evaluate, evaluated

    run, metrics = evaluate(arguments.directory, arguments.run, arguments.data)
    print(*evaluated(metrics, run.path), sep="\n")


def run_predict(arguments):
    import_backend()
    from .inference import predict
    from .report import write_csv, write_json, write_text

    def tell(problem):
        problems.append(problem)
        print(f"folder-subclassing: {problem}", file=sys.stderr)

    problems, top = [], arguments.top
    run, said = predict(arguments.paths, arguments.directory, arguments.run, top, tell)
    any_name(sys.stdout)
    write = write_csv if arguments.csv else write_json if arguments.json else write_text
    done = write(said, sys.stdout)
    print(
        f"folder-subclassing: {done} told by {run.path}, {len(problems)} left out", file=sys.stderr
    )
    return (3 if done else 2) if problems else 0


def any_name(stream):
    """Let names of files be printed as they are: of any bytes."""
    if hasattr(stream, "reconfigure"):  # Jupyter's has not
        stream.reconfigure(errors="surrogateescape")


def run_explain(arguments):
    import_backend()
    from .explain import explain

    def tell(problem):
        problems.append(problem)
        print(f"folder-subclassing: {problem}", file=sys.stderr)

    problems, top = [], arguments.top
    any_name(sys.stdout)
    done, classes = 0, arguments.classes or []
    for line in explain(arguments.paths, arguments.directory, arguments.run, top, classes, tell):
        print(line, flush=True)
        done += 1
    return (3 if done else 2) if problems else 0


def run_convert(arguments):
    import_backend()
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
    if "keras" not in sys.modules:  # TensorFlow writes all formats
        os.environ["KERAS_BACKEND"] = "tensorflow"
    import_backend()
    from .export import Form, export

    form = Form(arguments.format, numbers, arguments.with_softmax)
    print(export(arguments.directory, arguments.run, form, arguments.data))


def run_describe(arguments):
    import_backend()
    from .inspection import draw, lines, traced
    from .model import build_model

    if arguments.run:
        from .runs import find_run
        from .weights import load_trained

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
