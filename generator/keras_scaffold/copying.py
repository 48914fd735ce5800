"""Copier, as this tool calls it: here, or in a process that imports it while others work."""

from __future__ import annotations

import gc
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from traceback import extract_tb, format_exc
from typing import Any

from keras_scaffold.errors import BugError, ScaffoldError, TemplateError

Copy = Callable[[Path, str, Mapping[str, Any], Path], None]
"""Renders a template: its root, its label in errors, its values, the directory to make."""
REFUSED = re.compile(
    r"""(?:Validation error for question|Invalid choice for|Invalid answer .* to question|"""
    r"""Question) ['"](\w+)['"]"""
)
"""How Copier begins to say that an answer is wrong or missing, and which one."""
ANSWER = b"\0answer\n"
"""A line before each answer: a Python may print something of its own when it starts."""
MISSING = "is required"
"""How it ends where one is missing."""
START = "import sys; sys.path.append(sys.argv[1]); from keras_scaffold.copying import main; main()"


class RefusedAnswer(ScaffoldError):
    """An answer that Copier refuses, or misses, by the template's own rules."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(key, why)
        self.key, self.why = key, why

    def __str__(self) -> str:
        return self.why

    @property
    def missing(self) -> bool:
        """Whether there is none."""
        return self.why.endswith(MISSING)


def copy(root: Path, label: str, data: Mapping[str, Any], directory: Path) -> None:
    """Let Copier render a template, which nothing is asked for and no program runs for.

    Raises TemplateError for one that cannot be rendered, RefusedAnswer for an answer that
    it refuses or misses.
    """
    from copier import Settings, run_copy
    from copier.errors import CopierError, UnsafeTemplateError
    from jinja2 import TemplateError as JinjaError
    from jinja2 import TemplateSyntaxError
    from plumbum import local

    try:
        # without a PATH, or it asks git, of each file, what it is
        with local.env(PATH=os.devnull), _compiled_once():
            run_copy(
                str(root),
                directory,
                data=dict(data),
                defaults=True,
                overwrite=True,
                quiet=True,
                settings=Settings(),
            )
    except TemplateSyntaxError as error:
        place = f"{error.name or error.filename}, line {error.lineno}"
        raise TemplateError(f"template `{label}`: {place}: {error}") from None
    except UnsafeTemplateError:
        raise TemplateError(
            f"template `{label}` wants to run code of its own, which is never done; "
            "take tasks, migrations and Jinja extensions out of its copier.yml"
        ) from None
    except Exception as error:
        if refused := REFUSED.match(str(error)):
            raise RefusedAnswer(refused[1], str(error)) from None
        if broken := _broken_links(root):
            raise TemplateError(
                f"template `{label}`: `{broken[0]}` is a link to nothing in it; mend "
                "that, or keep links as they are by `_preserve_symlinks: true` in copier.yml"
            ) from None
        place = _place(error, root)
        if not place and not isinstance(
            error, CopierError | JinjaError | ValueError | TypeError | AssertionError
        ):
            raise
        why = str(error) or f"Copier cannot make it ({type(error).__name__})"
        raise TemplateError(f"template `{label}`: {place}{why}") from error


@contextmanager
def ahead() -> Iterator[Copy]:
    """A process that imports Copier, which takes a third of a second, while others work.

    Where it has been imported here, none is needed.
    """
    if "copier" in sys.modules:
        yield copy
        return
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", START, str(Path(__file__).parents[1])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for us; we end it
    )
    try:
        yield partial(_copy_there, process)
    finally:
        process.kill()
        process.communicate()


def _copy_there(
    process: subprocess.Popen[bytes],
    root: Path,
    label: str,
    data: Mapping[str, Any],
    directory: Path,
) -> None:
    """The same as `copy`, in that process; Black, which is next, is imported meanwhile.

    Raises BugError where the process ends before it answers; what is asked afterwards is done
    here.
    """
    assert process.stdin and process.stdout
    if process.poll() is not None:
        return copy(root, label, data, directory)
    try:
        pickle.dump((root, label, data, directory.resolve()), process.stdin)
        process.stdin.flush()
        import black  # noqa: F401

        while (line := process.stdout.readline()) != ANSWER:
            if not line:
                raise EOFError
        error = pickle.load(process.stdout)
    except (BrokenPipeError, EOFError):
        code = process.wait()
        raise BugError(f"the process that renders ended with exit code {code}") from None
    except BaseException:  # such as Ctrl-C: it must not write where others clean up
        process.kill()
        process.wait()
        raise
    if error:
        raise error


def main() -> None:
    """Render what is asked for by standard input, until nobody asks any more.

    If the one who asks ends meanwhile, even by a signal that lets it do nothing, so does this.
    """
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody else's words
    requests: SimpleQueue[tuple[Path, str, dict[str, Any], Path]] = SimpleQueue()
    Thread(target=_listen, args=[requests], daemon=True).start()
    gc.disable()  # importing and rendering leave no garbage: a twelfth faster
    import copier  # noqa: F401

    while True:
        request = requests.get()
        error: Exception | None = None
        try:
            copy(*request)
        except (ScaffoldError, OSError) as expected:
            error = expected
        except Exception:  # noqa: BLE001 - it is told where somebody sees it
            error = BugError(format_exc())
        replies.write(ANSWER)
        pickle.dump(error, replies)
        replies.flush()


def _listen(requests: SimpleQueue[Any]) -> None:
    """Take requests, and end the process with the one who makes them."""
    with suppress(EOFError):
        while True:
            requests.put(pickle.load(sys.stdin.buffer))
    os._exit(0)


def _broken_links(root: Path) -> list[str]:
    """The links of a template that lead nowhere."""
    links = [path for path in sorted(root.rglob("*")) if path.is_symlink()]
    return [path.relative_to(root).as_posix() for path in links if not os.path.exists(path)]


@contextmanager
def _compiled_once() -> Iterator[None]:
    """While Jinja compiles a text once.

    Copier has the name of the answers file, and each part of each file's path, compiled
    anew for every file: four times as many texts as there are.
    """
    from jinja2 import Environment

    compiling = Environment.from_string
    Environment.from_string = cache(compiling)  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        Environment.from_string = compiling  # type: ignore[method-assign]


def _place(error: Exception, root: Path) -> str:
    """Where in the template's files an error arose, if it did in one of them."""
    frames = [
        frame
        for frame in extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(root)
    ]
    if not frames:
        return ""
    return f"{Path(frames[-1].filename).relative_to(root)}, line {frames[-1].lineno}: "
