"""The answers file, read."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from keras_scaffold.answers.keys import NETWORK, ONEDNN, Key
from keras_scaffold.answers.reading import Reading
from keras_scaffold.errors import InputError
from keras_scaffold.git import has_markers
from keras_scaffold.network import Architecture
from keras_scaffold.project_files import ANSWERS_FILE


def read_answers(path: Path) -> dict[str, Any]:
    """The answers in a YAML file, unchecked; raises InputError for what holds none."""
    content = read_answers_file(path)
    return {key: value for key, value in content.items() if not key.startswith("_")}


def read_answers_file(path: Path) -> dict[str, Any]:
    """All that an answers file holds, with what tells its origin; raises InputError."""
    import yaml

    from keras_scaffold.safe_yaml import load

    try:
        text = path.read_text(encoding="utf-8")
        if has_markers(text.encode()):
            raise InputError(
                f"answers file `{path}` has conflict markers; run `scaffold resolve` while git "
                "merges, else resolve them by hand and commit it"
            )
        content = load(text)
    except OSError as error:
        raise InputError(f"answers file `{path}`: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"answers file `{path}` is not YAML: {error}") from None
    if not isinstance(content, dict):
        raise InputError(f"answers file `{path}` holds no `key: value` lines")
    return {str(key): value for key, value in content.items()}


class KeptAnswers(NamedTuple):
    """What the answers of a project that was made before tell of it."""

    package: str
    architecture: Architecture
    onednn: bool


def read_project(project: Path) -> KeptAnswers:
    """What a project keeps of its answers; raises InputError where they are wrong."""
    file = project / ANSWERS_FILE
    if not file.is_file():
        raise InputError(
            f"`{project}` is no project that `scaffold new` made: there is no "
            f"{ANSWERS_FILE} in it; name another directory"
        )
    kept = read_answers(file)
    read = (Key.PACKAGE, *NETWORK)
    reading = Reading({key: kept[key] for key in kept if key in read}, {})
    missing = [key for key in (Key.PACKAGE,) if key not in kept] + reading.unanswered
    problems = reading.problems + [f"`{key}` is missing in `{file}`" for key in missing]
    if problems or reading.architecture is None:
        raise InputError(problems)
    onednn = kept.get(ONEDNN) is not False
    return KeptAnswers(reading.values[Key.PACKAGE], reading.architecture, onednn)
