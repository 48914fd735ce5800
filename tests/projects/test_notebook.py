"""Notebooks of a template: told as Python in cells, and written as Jupyter itself writes them."""

from __future__ import annotations

import nbformat
import pytest

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.errors import TemplateError
from keras_scaffold.projects.notebook import to_notebook
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template

CELLS = """\
# %% [markdown]
# # Naïve “{{ name }}”
#
# It is told.

# %%
import keras
def double( x ):
    return 2*x

# %% [parameters]
epochs = 3
# %%
# a comment alone

# %%
import keras
"""


@pytest.fixture
def written(team_files, tmp_path):
    """Writes the notebook that a team's template makes of a file, as text."""

    def write(text, name="told.ipynb.jinja"):
        (team_files / name).write_text(text, encoding="utf-8")
        with open_template(str(team_files.parents[1])) as template:
            answers = check_answers({"name": "net", "blocks": "gap"}, template.questions)
            render(template, answers, tmp_path / "made")
        return (tmp_path / "made" / "told.ipynb").read_text(encoding="utf-8")

    return write


def test_cells(written):
    """Each mark begins a cell, formatted as Python is, of which nothing was run."""
    notebook = nbformat.reads(written(CELLS), as_version=4)

    nbformat.validate(notebook)
    assert [(cell.cell_type, cell.source) for cell in notebook.cells] == [
        ("markdown", "# Naïve “net”\n\nIt is told."),
        ("code", "import keras\n\n\ndef double(x):\n    return 2 * x"),
        ("code", "epochs = 3"),
        ("code", "# a comment alone"),
        ("code", "import keras"),
    ]
    assert [cell.metadata.get("tags") for cell in notebook.cells] == [
        *(None, None, ["parameters"], None, None)
    ]
    assert all(not cell.outputs for cell in notebook.cells[1:])


def test_as_jupyter_saves_it(written):
    """A notebook that Jupyter opens and saves is the same text."""
    text = written(CELLS)

    assert nbformat.writes(nbformat.reads(text, as_version=4)) + "\n" == text


def test_names_of_cells():
    """A cell is called by its first words, each by a name of its own, wherever it stands."""
    cells = (
        "# %%\nimport keras\n# %% [markdown]\n# ## Ünï: 5 %\n# %%\n!\n# %%\nimport keras\n"
    )

    def names(text):
        return [cell.id for cell in nbformat.reads(to_notebook(text), as_version=4).cells]

    assert names(cells) == ["import-keras", "n-5", "cell", "import-keras-2"]
    assert names("# %%\nmore\n" + cells) == ["more", *names(cells)]


@pytest.mark.parametrize("name", ["told.ipynb.jinja", "told.ipynb"])
def test_whole_already(name, written):
    """A notebook that is one already stays as the template has it."""
    whole = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'

    assert written(whole, name) == whole


def test_no_python(written):
    """Cells that Black cannot parse are the template's fault, and that is told."""
    with pytest.raises(TemplateError, match=r"made `told.ipynb`, which is not Python: "):
        written("# %%\n%matplotlib inline\n")
