"""The notebook that tells a network as a lesson: it is whole, and every cell of it runs."""

from __future__ import annotations

import re

import nbformat
import pytest
from nbclient import NotebookClient

from keras_scaffold.answers.in_styles import check_in_styles
from keras_scaffold.pictures.svg import draw_svg
from keras_scaffold.projects.lesson import to_lesson
from keras_scaffold.projects.single_file import to_single_file
from keras_scaffold.templates.fetching import open_template

SMALL = {"blocks": "cnn(8) inception(8, 8) gap"}
NETWORKS = {
    "chain": SMALL,
    "skip": {"blocks": 'cnn(8, name="a") cnn(8) add("a") gap'},
    "pair": {"preset": "siamese", "dataset": "digit_pairs"},
    "kinds": {
        "blocks": "cnn(8) gap",
        "outputs": ["kind=3", "labels=4:multilabel", "angle=1:regression"],
        "dataset": "table",
    },
    "large": {"blocks": "conv(4, 7, stride=4) gap", "input_shape": "224x224x3"},
    "custom": {"blocks": "lrn conv(8) gap"},
}


def lesson(style, network):
    """The notebook of a network that is told in a style first."""
    with open_template(to_render=False) as template:
        given = {"name": "net", "dataset": "folder", **network}
        found = check_in_styles(given, template.questions)
        answers = {style: found.answers[style], **found.answers}
        codes = {name: to_single_file(template, each) for name, each in answers.items()}
        text = to_lesson(codes, found.remark)
    return nbformat.reads(text, as_version=4), answers[style].architecture


def sources(notebook, kind="code"):
    """The text of each cell of a kind."""
    return [cell.source for cell in notebook.cells if cell.cell_type == kind]


def printed(notebook):
    """All that the cells of a notebook that was run have printed."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "".join(output.text for output in outputs if output.output_type == "stream")


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
@pytest.mark.parametrize("style", ["functional", "subclassing"])
def test_it_is_a_notebook(style, network):
    """It is as nbformat has it, nothing of it was run, and its code is Python."""
    notebook, _ = lesson(style, network)

    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert all(cell.execution_count is None for cell in notebook.cells if "outputs" in cell)
    for source in sources(notebook):
        compile(source, "cell", "exec")
    assert "{{" not in str(notebook)


def test_picture():
    """The network is drawn before anything is run, and by the cell when it is."""
    notebook, architecture = lesson("functional", SMALL)

    [drawn] = [cell for cell in notebook.cells if cell.get("outputs")]
    assert drawn.outputs[0].data["image/svg+xml"] == draw_svg(architecture).strip()
    assert draw_svg(architecture).strip() in drawn.source


def test_each_block_is_told_once():
    """A block that two styles write alike is not repeated; each style has its model."""
    notebook, _ = lesson("sequential", {"blocks": "cnn(8) gap"})
    code = "\n".join(sources(notebook))

    assert code.count("class CNN(") == 1
    assert code.count("def cnn(") == 1
    assert code.count("def build_model(") == 3


def test_bricks_are_told():
    """Every brick is in the table, with what it gives and its parameters."""
    notebook, _ = lesson("functional", SMALL)

    assert sources(notebook, "markdown")[0].splitlines()[-7:-3] == [
        "| `cnn(8)` | cnn | 28 x 28 x 8 | 112 |",
        "| `inception(8, 8)` | inception | 28 x 28 x 16 | 1,232 |",
        "| `gap` | gap | 16 | 0 |",
        "| `dense(10)` | logits | 10 | 170 |",
    ]


def test_a_style_that_is_left_out():
    """Why a style cannot say the network is told where the others are compared."""
    notebook, _ = lesson("functional", NETWORKS["skip"])

    [told] = [text for text in sources(notebook, "markdown") if "other styles" in text]
    assert "sequential: left out, for --blocks: brick 3" in told


RUN = [
    ("functional", "chain", 2),
    ("sequential", "chain", 2),
    ("subclassing", "pair", 1),
    ("subclassing", "kinds", 1),
    ("functional", "skip", 1),
    ("functional", "large", 2),
    ("sequential", "custom", 2),
]


@pytest.mark.long
@pytest.mark.process
@pytest.mark.parametrize(("style", "network", "others"), RUN)
def test_every_cell_runs(style, network, others, workplace):
    """It trains, sharing halves the parameters, and the other styles say exactly the same."""
    notebook, architecture = lesson(style, NETWORKS[network])

    NotebookClient(notebook, timeout=300).execute()

    said = printed(notebook)
    same = f"{architecture.total:,} parameters, largest difference in outputs 0.0e+00\n"
    assert said.count(same) == others
    assert "called twice: 160 parameters\none layer called twice:  80 parameters" in said
    losses = [float(loss) for loss in re.findall(r" loss: (\S+)", said)]
    assert losses[-1] < losses[0]
    assert [*workplace.iterdir()] == []
