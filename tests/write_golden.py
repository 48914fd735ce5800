"""The projects that are kept as a reviewer can read them; run this file to write them anew."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template

GOLDEN = Path(__file__).with_name("golden")
PROJECTS = {
    "final-model-functional": {"style": "functional"},
    "folder-subclassing": {
        "style": "subclassing",
        "dataset": "folder",
        "blocks": "conv(16, activation=gelu) cnn(32, stride=2, name='stem') avgpool(2) "
        "flatten batchnorm dense(64) dropout(0.25)",
        "input_shape": "32x48x3",
        "classes": "4",
    },
    "fashion-sequential-add": {
        "style": "sequential",
        "sequential_form": "add",
        "dataset": "fashion_mnist",
        "width_multiplier": "0.5",
        "preset": "final-model",
    },
}


def write(name: str, directory: Path) -> None:
    """Render the golden project of this name into `directory`."""
    with open_template() as template:
        answers = check_answers({"name": name, **PROJECTS[name]}, template.questions)
        render(template, answers, directory)


if __name__ == "__main__":
    rmtree(GOLDEN, ignore_errors=True)
    for project in PROJECTS:
        write(project, GOLDEN / project)
