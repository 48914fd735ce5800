"""Projects as released versions made them; run this file to keep one of the present version."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

from keras_scaffold import __version__
from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.creation import generate
from keras_scaffold.templates.fetching import open_template

RELEASED = Path(__file__).with_name("released")
ANSWERS = {
    "name": "net",
    "style": "functional",
    "blocks": "cnn(4) maxpool(3) inception(4, 4) gap dropout(0.5)",
}


def keep(directory: Path) -> None:
    """Write the project of the present version."""
    rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    with open_template() as template:
        generate(template, check_answers(ANSWERS, template.questions), directory)


if __name__ == "__main__":
    keep(RELEASED / __version__)
