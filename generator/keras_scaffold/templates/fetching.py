"""Where templates come from: the installed one, a directory, or a git repository."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import Error as SeveralErrors
from shutil import copy as copy_file
from shutil import copytree, ignore_patterns, rmtree
from tempfile import TemporaryDirectory
from typing import Any

from keras_scaffold.bricks import outside_templates
from keras_scaffold.copying import Copy
from keras_scaffold.copying import copy as copy_here
from keras_scaffold.errors import InputError, TemplateError
from keras_scaffold.git import SUBMODULE, try_git
from keras_scaffold.templates.template import BRICKS, BUILT_IN, QUESTIONS, Template

PACKAGED = Path(__file__).parents[1] / "_template"
CHECKOUT = Path(__file__).parents[3]
NOT_TEMPLATE = (".git", ".venv", "venv", "node_modules", "__pycache__", ".DS_Store")
NO_ACCESS = "Could not read from remote repository"
"""What git says where it is a program such as ssh that failed, and has said why."""
URL = re.compile(r"[a-z+]+://|[^/:]{2,}:")
"""How an address begins: by a scheme, or by a host or its alias; one letter is a drive."""


@contextmanager
def open_template(
    source: str | None = None,
    ref: str | None = None,
    *,
    to_render: bool = True,
    copy: Copy | None = None,
) -> Iterator[Template]:
    """The template at `source`, a directory or git URL at `ref`; built in when None.

    One that is not `to_render`, but to be asked for its questions, is not copied for Copier.
    Raises TemplateError where there is none, InputError for a ref of the built-in one.
    """
    if source == BUILT_IN and not Path(source).exists():  # as answers call it
        source = None
    if source is None and ref is not None:
        raise InputError(
            f"--template-ref: `{ref}` is a state of a template in git, and the built-in "
            "one has none; give its address with --template"
        )
    if source is None and not to_render:
        yield Template(installed(), BUILT_IN)
        return
    added = outside_templates()
    if source is None and PACKAGED.is_dir() and not added:
        yield Template(PACKAGED, BUILT_IN, copy=copy or copy_here)
        return
    with TemporaryDirectory(prefix="scaffold-template-") as temporary:
        root = Path(temporary) / "template"
        template = _fetched(source, ref, root)
        for path in added:
            if not (root / BRICKS / path.name).exists():
                (root / BRICKS).mkdir(parents=True, exist_ok=True)
                copy_file(path, root / BRICKS)
        yield replace(template, copy=copy or copy_here)


def installed() -> Path:
    """Where the built-in template lies: in the wheel, or in the checkout."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


def _fetched(source: str | None, ref: str | None, root: Path) -> Template:
    """The template at `source`, copied to `root`."""
    if source is None:
        origin = installed()
        root.mkdir()
        copytree(origin / "template", root / "template")
        copy_file(origin / QUESTIONS, root)
        return Template(root, BUILT_IN)
    if ref is None and Path(source).is_dir():
        _copy(Path(source).resolve(), root)
        return Template(root, _name(Path(source)))
    commit, submodules = _clone(source, ref, root)
    template = Template(root, _portable(source), ref, commit)
    if lacking := [path for path in submodules if template.holds(path)]:
        raise TemplateError(
            f"template `{template.label}` has the submodule `{lacking[0]}`, which is not "
            "fetched with it; take its files into the template, or give a directory that has "
            "them"
        )
    return template


def _portable(source: str) -> str:
    """What the answers file tells of a repository: no path of this machine, no password."""
    if Path(source).exists() or source.startswith("file:"):
        return _name(Path(source))
    return without_password(source)


def _name(directory: Path) -> str:
    """A directory's name, which cannot be taken for an address."""
    name = directory.resolve().name
    return f"./{name}" if URL.match(name) else name


