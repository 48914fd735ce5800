"""A brick that another package adds is one like any other, its template included."""

from __future__ import annotations

import ast
import sys
from importlib import invalidate_caches
from inspect import getfile
from pathlib import Path

import keras
import pytest
from compared import compare
from generated import FORMS, module, project

from keras_scaffold import bricks, layers
from keras_scaffold.answers.answers import check_answers
from keras_scaffold.bricks import Holder, all_bricks, parse, registry
from keras_scaffold.errors import InputError
from keras_scaffold.projects.single_file import to_single_file
from keras_scaffold.templates.fetching import open_template

BRICK = '''"""GhostNet's module."""

from dataclasses import dataclass

from keras_scaffold.bricks import Brick, Tensor, join, layers, width


@dataclass(frozen=True)
class Ghost(Brick):
    """Half of the channels by a convolution, the others cheaply from these."""

    example = "8"
    also_called = "ghost_bottleneck"

    half: int = width()

    def build(self, x: Tensor, name: str) -> Tensor:
        """Two layers, side by side."""
        x = x.to(layers.Conv2D(self.half, 1), f"{name}_primary")
        ghosts = x.to(layers.DepthwiseConv2D(3, padding="same"), f"{name}_cheap")
        return join(layers.Concatenate(), [x, ghosts], f"{name}_concat")
'''
TEMPLATE = '''{% macro function_form(o) %}
def ghost(x, half, *, name):
    """Half of the channels by a convolution, the others cheaply from these."""
    x = layers.Conv2D(half, 1, name=f"{name}_primary")(x)
    ghosts = layers.DepthwiseConv2D(3, padding="same", name=f"{name}_cheap")(x)
    return layers.Concatenate(name=f"{name}_concat")([x, ghosts])
{% endmacro %}

{% macro layer_form(o) %}
@keras.saving.register_keras_serializable(package="{{ package }}")
class Ghost(layers.Layer):
    """Half of the channels by a convolution, the others cheaply from these."""

    def __init__(self, half, **kwargs):
        super().__init__(**kwargs)
        self.primary = layers.Conv2D(half, 1, name=f"{self.name}_primary")
        self.cheap = layers.DepthwiseConv2D(3, padding="same", name=f"{self.name}_cheap")
        self.concat = layers.Concatenate(name=f"{self.name}_concat")

    def build(self, input_shape):
        self.call(keras.Input(batch_shape=input_shape))

    def call(self, x):
        x = self.primary(x)
        return self.concat([x, self.cheap(x)])
{% endmacro %}
'''


def names_taken(source):
    """What a module takes of the tool's, but for other bricks."""
    return {
        name.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module.startswith("keras_scaffold")
        if "catalogue" not in node.module
        for name in node.names
    }


