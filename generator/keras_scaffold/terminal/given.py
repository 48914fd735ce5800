"""Answers from flags, a file and prompts, put together and checked once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from keras_scaffold.answers import (
    OWN,
    UNASKED,
    Answers,
    Found,
    Key,
    Question,
    Reading,
    check_reading,
    default_project_name,
    defined_anew,
    missing_flags,
    read_answers,
    read_answers_file,
    replace_answers,
)
from keras_scaffold.bricks import definition_texts
from keras_scaffold.errors import InputError, TemplateError
from keras_scaffold.templates import QUESTIONS, find_template


def given_answers(flags: Mapping[str, Any], file: Path | None) -> dict[str, Any]:
    """What was given: flags before the file, options that were not given left out.

    A name by flag also replaces the package that the file names.
    """
    given = {key: value for key, value in flags.items() if value not in (None, [], ())}
    if Key.BRICKS in given:
        files = map(read_definitions_file, given[Key.BRICKS])
        given[Key.BRICKS] = [definition for file in files for definition in file]
    written = replace_answers(read_answers(file), given) if file else {}
    if Key.NAME in given:
        written.pop(Key.PACKAGE, None)
    return {**written, **given, **defined_anew(written, given)}


IN_QUOTES = "bricks with a colon in them, as `lambda i:` has, stand in quotes"


def read_definitions_file(path: Path) -> list[str]:
    """The definitions that a YAML file holds; raises InputError for what holds none."""
    import yaml

    from keras_scaffold.safe_yaml import load

    try:
        content = load(path.read_bytes())
    except OSError as error:
        raise InputError(f"--bricks: `{path}`: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        quotes = "" if b"lambda" not in path.read_bytes() else f"; {IN_QUOTES}"
        raise InputError(f"--bricks: `{path}` is not YAML: {error}{quotes}") from None
    if not isinstance(content, dict | list) or not content:
        raise InputError(
            f"--bricks: `{path}` holds no definitions; write e.g. "
            "`wide(filters): skip(cnn(filters) cnn(filters))` in a line of it"
        )
    return definition_texts(content)


def with_data(
    given: Mapping[str, Any], flags: Mapping[str, Any], found: Found
) -> dict[str, Any]:
    """What was given, and the dataset that --data implies.

    A file says nothing of other data: what it holds of its own is left out.
    """
    of_data = (Key.DATASET, Key.CLASSES)
    kept = {
        key: given[key] for key in given if key not in of_data or flags.get(key) is not None
    }
    return {Key.DATASET: found.dataset, **kept}


def wanted_template(
    source: str | None, ref: str | None, file: Path | None
) -> tuple[str | None, str | None]:
    """The template that was asked for, or the one of the project whose answers are in the file."""
    kept = read_answers_file(file) if file else {}
    return find_template(source, ref, kept) if "_template" in kept else (source, ref)


def checked_answers(
    given: Mapping[str, Any],
    questions: Mapping[str, Question],
    destination: Path,
    *,
    show: Callable[[Any], None] | None,
    defaults: bool,
    size_limit: bool,
    beside: Sequence[str] = (),
    found: Found | None = None,
) -> Answers:
    """The answers to make a project from.

    What is missing takes its default if `defaults`, is asked for if there is a terminal to
    `show` things on, and is an InputError otherwise, with what is wrong `beside` the answers.
    What was `found` of the user's own images answers what is not given; of the shape it is the
    default where that is asked for.
    """
    from keras_scaffold.projects import destination_problems  # and all that writes one

    reading = Reading(given, questions)
    needed = [key for key in OWN if key not in UNASKED or key in reading.given]
    if absent := [key for key in needed if key not in questions]:
        raise TemplateError(
            f"the template does not ask `{'`, `'.join(absent)}`; let its {QUESTIONS} ask it "
            "as the built-in one does"
        )
    name = default_project_name(destination.resolve().name)
    problems = [*destination_problems(destination), *beside]
    if found:
        problems += found.problems(reading)
        if defaults or show is None:
            reading = found.completed(reading)
    if not defaults and show is None:
        problems += [
            f"{flags} is missing; give it, or take every default with --defaults"
            for flags in missing_flags(reading)
        ]
    elif not defaults and show:
        from keras_scaffold.terminal.prompts.interview import ask

        problems += reading.problems
        if not problems:
            answered = ask(
                given, questions, name, show=show, size_limit=size_limit, found=found
            )
            reading = reading.completed(answered)
            problems += found.problems(reading) if found else []
    try:
        checked = check_reading(reading.completed({Key.NAME: name}), size_limit=size_limit)
    except InputError as error:
        problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        raise InputError(problems)
    return checked
