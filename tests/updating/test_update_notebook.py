"""Updates of a project's notebook, which its user has run and written in."""

import nbformat
import pytest

from tests.repositories import commit, git, replace

OTHER = ("--blocks", "cnn(8) gap", "--no-smoke")
NAME = "notebook.ipynb"


@pytest.fixture
def told(net_once):
    """A project `net` with a notebook."""
    return net_once("notebook", "--with", "notebook")


def read(project):
    """The notebook, valid."""
    notebook = nbformat.read(project / NAME, as_version=4)
    nbformat.validate(notebook)
    return notebook


def run(notebook):
    """Let all cells have been run, and have shown text and a picture."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        cell.execution_count = number
        data = {"image/png": "iVBORw0KGgo=", "text/plain": "<IPython.core.display.Image>"}
        cell.outputs = [
            nbformat.v4.new_output("stream", name="stdout", text="one\ntwo\n]\n"),
            nbformat.v4.new_output("display_data", data=data),
        ]
    notebook.metadata.language_info.version = "3.13.1"


def edited(project, edit):
    """Save a notebook after an edit, as Jupyter does, and commit it."""
    notebook = read(project)
    edit(notebook)
    nbformat.write(notebook, project / NAME)
    commit(project)
    return notebook


def test_outputs_and_edits_are_kept(told, scaffold):
    """What cells have shown, a cell and a line of one's own stay where the template's change."""

    def write(notebook):
        run(notebook)
        [settings] = [each for each in notebook.cells if "tags" in each.metadata]
        settings.source = settings.source.replace("limit=1000", "limit=50")
        notebook.cells.append(nbformat.v4.new_code_cell("print('mine')", id="mine"))

    own = edited(told, write)

    result = scaffold("update", "net", *OTHER)

    merged = read(told)
    assert result.exit_code == 0
    assert "`cnn(8)`" in merged.cells[0].source
    assert "inception" not in merged.cells[0].source
    assert merged.cells[1:] == own.cells[1:]
    assert merged.metadata == own.metadata


def test_nothing_edited(told, scaffold):
    """A notebook that nobody touched becomes what is generated now."""
    scaffold("update", "net", *OTHER)
    commit(told)
    there = scaffold(
        "new", "other", "--name", "net", "--with", "notebook", "--defaults", *OTHER
    )

    assert there.exit_code == 0
    assert (told / NAME).read_bytes() == (told.parent / "other" / NAME).read_bytes()


def test_conflict(told, scaffold):
    """Where both changed the same lines that is a conflict, in which both are."""

    def write(notebook):
        run(notebook)
        intro = notebook.cells[0]
        intro.source = intro.source.replace("| `cnn(32)` |", "| `cnn(32)`, the stem |")

    own = edited(told, write)

    result = scaffold("update", "net", *OTHER)

    text = (told / NAME).read_text(encoding="utf-8")
    assert result.exit_code == 5
    assert git(told, "diff", "--name-only", "--diff-filter=U") == f"{NAME}\n"
    assert "`cnn(32)`, the stem" in text
    assert "`cnn(8)`" in text
    assert text.count("iVBORw0KGgo=") == len(
        [each for each in own.cells if "outputs" in each]
    )


def test_other_format(told, scaffold):
    """Lines of another length are no change: a notebook that nobody edited stays as it is."""
    replace(told / "pyproject.toml", "line-length = 100", "line-length = 60")
    commit(told)
    before = (told / NAME).read_bytes()

    checked = scaffold("check", "net", "--json")
    result = scaffold("update", "net", "--no-smoke")

    assert (checked.exit_code, result.exit_code) == (0, 0)
    assert f'"{NAME}"' not in checked.stdout
    assert (told / NAME).read_bytes() == before