def find_template(
    source: str | None, ref: str | None, recorded: Mapping[str, Any]
) -> tuple[str | None, str | None]:
    """Source and ref of the template that was asked for, or that a project was made from.

    Raises InputError for a directory, of whose place nothing was recorded.
    """
    if source is not None:
        return source, ref
    source, its_ref = recorded.get("_template"), recorded.get("_template_ref")
    if source == BUILT_IN:
        return None, ref
    if not isinstance(source, str) or not URL.match(source):
        raise InputError(
            f"the project was made from the template `{source}`, a directory whose place "
            "its answers do not keep; give it with --template"
        )
    return source, ref or (str(its_ref) if its_ref else None)


def without_password(source: str) -> str:
    """A repository's address as it may be shown; over SSH the user is a part of it."""
    if re.match(r"(git\+)?ssh://", source):
        return re.sub(r"(?<=://)([^/:@]*):[^/]*@", r"\1@", source)
    return re.sub(r"(?<=://)[^/]*@", "", source)


def _copy(directory: Path, root: Path) -> None:
    """Copy what a template needs, without .git: else Copier would take the latest tag."""
    if not (directory / QUESTIONS).is_file():
        raise TemplateError(f"template `{directory}` has no {QUESTIONS}; name another")
    try:
        copytree(directory, root, symlinks=True, ignore=_ignored(directory))
    except SeveralErrors as errors:
        place, _, why = errors.args[0][0]
        raise TemplateError(f"template `{directory}`: {place}: {why}") from None


def _reason(errors: str) -> str:
    """Why git could not fetch, without the advice that it adds below."""
    lines = [line.strip() for line in errors.strip().partition("\n\n")[0].splitlines()]
    lines = [line for line in lines if line and not line.startswith("warning:")]
    why = [line for line in lines if NO_ACCESS not in line] or lines
    return "; ".join(why[-2:]) or "git clone failed"


def _ignored(directory: Path) -> Callable[[str, list[str]], set[str]]:
    """Tells what is no part of a template: what its own git ignores, and the like."""
    listed = ("ls-files", "-z", "--others", "--ignored", "--directory")
    own = ("-c", f"core.excludesFile={os.devnull}")
    try:
        done = try_git(*own, *listed, "--exclude-standard", inside=directory)
        paths = done.stdout.split("\0")[:-1]
    except FileNotFoundError:  # no git, which so ignores nothing
        paths = []
    ignored = {os.path.join(directory, path.rstrip("/")) for path in paths}
    if str(directory / QUESTIONS) in ignored or f"{directory}/." in ignored:
        ignored = set()  # of a repository around it, to which it is nothing
    usual = ignore_patterns(*NOT_TEMPLATE)
    return lambda place, names: usual(place, names) | {
        name for name in names if os.path.join(place, name) in ignored
    }


def _clone(source: str, ref: str | None, root: Path) -> tuple[str, list[str]]:
    """Fetch the repository's files; gives their commit, and the submodules, which are not."""
    shown = without_password(source)
    options = ["--quiet", "--template=", "--depth", "1"]
    options += ["--branch", ref] if ref else []
    try:
        done = try_git("clone", *options, "--", source, str(root))
    except FileNotFoundError:
        raise TemplateError(
            f"template `{shown}` cannot be fetched without git; install git"
        ) from None
    if done.returncode:
        reason = _reason(without_password(done.stderr))
        way = (
            f"give a directory with a {QUESTIONS}, or a git URL and, with --template-ref, "
            "one of its branches or tags"
        )
        if NO_ACCESS in done.stderr:
            way = f"see whether `git ls-remote {shown}` works, and mend that first"
        raise TemplateError(f"template `{shown}` cannot be fetched ({reason}); {way}")
    if not (root / QUESTIONS).is_file():
        raise TemplateError(f"template `{shown}` has no {QUESTIONS}; name another")
    commit = try_git("rev-parse", "HEAD", inside=root).stdout.strip()
    entries = try_git("ls-files", "-z", "--stage", inside=root).stdout.split("\0")[:-1]
    rmtree(root / ".git")
    return commit, [entry.split("\t", 1)[1] for entry in entries if entry[:6] == SUBMODULE]