def forget():
    """Let the bricks that are installed be looked for again."""
    registry._all_bricks.cache_clear()
    registry._outside_bricks.cache_clear()


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Installs a package with an entry point for a brick; gives its directory."""
    site = tmp_path / "site"
    package, metadata = site / "ghosts", site / "ghosts-1.0.dist-info"
    package.mkdir(parents=True)
    metadata.mkdir()
    (package / "__init__.py").touch()
    (package / "ghost.py").write_text(BRICK)
    (package / "ghost.py.jinja").write_text(TEMPLATE)
    (metadata / "METADATA").write_text("Name: ghosts\nVersion: 1.0\n")
    entries = metadata / "entry_points.txt"
    entries.write_text("[scaffold.bricks]\nghost = ghosts.ghost:Ghost\n")
    monkeypatch.syspath_prepend(str(site))
    forget()
    yield site
    forget()
    for name in [name for name in sys.modules if name.partition(".")[0] == "ghosts"]:
        del sys.modules[name]


@pytest.mark.parametrize(("style", "form"), FORMS)
def test_brick_of_another_package(style, form, installed, tmp_path):
    """It is read, previewed, generated and built in every style."""
    keras.utils.clear_session(free_memory=False)
    given = {
        "style": style,
        "sequential_form": form,
        "blocks": "ghost(4) repeat(2, ghost(3)) gap",
        "name": f"ghostly_{style}_{form}",
    }
    with open_template() as template:
        answers = check_answers(given, template.questions)
        with project(template, tmp_path / "project", answers):
            model = module(answers, "model").build_model()
            compare(answers.architecture, model)


@pytest.mark.parametrize(
    ("style", "defined"),
    [
        ("functional", "def ghost(x, half, *, name):"),
        ("sequential", "class Ghost(layers.Layer):"),
    ],
)
def test_brick_of_another_package_is_shown(style, defined, installed):
    """Its block stands in the code that is shown without a project."""
    given = {"style": style, "blocks": "ghost(4) gap", "name": "ghostly"}
    with open_template(to_render=False) as template:
        code = to_single_file(template, check_answers(given, template.questions))

    assert defined in code.formatted()


@pytest.mark.parametrize(
    ("written", "meant"),
    [("gost", "ghost"), ("GhostBottleneck", "ghost(4)"), ("ghost_bottleneck", "ghost(4)")],
)
def test_brick_of_another_package_in_the_catalogue(written, meant, installed):
    """It stands among the others; a misspelt word leads to it, and its name elsewhere."""
    assert "ghost" in all_bricks()
    with pytest.raises(InputError) as error:
        parse(f"{written}(4)")

    assert error.value.problems == [
        f"brick 1 `{written}(4)`: there is no brick `{written}`; did you mean `{meant}`?"
    ]


def test_own_bricks_take_the_interface_alone():
    """Whatever a brick here is made of, one of another package can be made of."""
    exported = {*bricks.__all__, *vars(layers), *layers.layer_words(), "arguments"}

    taken = {
        word: names_taken(Path(getfile(brick)).read_text()) - exported
        for word, brick in all_bricks().items()
    }

    holding = {word for word, brick in all_bricks().items() if issubclass(brick, Holder)}
    assert {word for word, names in taken.items() if names} == holding


def test_the_interface_is_there():
    """What is promised to bricks in other packages can be imported, and the example does."""
    assert {*bricks.__all__} <= {*vars(bricks)}
    assert names_taken(BRICK) <= {*bricks.__all__}


def test_brick_that_is_there(installed):
    """A brick that is called like another is refused with the way out."""
    entries = installed / "ghosts-1.0.dist-info" / "entry_points.txt"
    (installed / "ghosts" / "cnn.py").write_text(BRICK)
    entries.write_text("[scaffold.bricks]\ncnn = ghosts.cnn:Ghost\n")
    invalidate_caches()

    with pytest.raises(InputError) as error:
        parse("gap")

    assert error.value.problems == [
        "`ghosts.cnn` adds a brick `cnn`, and there is one; rename its module, or uninstall it"
    ]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (
            "ghosts.nowhere:Ghost",
            "`ghosts.nowhere:Ghost` adds a brick and cannot be imported",
        ),
        ("ghosts.ghost:width", "`ghosts.ghost:width` is no brick; name a class made of"),
    ],
)
def test_what_is_no_brick(value, told, installed):
    """An entry point that leads to no brick is refused with the reason."""
    entries = installed / "ghosts-1.0.dist-info" / "entry_points.txt"
    entries.write_text(f"[scaffold.bricks]\nghost = {value}\n")

    with pytest.raises(InputError) as error:
        parse("gap")

    assert error.value.problems[0].startswith(told)


def test_definitions_of_another_package(installed):
    """They are bricks like any other, made of the catalogue's and of those before them."""
    told = ["wide(f): repeat(2, lambda i: conv(f * i))", "deep(f): wide(f) Conv2D(f, 3)"]
    (installed / "ghosts" / "words.py").write_text(f"WORDS = {told}\n")
    entries = installed / "ghosts-1.0.dist-info" / "entry_points.txt"
    entries.write_text("[scaffold.bricks]\nwords = ghosts.words:WORDS\n")

    assert [brick.word() for brick in parse("deep(8) wide(4)")] == ["deep", "wide"]
    assert {"deep", "wide", "cnn"} <= {*all_bricks()}


def test_wrong_definitions_of_another_package(installed):
    """What is wrong with one is told as that package's."""
    (installed / "ghosts" / "words.py").write_text('WORDS = ["wide(f): cnnn(f)"]\n')
    entries = installed / "ghosts-1.0.dist-info" / "entry_points.txt"
    entries.write_text("[scaffold.bricks]\nwords = ghosts.words:WORDS\n")

    with pytest.raises(InputError, match=r"`ghosts\.words:WORDS`: definition `wide`"):
        parse("conv(8)")
