"""The command line: options in, one sentence out. Only this module prints and exits."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, Optional, TextIO

import typer
from typer.core import TyperGroup

from keras_scaffold import __version__
from keras_scaffold.errors import (
    ConflictError,
    DemandError,
    InputError,
    ProofError,
    ScaffoldError,
    SystemRefusal,
)
from keras_scaffold.interruption import INTERRUPTED, TERMINATED, Interruption
from keras_scaffold.terminal import options
from keras_scaffold.terminal.options import (
    AnswersFile,
    Blocks,
    Classes,
    Dataset,
    Defaults,
    Heads,
    Inputs,
    InputShape,
    Join,
    Name,
    NoSizeLimit,
    Outputs,
    Package,
    Preset,
    Python,
    SequentialForm,
    Shared,
    Style,
    TemplateRef,
    TemplateSource,
    Towers,
    WidthMultiplier,
)
from keras_scaffold.terminal.output import UnprintedError, guarded

if TYPE_CHECKING:
    from rich.console import Console

    from keras_scaffold.answers import Question
    from keras_scaffold.copying import Copy
    from keras_scaffold.proof import Proof
    from keras_scaffold.updating import Ask, Outcome

PLAIN_WIDTH = 200
RENDERING = (["new"], ["update"], ["check"])
UsageError: Any = typer.BadParameter.__base__
"""What Typer raises for a wrong call of a command; it has no public name there."""

interruption = Interruption()
atexit.register(gc.freeze)  # what is left is not searched for garbage: 70 ms, at the end


class Call:
    """What is known of a call of the tool before its options are read."""

    def __init__(self, json: bool, renders: bool) -> None:
        self.json = json
        self.renders = renders
        """Whether the command renders a template, as far as its first word tells."""
        self.copy: Copy | None = None
        """Has Copier render it; None to do it in this process."""


class Commands(TyperGroup):
    """Every command of the tool; expected errors end it with a sentence and their code."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run a command line; without a word where nobody reads what it prints."""
        try:
            with interruption, guarded(sys.stdout, sys.stderr):
                return super().main(*arguments, **options)
        except UnprintedError as error:
            error.discard()
            try:
                if str(error):
                    _tell_errors([str(error)], json=False)
            except OSError as other:
                UnprintedError(sys.stderr, other).discard()
            sys.exit(error.exit_code)

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        """What is known before a command reads its options."""
        told = [*takewhile(lambda arg: arg != "--", args)]
        call = Call("--json" in told, told[:1] in RENDERING and "--help" not in told)
        with _ending_told(), _misuse_told(json=call.json):
            return super().make_context(info_name, args, parent, obj=call, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was called, and tell what is wrong in a sentence."""
        try:
            with _ending_told(), _uncollected(), _misuse_told(json=ctx.obj.json):
                _print_any_name()
                if not ctx.obj.renders:
                    return super().invoke(ctx)
                from keras_scaffold.copying import ahead

                with ahead() as ctx.obj.copy:
                    return super().invoke(ctx)
        except ScaffoldError as error:
            from keras_scaffold.terminal.reports import tables

            _tell_errors(tables.problems(error), json=ctx.obj.json)
            raise typer.Exit(error.exit_code) from None
        except OSError as error:
            refusal = SystemRefusal(error)
            _tell_errors([str(refusal)], json=ctx.obj.json)
            raise typer.Exit(refusal.exit_code) from None


@contextmanager
def _ending_told() -> Iterator[None]:
    """Tell in a line that a signal ended the command, and what that has left."""
    try:
        yield
    except KeyboardInterrupt:
        print(f"interrupted; {interruption.left}", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    except SystemExit as error:
        if error.code == TERMINATED:  # of SIGHUP nobody is there to be told
            # a question may be drawn by half, so that nobody knows where the cursor is
            start = "\n" if _is_terminal(sys.stderr) else ""
            print(f"{start}ended; {interruption.left}", file=sys.stderr)
        raise


@contextmanager
def _misuse_told(*, json: bool) -> Iterator[None]:
    """Let what Typer refuses, such as an option that there is not, be JSON where all is."""
    try:
        yield
    except UsageError as error:
        if not json:
            raise
        _tell_errors([error.format_message()], json=True)
        raise typer.Exit(error.exit_code) from None


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for garbage, of which imports and rendering make none: a twelfth faster."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _print_any_name() -> None:
    """Let no name of a file that the output's encoding lacks end a command half-told."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _tell_errors(problems: list[str], *, json: bool) -> None:
    if json:
        _print_json({"errors": problems})
    else:
        for problem in problems:
            print(f"error: {problem}", file=sys.stderr)


app = typer.Typer(
    name="scaffold",
    cls=Commands,
    help="Write complete Keras image-model projects from an architecture told in bricks.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


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
    destination: Annotated[
        Path, typer.Argument(help="Directory to make, or a clone that is all but empty.")
    ],
    style: Style = None,
    sequential_form: SequentialForm = None,
    preset: Preset = None,
    blocks: Blocks = None,
    inputs: Inputs = None,
    towers: Towers = None,
    shared_tower: Shared = None,
    join: Join = None,
    outputs: Outputs = None,
    heads: Heads = None,
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
    python: Python = None,
    no_git: Annotated[
        bool, typer.Option("--no-git", help="Make no git repository.")
    ] = False,
    json: Json = False,
) -> None:
    """Write a project, prove it, and put it at DESTINATION."""
    from contextlib import ExitStack

    from keras_scaffold.projects import create_project, file_list, open_template
    from keras_scaffold.proof import Smoke, choose_interpreter
    from keras_scaffold.terminal.given import gather_answers, wanted_template
    from keras_scaffold.terminal.reports import creations, networks

    with ExitStack() as stack:
        smoke, beside = None, []
        try:
            if not (no_smoke or dry_run):
                smoke = stack.enter_context(
                    Smoke(choose_interpreter(python))
                )  # imports meanwhile
        except InputError as error:
            beside = error.problems
        wanted = wanted_template(template, template_ref, answers)
        source = stack.enter_context(open_template(*wanted, copy=ctx.obj.copy))
        checked = gather_answers(
            _given(ctx, answers),
            source.questions,
            destination,
            show=None if json or not _interactive() else _console().print,
            defaults=defaults,
            size_limit=not no_size_limit,
            beside=beside,
        )
        architecture = checked.architecture
        if dry_run:
            files = file_list(source, checked)
            if json:
                _print_json(
                    {"files": creations.posix(files)} | networks.preview_data(architecture)
                )
            else:
                _console().print(creations.tree(destination.resolve().name, files))
                for part in networks.preview(architecture):
                    _console().print(part)
            return
        show_step = stack.enter_context(_progress(shown=not json))
        created = create_project(
            destination,
            checked,
            source,
            smoke=smoke,
            git=not no_git,
            tell=_interruptible(show_step),
        )
    if json:
        _print_json(creations.created_data(created) | networks.preview_data(architecture))
    elif _is_terminal(sys.stdout):
        for part in creations.created(created, checked):
            _console().print(part)
    else:
        for line in creations.created_lines(created, checked):
            print(line)
    if created.proof is not None and not created.works:
        _red(created.proof, json=json)


@app.command()
def preview(
    ctx: typer.Context,
    style: Style = None,
    sequential_form: SequentialForm = None,
    preset: Preset = None,
    blocks: Blocks = None,
    inputs: Inputs = None,
    towers: Towers = None,
    shared_tower: Shared = None,
    join: Join = None,
    outputs: Outputs = None,
    heads: Heads = None,
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
    svg: Annotated[
        Optional[Path],
        typer.Option("--svg", metavar="FILE", help="Draw it, as lego bricks, in a file."),
    ] = None,
    json: Json = False,
) -> None:
    """Show what a network would be: shapes and parameters, and no project written."""
    from keras_scaffold.answers import check_answers, suiting_dataset
    from keras_scaffold.projects import open_template
    from keras_scaffold.terminal.given import wanted_template
    from keras_scaffold.terminal.reports import networks

    wanted = wanted_template(template, template_ref, answers)
    with open_template(*wanted, to_render=False) as source:
        given = _given(ctx, answers)
        given = {"name": "preview", "dataset": suiting_dataset(given), **given}
        checked = check_answers(given, source.questions, size_limit=not no_size_limit)
    if svg:
        from keras_scaffold.pictures import write_svg

        write_svg(checked.architecture, svg)
    if json:
        data = networks.preview_data(checked.architecture)
        _print_json(data | ({"svg": str(svg)} if svg else {}))
        return
    for part in networks.preview(checked.architecture, layers=layers):
        _console().print(part)
    if svg:
        print(f"drawn in {svg}")


@app.command()
def smoke(
    project: Annotated[
        Path, typer.Argument(help="A project [the one of the present directory].")
    ] = Path("."),
    python: Python = None,
    json: Json = False,
) -> None:
    """Prove a project again: import, build, count, fit, save and reload."""
    from keras_scaffold.answers import read_project
    from keras_scaffold.project_files import project_of
    from keras_scaffold.projects import as_generated
    from keras_scaffold.proof import Smoke, Subject, choose_interpreter, model_files
    from keras_scaffold.terminal.reports import proofs

    project = project_of(project)
    with (
        Smoke(choose_interpreter(python, project)) as started,
        _progress(shown=not json) as tell,
    ):
        kept = read_project(project)
        unedited = as_generated(project, model_files(kept.package))
        subject = Subject(project, kept.package, kept.architecture, unedited, kept.onednn)
        proof = started.prove(subject, tell)
    if json:
        _print_json(proofs.proof_data(proof))
    else:
        _console().print(proofs.proof_table(proof))
    if not proof.works:
        _red(proof, json=json)


@app.command()
def update(
    ctx: typer.Context,
    projects: Annotated[
        Optional[list[Path]], typer.Argument(help="Projects [the present directory].")
    ] = None,
    style: Style = None,
    sequential_form: SequentialForm = None,
    preset: Preset = None,
    blocks: Blocks = None,
    inputs: Inputs = None,
    towers: Towers = None,
    shared_tower: Shared = None,
    join: Join = None,
    outputs: Outputs = None,
    heads: Heads = None,
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
    adopt: Annotated[
        bool,
        typer.Option(
            "--adopt", help="Take what is generated now for what was: where that is lost."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; change nothing.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Update though the smoke test fails.")
    ] = False,
    no_smoke: Annotated[bool, typer.Option("--no-smoke", help="Skip the proof.")] = False,
    python: Python = None,
    json: Json = False,
) -> None:
    """Bring projects up to date with their template and with new answers, keeping edits."""
    from contextlib import ExitStack

    from keras_scaffold.proof import Smoke, usual_interpreter
    from keras_scaffold.terminal.reports import updates
    from keras_scaffold.updating import Templates, Updater, Wishes, code

    paths = projects or [Path()]
    outcomes: list[Outcome] = []
    with ExitStack() as stack:
        smoke = None
        if no_smoke or dry_run:
            python = None
        else:
            smoke = stack.enter_context(Smoke(usual_interpreter(python, paths[0])))
        asks = not (json or defaults) and _interactive()
        show_step = stack.enter_context(_progress(shown=not (json or asks)))
        updater = Updater(
            _given(ctx, answers),
            stack.enter_context(Templates(template, template_ref, ctx.obj.copy)),
            Wishes(adopt=adopt, dry_run=dry_run, force=force, python=python),
            smoke=smoke,
            ask=_asking(size_limit=not no_size_limit) if asks else None,
            size_limit=not no_size_limit,
            tell=_interruptible(show_step),
        )
        for path in paths:
            done = f"{len(outcomes)} of {len(paths)} projects were done before"
            interruption.reopen(done if outcomes else "nothing was changed")
            outcomes.append(updater.update(path))
            interruption.check()  # an error may come of what a signal cut off
            if not json:
                _tell_outcome(outcomes[-1], dry_run=dry_run, several=len(paths) > 1)
    if json:
        _print_json(updates.outcomes_data(outcomes))
    elif len(paths) > 1:
        _console().print(updates.outcomes_table(outcomes, dry_run=dry_run))
    if worst := code(outcomes):
        raise typer.Exit(worst)


@app.command()
def check(
    ctx: typer.Context,
    projects: Annotated[
        Optional[list[Path]], typer.Argument(help="Projects [the present directory].")
    ] = None,
    outdated: Annotated[
        bool, typer.Option("--outdated", help="Fail if an update would change a file.")
    ] = False,
    modified: Annotated[
        bool, typer.Option("--modified", help="Fail if a generated file was edited.")
    ] = False,
    answers: AnswersFile = None,
    template: TemplateSource = None,
    template_ref: TemplateRef = None,
    json: Json = False,
) -> None:
    """Tell what an update would change, and what you changed; exit code 6 for a failure."""
    from keras_scaffold.terminal.given import given_answers
    from keras_scaffold.terminal.reports import checks, tables
    from keras_scaffold.updating import MODIFIED, NEVER_GOOD, OUTDATED, Project, Templates
    from keras_scaffold.updating import check_project as checked

    failing = NEVER_GOOD | (OUTDATED if outdated else set())
    failing |= MODIFIED if modified else set()
    paths = projects or [Path()]
    given = given_answers({}, answers)
    data: list[dict[str, Any]] = []
    worst = 0
    with Templates(template, template_ref, ctx.obj.copy) as templates:
        for path in paths:
            try:
                result = checked(Project.at(path), templates.of, given)
            except ScaffoldError as error:
                worst = max(worst, error.exit_code)
                data.append({"project": str(path), "errors": tables.problems(error)})
                if not json:
                    _tell_problems(error, path if len(paths) > 1 else None)
                continue
            if result.any_of(failing):
                worst = max(worst, DemandError.exit_code)
            data.append(checks.checked_data(result))
            if not json:
                _console().print(checks.checked_table(result))
    if json:
        _print_json(data)
    if worst:
        raise typer.Exit(worst)


@app.command()
def resolve(
    projects: Annotated[
        Optional[list[Path]],
        typer.Argument(help="Projects [all of this repository that need it]."),
    ] = None,
    json: Json = False,
) -> None:
    """Merge what updates on two branches left in conflict; exit code 5 if something is left."""
    from keras_scaffold.terminal.reports import resolutions, tables
    from keras_scaffold.updating.resolving import Resolution, elsewhere, in_conflict
    from keras_scaffold.updating.resolving import resolve as resolved

    outcomes: list[Resolution] = []
    data: list[dict[str, Any]] = []
    refused: list[Path] = []
    worst = 0
    for path in projects or in_conflict(Path()):
        try:
            made = resolved(path)
        except ScaffoldError as error:
            worst = max(worst, error.exit_code)
            refused.append(path)
            data.append({"project": str(path), "errors": tables.problems(error)})
            if not json:
                _tell_problems(error, path)
            continue
        worst = max(worst, made.exit_code)
        outcomes.append(made)
        data.append(resolutions.resolution_data(made))
    if rest := elsewhere(projects or [Path()], outcomes, refused):
        worst = max(worst, ConflictError.exit_code)
        data.append(resolutions.rest_data(rest))
    if json:
        _print_json(data)
    else:
        for line in resolutions.lines(outcomes, rest):
            print(line)
        if not data:
            print(resolutions.NOTHING)
    if worst:
        raise typer.Exit(worst)


@app.command()
def bricks(
    brick: Annotated[
        Optional[str],
        typer.Argument(
            help="One of them, with all its options.", autocompletion=options.bricks
        ),
    ] = None,
    json: Json = False,
) -> None:
    """List the bricks with their arguments and defaults."""
    from keras_scaffold.bricks import all_bricks, get_brick
    from keras_scaffold.terminal.reports import listings

    shown = [get_brick(brick)] if brick else [*all_bricks().values()]
    if json:
        _print_json(listings.bricks_data(shown))
    elif brick:
        _console().print(listings.brick_table(*shown))
    else:
        _console().print(listings.bricks_table(shown))


@app.command()
def presets(json: Json = False) -> None:
    """List the presets."""
    from keras_scaffold.bricks import PRESETS
    from keras_scaffold.terminal.reports import listings

    if json:
        _print_json(listings.presets_data(PRESETS.values()))
    else:
        _console().print(listings.presets_table(PRESETS.values()))


def _given(ctx: typer.Context, file: Path | None) -> dict[str, Any]:
    """The answers among a command's options, and those in the file."""
    from keras_scaffold.answers import OWN, SHORTHANDS
    from keras_scaffold.terminal.given import given_answers

    return given_answers({key: ctx.params[key] for key in (*OWN, *SHORTHANDS)}, file)


def _asking(*, size_limit: bool) -> Ask:
    """What asks for answers at the terminal."""
    from keras_scaffold.terminal.prompts.interview import ask

    def asked(answers: dict[str, Any], questions: Mapping[str, Question]) -> dict[str, Any]:
        name = str(answers.get("name"))
        return ask(answers, questions, name, _console().print, size_limit=size_limit)

    return asked


def _interactive() -> bool:
    return _is_terminal(sys.stdin) and _is_terminal(sys.stdout)


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream, which may be closed, is a terminal."""
    return stream is not None and stream.isatty()


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
    return console


@contextmanager
def _progress(*, shown: bool) -> Iterator[Callable[[str], None]]:
    """What tells of each step, on one line of a terminal, or tells nothing."""
    if not (shown and _is_terminal(sys.stderr)):
        yield lambda step: None
        return
    with _console(stderr=True).status("starting") as status:
        yield status.update


def _interruptible(show: Callable[[str], None]) -> Callable[[str], None]:
    """What shows each step unless a signal came; from the last one on it is too late."""
    from keras_scaffold.projects import LAST_STEP

    def tell(step: str) -> None:
        interruption.close() if step == LAST_STEP else interruption.check()
        show(step)

    return tell


def _tell_outcome(outcome: Outcome, *, dry_run: bool, several: bool) -> None:
    """Show what became of a project."""
    from keras_scaffold.terminal.reports import updates

    if outcome.updated:
        if _is_terminal(sys.stdout):
            for part in updates.updated(outcome.updated, dry_run=dry_run):
                _console().print(part)
        else:
            for line in updates.updated_lines(outcome.updated, dry_run=dry_run):
                print(line)
        if dry_run:
            print(outcome.updated.diff, end="")
        if outcome.updated.proof and not outcome.updated.works:
            _tell_red(outcome.updated.proof)
    if outcome.error:
        _tell_problems(outcome.error, outcome.path if several else None)


def _tell_problems(error: ScaffoldError, project: Path | None) -> None:
    """Show what is wrong with a project, which is named if it is one of several."""
    from keras_scaffold.terminal.reports import tables

    where = f"{project}: " if project else ""
    _tell_errors([where + problem for problem in tables.problems(error)], json=False)


def _print_json(data: Any) -> None:
    import json

    print(json.dumps(data, indent=2))


def _red(proof: Proof, *, json: bool) -> NoReturn:
    """End with the exit code of a failed proof, having said which check failed."""
    if not json:
        _tell_red(proof)
    raise typer.Exit(ProofError.exit_code)


def _tell_red(proof: Proof) -> None:
    failed = next(check for check in proof.checks if not check.ok)
    if failed.log:
        print(failed.log, file=sys.stderr)
    print(f"error: smoke test: {failed.name}: {failed.detail}", file=sys.stderr)
