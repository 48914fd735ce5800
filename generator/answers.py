"""What was asked for: every answer checked the same way, wherever it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import presets
from generator.architecture import Architecture, size_problems
from generator.brick import Brick
from generator.datasets import default_shape
from generator.errors import InputError
from generator.layer import Shape, shape_text
from generator.names import package_name
from generator.presets import DEFAULT_PRESET
from generator.reading import ASKED, OWN, Given, Questions, Reading, flag

ANSWERS_FILE = ".copier-answers.yml"


@dataclass(frozen=True)
class Answers:
    """Checked answers, and the architecture that they tell."""

    style: str
    sequential_form: str
    bricks: tuple[Brick, ...]
    input_shape: Shape
    classes: int
    dataset: str
    name: str
    package: str
    architecture: Architecture
    extra: Mapping[str, Any]
    """Answers to questions that only a team's own template asks."""

    def recorded(self) -> dict[str, Any]:
        """The answers as Copier takes and remembers them."""
        return {
            "style": self.style,
            "sequential_form": self.sequential_form,
            "blocks": [str(brick) for brick in self.bricks],
            "input_shape": shape_text(self.input_shape),
            "classes": self.classes,
            "dataset": self.dataset,
            "name": self.name,
            "package": self.package,
            **self.extra,
        }


def read_file(path: Path) -> dict[str, Any]:
    """The answers in a YAML file, unchecked; raises InputError for what holds none."""
    content = read_yaml(path)
    return {key: value for key, value in content.items() if not key.startswith("_")}


def read_yaml(path: Path) -> dict[str, Any]:
    """All that an answers file holds, with what tells its origin; raises InputError."""
    import yaml

    from generator.safe_yaml import load

    try:
        content = load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError([f"answers file `{path}`: {error.strerror}"]) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError([f"answers file `{path}` is not YAML: {error}"]) from None
    if not isinstance(content, dict):
        raise InputError([f"answers file `{path}` holds no `key: value` lines"])
    return {str(key): value for key, value in content.items()}


def read_project(project: Path) -> tuple[str, Architecture]:
    """The package and the architecture of a project that was made before.

    Raises InputError where its answers are missing or wrong.
    """
    kept = ("package", "blocks", "input_shape", "classes")
    if not (project / ANSWERS_FILE).is_file():
        raise InputError(
            f"`{project}` is no project that `scaffold new` made: there is no "
            f"{ANSWERS_FILE} in it; name another directory"
        )
    written = read_file(project / ANSWERS_FILE)
    reading = Reading.of({key: written[key] for key in kept if key in written}, {})
    problems = reading.problems + [
        f"`{key}` is missing in `{project / ANSWERS_FILE}`"
        for key in kept
        if key not in written
    ]
    if problems or reading.architecture is None:
        raise InputError(problems)
    return reading.values["package"], reading.architecture


def missing(given: Given) -> list[str]:
    """The flags of questions that have to be asked and were not answered."""
    told = "--preset or --blocks"
    return [
        told if key == "blocks" else flag(key)
        for key in ASKED
        if key not in given and not (key == "blocks" and "preset" in given)
    ]


def with_defaults(given: Given, questions: Questions) -> dict[str, Any]:
    """`given`, which holds a name, and the default of every other question of OWN."""
    defaults = {
        key: asked.default
        for key, asked in questions.items()
        if key in OWN and asked.default is not None
    }
    if "blocks" not in given:
        defaults["preset"] = DEFAULT_PRESET
    shape = default_shape(given.get("dataset")) or presets.default_shape(
        given.get("preset")
    )
    if shape:
        defaults["input_shape"] = shape
    return {**defaults, "package": package_name(str(given["name"])), **given}


def check(given: Given, questions: Questions, *, size_limit: bool = True) -> Answers:
    """The answers that `given` and the defaults amount to.

    Raises InputError with all that is wrong; so do absurd sizes if there is a limit.
    """
    reading = Reading.of(with_defaults(given, questions), questions)
    architecture = reading.architecture
    if size_limit and architecture:
        reading.problems += size_problems(architecture)
    if reading.problems or architecture is None:
        raise InputError(reading.problems)
    read = reading.values
    return Answers(
        style=read["style"],
        sequential_form=read["sequential_form"],
        bricks=tuple(read["blocks"]),
        input_shape=read["input_shape"],
        classes=read["classes"],
        dataset=read["dataset"],
        name=read["name"],
        package=read["package"],
        architecture=architecture,
        extra={key: read[key] for key in questions if key in read and key not in OWN},
    )
