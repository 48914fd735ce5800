"""The answers file, read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keras_scaffold.answers.answers import ONEDNN
from keras_scaffold.answers.completion import unanswered
from keras_scaffold.answers.reading import Reading
from keras_scaffold.errors import InputError
from keras_scaffold.git import has_markers
from keras_scaffold.network import GRAPH, Architecture
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
        raise InputError([f"answers file `{path}`: {error.strerror}"]) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError([f"answers file `{path}` is not YAML: {error}"]) from None
    if not isinstance(content, dict):
        raise InputError([f"answers file `{path}` holds no `key: value` lines"])
    return {str(key): value for key, value in content.items()}


@dataclass(frozen=True)
class KeptAnswers:
    """What the answers of a project that was made before tell of it."""

    package: str
    architecture: Architecture
    onednn: bool


def read_project(project: Path) -> KeptAnswers:
    """What a project keeps of its answers; raises InputError where they are wrong."""
    kept = ("package", "blocks", "input_shape", "classes", *GRAPH)
    if not (project / ANSWERS_FILE).is_file():
        raise InputError(
            f"`{project}` is no project that `scaffold new` made: there is no "
            f"{ANSWERS_FILE} in it; name another directory"
        )
    written = read_answers(project / ANSWERS_FILE)
    reading = Reading.of({key: written[key] for key in kept if key in written}, {})
    needed = ["package", *unanswered(written)]
    problems = reading.problems + [
        f"`{key}` is missing in `{project / ANSWERS_FILE}`"
        for key in needed
        if key not in written
    ]
    if problems or reading.architecture is None:
        raise InputError(problems)
    onednn = written.get(ONEDNN) is not False
    return KeptAnswers(reading.values["package"], reading.architecture, onednn)
