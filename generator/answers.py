"""What was asked for: every answer checked the same way, wherever it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator import presets
from generator.architecture import Architecture, size_problems
from generator.datasets import (
    OF_NAMES,
    decided_classes,
    default_shape,
    for_names,
    usual_dataset,
)
from generator.errors import InputError
from generator.markers import has_markers
from generator.names import package_name
from generator.plan import GRAPH, Plan
from generator.planning import (
    leaves_classes_open,
    leaves_shape_open,
    named,
    recorded,
    shapes_in,
)
from generator.presets import DEFAULT_PRESET, PRESETS, told
from generator.reading import (
    OWN,
    SHORTHANDS,
    Given,
    Questions,
    Reading,
    graph,
)

ANSWERS_FILE = ".copier-answers.yml"
ASKED = {
    "style": "--style",
    "blocks": "--preset or --blocks",
    "dataset": "--dataset",
    "input_shape": "--input-shape",
    "classes": "--classes",
}
"""What nothing is made without unless defaults are wanted, in the order of the questions."""
ONEDNN = "onednn"
"""The question that nobody is asked: it is answered where a proof crashes."""


@dataclass(frozen=True)
class Answers:
    """Checked answers, and the architecture that they tell."""

    style: str
    sequential_form: str
    dataset: str
    name: str
    package: str
    architecture: Architecture
    network: Mapping[str, Any]
    """The answers that tell the architecture, as they are kept."""
    extra: Mapping[str, Any]
    """Answers to questions that only a team's own template asks."""
    secrets: frozenset[str] = frozenset()
    """Of these, the questions whose answers are to be in no commit."""

    @property
    def plan(self) -> Plan:
        """What the architecture was put together from."""
        return self.architecture.plan

    @property
    def onednn(self) -> bool:
        """Whether the project lets TensorFlow use oneDNN: unless that was seen to crash."""
        return self.extra.get(ONEDNN) is not False

    def without_onednn(self) -> Answers:
        """The same answers for a project that turns oneDNN off."""
        return replace(self, extra={**self.extra, ONEDNN: False})

    @property
    def secret(self) -> dict[str, Any]:
        """The answers that are to be in no commit."""
        return {key: self.extra[key] for key in sorted(self.secrets)}

    def recorded(self) -> dict[str, Any]:
        """The answers as Copier takes and remembers them."""
        return {
            "style": self.style,
            "sequential_form": self.sequential_form,
            **self.network,
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
class Kept:
    """What the answers of a project that was made before tell of it."""

    package: str
    architecture: Architecture
    onednn: bool


def project_of(directory: Path) -> Path:
    """The project that a directory is in; the directory itself if it is in none."""
    places = [directory, *directory.absolute().parents]
    return next((place for place in places if (place / ANSWERS_FILE).is_file()), directory)


def read_project(project: Path) -> Kept:
    """What a project keeps of its answers; raises InputError where they are wrong."""
    kept = ("package", "blocks", "input_shape", "classes", *GRAPH)
    if not (project / ANSWERS_FILE).is_file():
        raise InputError(
            f"`{project}` is no project that `scaffold new` made: there is no "
            f"{ANSWERS_FILE} in it; name another directory"
        )
    written = read_file(project / ANSWERS_FILE)
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
    return Kept(reading.values["package"], reading.architecture, onednn)


def replaced(kept: Given, given: Given) -> dict[str, Any]:
    """What was `kept`, without that for which something else is `given`.

    Bricks replace a preset and the multiplier of its widths, a preset all that tells a
    network, a shared tower all towers; a shape or a number of classes that no input or
    output takes any longer is left out.
    """
    gone: set[str] = set()
    if "blocks" in given:
        gone.update(("preset", "width_multiplier"))
    if "preset" in given:
        gone.update(("blocks", *SHORTHANDS, *GRAPH))
        preset = PRESETS.get(str(given["preset"]))
        if for_names(kept.get("dataset")) or (preset and preset.graph):
            gone.add("dataset")
    if "shared_tower" in given or "towers" in given:
        gone.update(("shared_tower", "towers"))
    left = {key: value for key, value in kept.items() if key not in gone}
    left = {**left, **still_named(left, given)}
    wanted = unanswered(
        {"blocks": [], **{key: left[key] for key in left if key in GRAPH}, **given}
    )
    for key in ("input_shape", "classes"):
        if key not in given and key not in wanted:
            left.pop(key, None)
    return left


def still_named(kept: Given, given: Given) -> dict[str, Any]:
    """Of kept towers, heads and join what suits the inputs and outputs `given`."""
    new = Reading.of({key: given[key] for key in ("inputs", "outputs") if key in given}, {})
    old = Reading.of({key: kept[key] for key in ("towers", "heads") if key in kept}, {})
    left: dict[str, Any] = {}
    if "inputs" in new.values and "towers" in old.values:
        inputs = [name for name, _ in new.values["inputs"]]
        towers = [
            replace(tower, inputs=tuple(name for name in tower.inputs if name in inputs))
            for tower in old.values["towers"]
        ]
        left["towers"] = recorded({"towers": [one for one in towers if one.inputs]}).get(
            "towers"
        )
    if "outputs" in new.values and "heads" in old.values:
        outputs = [output.name for output in new.values["outputs"]]
        heads = [head for head in old.values["heads"] if head[0] in outputs]
        left["heads"] = recorded({"heads": heads}).get("heads")
    if len(new.values.get("inputs", ())) == 1:
        left["join"] = None
    return left


def missing(given: Given, questions: Questions) -> list[str]:
    """The flags of questions that have to be asked and were not answered.

    A dataset that is known decides how many classes there are, but for one's own images.
    """
    flags = dict(ASKED)
    wanted = {"style", "dataset", *unanswered(given)} - given.keys()
    dataset, known = given.get("dataset"), questions["dataset"].choices.values()
    if {"dataset", "classes"} <= wanted:
        flags["dataset"] += " (and --classes for images of your own)"
        wanted.remove("classes")
    elif decided_classes(dataset) or (known and dataset not in known):
        wanted.discard("classes")
    return [told for key, told in flags.items() if key in wanted]


def unanswered(given: Given) -> list[str]:
    """Of what every network needs, the keys that are not answered in one way or another."""
    given = told(given)
    alone: dict[str, Any] = {
        key: given[key] for key in ("inputs", "outputs") if key in given
    }
    values = Reading.of(alone, {}).values
    answered = {
        "blocks": "preset" in given or graph(given),
        "input_shape": not leaves_shape_open(values),
        "classes": not leaves_classes_open(values),
    }
    return [key for key in answered if not (answered[key] or key in given)]


def suiting(given: Given) -> str:
    """A dataset that suits a network of any sizes."""
    return OF_NAMES if named(told(given)) else "folder"


def with_defaults(given: Given, questions: Questions) -> dict[str, Any]:
    """`given`, which holds a name, and the default of every other question of OWN."""
    wanted = unanswered(given)
    defaults = {
        key: asked.default
        for key, asked in questions.items()
        if key in OWN
        and asked.default is not None
        and (key in wanted or key not in ("blocks", "input_shape", "classes", *GRAPH))
    }
    if "blocks" in wanted:
        defaults["preset"] = DEFAULT_PRESET
    preset = PRESETS.get(str(given.get("preset")))
    if preset and (preset.graph or not named(told(given))):
        defaults["dataset"] = preset.dataset
    elif named(told(given)):
        defaults["dataset"] = OF_NAMES
    shape = default_shape(given.get("dataset")) or presets.default_shape(
        given.get("preset")
    )
    if shape and "input_shape" in wanted:
        defaults["input_shape"] = shape
    if "classes" in wanted and (classes := decided_classes(given.get("dataset"))):
        defaults["classes"] = classes
    if "dataset" in defaults:
        sizes = {**told(given), **defaults, **given}
        asked: dict[str, Any] = {
            key: sizes[key] for key in ("inputs", "input_shape") if key in sizes
        }
        shapes = shapes_in(Reading.of(asked, {}).values)
        defaults["dataset"] = usual_dataset(defaults["dataset"], shapes)
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
        dataset=read["dataset"],
        name=read["name"],
        package=read["package"],
        architecture=architecture,
        network=recorded(read),
        extra={key: read[key] for key in questions if key in read and key not in OWN},
        secrets=frozenset(
            key for key in questions if key in read and questions[key].secret
        ),
    )
