"""The command line: options in, one sentence out. Only this module prints and exits."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from generator import __version__
from generator.errors import InputError, ProofError, ScaffoldError
from generator.interruption import SIGNALLED, Interruption
from generator.options import (
    AnswersFile,
    Blocks,
    Classes,
    Dataset,
    Defaults,
    InputShape,
    Name,
    NoSizeLimit,
    Package,
    Preset,
    SequentialForm,
    Style,
    TemplateRef,
    TemplateSource,
    WidthMultiplier,
)

if TYPE_CHECKING:
    from rich.console import Console

    from generator.smoke import Check

PLAIN_WIDTH = 200
INTERRUPTED = SIGNALLED + signal.SIGINT

interruption = Interruption()


class Commands(TyperGroup):
    """Every command of the tool; expected errors end it with a sentence and their code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was called."""
        try:
            with interruption:
                return super().invoke(ctx)
        except KeyboardInterrupt:
            print("interrupted; nothing was written", file=sys.stderr)
            raise typer.Exit(INTERRUPTED) from None
        except ScaffoldError as error:
            problems = error.problems if isinstance(error, InputError) else [str(error)]
            _tell_errors(problems, json=bool(ctx.obj))
            raise typer.Exit(error.exit_code) from None
        except OSError as error:
            place = f" `{error.filename}`" if error.filename else ""
            _tell_errors(
                [f"the system said no{place}: {error.strerror}"], json=bool(ctx.obj)
            )
            raise typer.Exit(ScaffoldError.exit_code) from None


def _tell_errors(problems: list[str], *, json: bool) -> None:
    if json:
        _print_json({"errors": problems})
    else:
        for problem in problems:
            print(f"error: {problem}", file=sys.stderr)


def _json_wanted(ctx: typer.Context, wanted: bool) -> bool:
    ctx.find_root().obj = wanted  # errors have to know it too
    return wanted


app = typer.Typer(
    name="scaffold",
    cls=Commands,
    help="Write complete Keras image-model projects from an architecture told in bricks.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


Json = Annotated[
    bool, typer.Option("--json", callback=_json_wanted, help="Print JSON, for programs.")
]


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"scaffold {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    pass


@app.command()
def new(
    ctx: typer.Context,
    destination: Annotated[Path, typer.Argument(help="Directory to make.")],
    style: Style = None,
    sequential_form: SequentialForm = None,
    preset: Preset = None,
    blocks: Blocks = None,
    width_multiplier: WidthMultiplier = None,
    input_shape: InputShape = None,
    classes: Classes = None,
    dataset: Dataset = None,
    name: Name = None,
    package: Package = None,
    answers: AnswersFile = None,
    defaults: Defaults = False,
    template: TemplateSource = None,
    template_ref: TemplateRef = None,
    no_size_limit: NoSizeLimit = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show the files and the preview; write nothing."),
    ] = False,
    no_smoke: Annotated[bool, typer.Option("--no-smoke", help="Skip the proof.")] = False,
    no_git: Annotated[
        bool, typer.Option("--no-git", help="Make no git repository.")
    ] = False,
    json: Json = False,
) -> None:
    """Write a project, prove it, and put it at DESTINATION."""
    from contextlib import ExitStack

    from generator import report
    from generator.create import LAST_STEP, create, file_list
    from generator.gather import gather
    from generator.smoke import SmokeProcess
    from generator.template import opened

    with ExitStack() as stack:
        smoke = None
        if not (no_smoke or dry_run):
            smoke = stack.enter_context(SmokeProcess())  # imports while the rest goes on
        source = stack.enter_context(opened(template, template_ref))
        checked = gather(
            _given(ctx, answers),
            source.questions,
            destination,
            show=None if json or not _interactive() else _console().print,
            defaults=defaults,
            size_limit=not no_size_limit,
        )
        architecture = checked.architecture
        if dry_run:
            files = file_list(source, checked)
            if json:
                _print_json(
                    {"files": report.posix(files)} | report.preview_data(architecture)
                )
            else:
                _console().print(report.tree(destination.name, files))
                _console().print(report.preview_table(architecture))
            return
        show_step = stack.enter_context(_progress(shown=not json))

        def tell(step: str) -> None:
            """Show the step, unless a signal came; after the last one it is too late."""
            interruption.close() if step == LAST_STEP else interruption.check()
            show_step(step)

        created = create(
            destination, checked, source, smoke=smoke, git=not no_git, tell=tell
        )
    if json:
        _print_json(report.created_data(created) | report.preview_data(architecture))
    elif sys.stdout.isatty():
        for part in report.created(created, checked):
            _console().print(part)
    else:
        print(report.created_line(created, checked))
    if created.checks is not None and not created.works:
        _red(created.checks, json=json)


@app.command()
def preview(
    ctx: typer.Context,
    style: Style = None,
    sequential_form: SequentialForm = None,
    preset: Preset = None,
    blocks: Blocks = None,
    width_multiplier: WidthMultiplier = None,
    input_shape: InputShape = None,
    classes: Classes = None,
    dataset: Dataset = None,
    name: Name = None,
    package: Package = None,
    answers: AnswersFile = None,
    template: TemplateSource = None,
    template_ref: TemplateRef = None,
    no_size_limit: NoSizeLimit = False,
    layers: Annotated[bool, typer.Option("--layers", help="Show every layer.")] = False,
    json: Json = False,
) -> None:
    """Show what a network would be: shapes and parameters, nothing written."""
    from generator import report
    from generator.answers import check
    from generator.template import opened

    with opened(template, template_ref) as source:
        given = {"name": "preview", "dataset": "folder", **_given(ctx, answers)}
        checked = check(given, source.questions, size_limit=not no_size_limit)
    if json:
        _print_json(report.preview_data(checked.architecture))
    else:
        _console().print(report.preview_table(checked.architecture, layers=layers))


@app.command()
def smoke(
    project: Annotated[Path, typer.Argument(help="A project that `scaffold new` made.")],
    json: Json = False,
) -> None:
    """Prove a project again: import, build, count, fit, save and reload."""
    from generator import report
    from generator.answers import read_project
    from generator.smoke import SmokeProcess, green

    with SmokeProcess() as process, _progress(shown=not json) as tell:
        package, architecture = read_project(project)
        tell("waiting for TensorFlow")
        checks = []
        for check in process.prove(project, package, architecture):
            checks.append(check)
            tell(check.name)
    if json:
        _print_json(report.checks_data(checks))
    else:
        _console().print(report.checks_table(checks))
    if not green(checks):
        _red(checks, json=json)


@app.command()
def bricks(json: Json = False) -> None:
    """List the bricks with their arguments and defaults."""
    from generator import report
    from generator.bricks import catalogue

    if json:
        _print_json(report.bricks_data(catalogue().values()))
    else:
        _console().print(report.bricks_table(catalogue().values()))


@app.command()
def presets(json: Json = False) -> None:
    """List the presets."""
    from generator import report
    from generator.presets import PRESETS

    if json:
        _print_json(report.presets_data(PRESETS.values()))
    else:
        _console().print(report.presets_table(PRESETS.values()))


def _given(ctx: typer.Context, file: Path | None) -> dict[str, Any]:
    """The answers among a command's options, and those in the file."""
    from generator.gather import merge
    from generator.reading import OWN, SHORTHANDS

    return merge({key: ctx.params[key] for key in (*OWN, *SHORTHANDS)}, file)


def _interactive() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
    return console


@contextmanager
def _progress(*, shown: bool) -> Iterator[Callable[[str], None]]:
    """What tells of each step, on one line of a terminal, or tells nothing."""
    if not (shown and sys.stderr.isatty()):
        yield lambda step: None
        return
    with _console(stderr=True).status("starting") as status:
        yield status.update


def _print_json(data: Any) -> None:
    import json

    print(json.dumps(data, indent=2))


def _red(checks: list[Check], *, json: bool) -> NoReturn:
    """End with the exit code of a failed proof, having said which check failed."""
    failed = next(check for check in checks if not check.ok)
    if not json:
        if failed.log:
            print(failed.log, file=sys.stderr)
        print(f"error: smoke test: {failed.name}: {failed.detail}", file=sys.stderr)
    raise typer.Exit(ProofError.exit_code)
