"""Answers, checked in one place for flags, files and prompts."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.answers.answers_file import read_answers, read_project
from keras_scaffold.answers.datasets import DATASETS
from keras_scaffold.answers.reading import Reading
from keras_scaffold.bricks.chain import parse
from keras_scaffold.errors import InputError, brief
from keras_scaffold.projects.fetching import open_template
from keras_scaffold.terminal.given import given_answers


@pytest.fixture(scope="module")
def questions():
    """The built-in template's questions."""
    with open_template() as template:
        return template.questions


@pytest.fixture
def problems(questions):
    """Tells what is wrong with answers."""

    def told(**given):
        with pytest.raises(InputError) as error:
            check_answers({"name": "net", **given}, questions)
        return error.value.problems

    return told


def test_defaults(questions):
    """A name is enough; all else has a default, and what is recorded reads back the same."""
    answers = check_answers({"name": "my-net"}, questions)

    assert answers.recorded() == {
        "style": "functional",
        "sequential_form": "list",
        "blocks": [
            "cnn(32)",
            "maxpool(3)",
            "inception(32, 32)",
            "inception(64, 64)",
            "cnn(128)",
            "gap",
            "dense(256)",
            "dropout(0.5)",
        ],
        "input_shape": "28x28x1",
        "classes": 10,
        "dataset": "digits",
        "name": "my-net",
        "package": "my_net",
    }
    assert check_answers(answers.recorded(), questions) == answers


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("28x28x1", (28, 28, 1)),
        (" 8x9x3 ", (8, 9, 3)),
        ("1x1x1", (1, 1, 1)),
        ("8192x1x3", (8192, 1, 3)),
    ],
)
def test_shapes(text, shape, questions):
    """An input shape is height x width x channels."""
    answers = check_answers(
        {"name": "net", "input_shape": text, "blocks": "gap"}, questions
    )

    assert answers.plan.inputs[0].shape == shape


@pytest.mark.parametrize(
    "shape",
    [
        *("", "28", "28x28x1x1", "0x28x1", "8193x1x1", "-1x2x3", "1e2x1x1"),
        *(
            "axbxc",
            "28x28x1; import os",
            "9" * 5000,
            "28, 8193",
            28,
            None,
            {"height": 28},
            True,
        ),
    ],
)
def test_no_shapes(shape, problems):
    """Anything else is quoted and refused, with an example."""
    assert problems(input_shape=shape) == [
        (
            f"--input-shape: `{brief(shape)}` is not height x width x channels, each from 1 to 8,192; "
            "write it like 28x28x1"
        )
    ]


@pytest.mark.parametrize(
    ("shape", "meant"),
    [
        *((text, "28x28x1") for text in ("28 x 28 x 1", "28,28,1", "28X28X1", "28*28")),
        *((text, "28x28x1") for text in ("28x28", "(28, 28, 1)", "28 28 1", [28, 28, 1])),
        ("[32, 24, 3]", "32x24x3"),
        ((3, 64, 48), "64x48x3"),
        ("1,28,28", "28x28x1"),
        ("3 x 32", "3x32x1"),
        ("3,64,3", "3x64x3"),
        ("4,64,64", "4x64x64"),
    ],
)
def test_shapes_that_are_written_otherwise(shape, meant, problems):
    """What they mean is told, and not taken."""
    assert problems(input_shape=shape) == [
        (
            f"--input-shape: `{shape}` is not height x width x channels, each from 1 to 8,192; "
            f"did you mean `{meant}`?"
        )
    ]


MANY = "has {} channels, and images have 1 (grey) or 3 (colour); {}"


@given(
    st.sampled_from([1, 3]),
    st.integers(4, 300),
    st.integers(4, 300),
    st.sampled_from([*DATASETS]),
)
def test_channels_that_stand_first(questions, channels, height, width, dataset):
    """A shape as PyTorch writes it is refused, with the shape that is meant."""
    shape = f"{channels}x{height}x{width}"
    meant = f"did you mean `{height}x{width}x{channels}` (height x width x channels)?"

    told = Reading({"dataset": dataset, "input_shape": shape}, questions)

    assert told.problems[:1] == [f"--input-shape: `{shape}` {MANY.format(width, meant)}"]


@pytest.mark.parametrize("shape", ["4x64x64", "64x64x64", "2x28x28"])
def test_too_many_channels(shape, problems):
    """Where no channels stand first either, it is told how many there may be."""
    told = MANY.format(shape.rpartition("x")[2], "end it in x1 or x3")
    assert problems(input_shape=shape, dataset="folder", classes=2)[:1] == [
        f"--input-shape: `{shape}` {told}"
    ]


MEANT = MANY.format(64, "did you mean `64x64x3` (height x width x channels)?")


@pytest.mark.parametrize(
    ("inputs", "shape", "told"),
    [
        (
            ["left=3x64x64", "right=3x64x64"],
            {},
            [f"--input: `{name}`: `3x64x64` {MEANT}" for name in ("left", "right")],
        ),
        (
            ["left", "right"],
            {"input_shape": "3x64x64"},
            [f"--input-shape: `3x64x64` {MEANT}"],
        ),
    ],
)
def test_channels_of_named_inputs(inputs, shape, told, problems):
    """They are told where they were given, once."""
    asked = {"inputs": inputs, "outputs": ["y=2"], "join": "add", "shared_tower": "gap"}
    assert problems(style="functional", dataset="table", **asked, **shape) == told


@pytest.mark.parametrize(("text", "number"), [("2", 2), (" 10 ", 10), (100_000, 100_000)])
def test_classes(text, number, questions):
    """Classes are a whole number from 2 to a million."""
    answers = check_answers(
        {"name": "net", "classes": text, "dataset": "folder"}, questions
    )

    assert answers.plan.outputs[0].size == number


@pytest.mark.parametrize(
    "classes",
    ["", 0, -5, "1.0", 2.5, "ten", "1_000", "1000001", True, None, [10], "²"],
)
def test_no_classes(classes, problems):
    """Anything else is quoted and refused, with an example."""
    assert problems(classes=classes) == [
        f"--classes: `{classes}` is not a whole number from 2 to 1,000,000; write e.g. 10"
    ]


@pytest.mark.parametrize(
    ("classes", "number"),
    [
        ("cat,dog,bird", 3),
        ("cat, dog", 2),
        ("T-shirt/top,ankle boot", 2),
        (["cat", "dog", "bird"], 3),
        ("größer,kleiner", 2),
    ],
)
def test_names_of_classes(classes, number, problems):
    """Their names are told to be counted: the directories of the images have them."""
    assert problems(classes=classes) == [
        f"--classes: `{classes}` are the names of {number} classes; write their number, {number}"
    ]


IMAGES = (
    "`--dataset folder` is for your own images, which lie in the project's `data/CLASS/`"
)
LISTED = (
    "choose from digits, folder, mnist, fashion_mnist, cifar10, digit_pairs, digit_parity, "
    f"table; {IMAGES}"
)
TABLE = (
    "`--dataset table` is for the images in a table of your own, which lies in the project's "
    "`data/table.csv`"
)


@pytest.mark.parametrize(
    ("dataset", "meant"),
    [
        ("imgs", LISTED),
        ("imagenet", LISTED),
        ("images", LISTED),
        ("", LISTED),
        ("mine", IMAGES),
        ("mnits", IMAGES),
        ("data/imgs", IMAGES),
        ("./mnist", IMAGES),
        (".", IMAGES),
        (
            "data/table.csv",
            TABLE,
        ),
        ("MNIST", "did you mean `mnist`?"),
        ("minst", "did you mean `mnist`?"),
        ("cifar", "did you mean `cifar10`?"),
        ("fashion", "did you mean `fashion_mnist`?"),
    ],
)
def test_what_is_meant_by_no_dataset(dataset, meant, problems, tmp_path, monkeypatch):
    """A directory, a path, or a word that is like none is somebody's own images."""
    monkeypatch.chdir(tmp_path)
    for name in ("mine", "mnits", "MNIST"):
        Path(name).mkdir()

    told = problems(dataset=dataset, style="functional", blocks="gap", classes=10)

    assert told == [f"--dataset: `{dataset}` is not a choice; {meant}"]


@pytest.mark.parametrize("classes", ["1", 1, " 1 "])
def test_one_class(classes, problems):
    """One class is told what is meant by it: two, or an output of another kind."""
    assert problems(classes=classes) == [
        (
            "--classes: `1` class tells nothing apart; yes or no are 2 classes, and a number or "
            'labels are told by --output, e.g. --output "value=1:regression"'
        )
    ]


@pytest.mark.parametrize("factor", ["", "0", "-1", "nan", "inf", "101", "half", True, [1]])
def test_no_width_multiplier(factor, problems):
    """A width multiplier is a number above 0 and at most 100."""
    assert problems(width_multiplier=factor) == [
        f"--width-multiplier: `{factor}` is not a number above 0, at most 100; write e.g. 0.5"
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"style": ["functional"]},
            "--style: `['functional']` is not a choice; did you mean `functional`?",
        ),
        (
            {"dataset": "minst"},
            "--dataset: `minst` is not a choice; did you mean `mnist`?",
        ),
        (
            {"preset": ["final-model"]},
            "--preset: there is no preset `['final-model']`; did you mean `final-model`?",
        ),
        (
            {"preset": "final-model", "blocks": ["gap"]},
            "--blocks: a preset and blocks were both given; choose one of the two",
        ),
        (
            {"blocks": {"cnn": 32}},
            "--blocks: `{'cnn': 32}` is not a list of bricks; write e.g. `- cnn(32)`",
        ),
        (
            {"blocks": []},
            "--blocks: no bricks were given; write some, e.g. `cnn(32) gap`",
        ),
        (
            {"name": "net'; import os; '"},
            (
                "--name: name `net'; import os; '` is not a distribution's name; use lower-case "
                "letters, digits, -, _ and ., beginning and ending with a letter or digit, e.g. "
                "`net-import-os`"
            ),
        ),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_one_problem(given, told, problems):
    """What is wrong is named by its flag, wherever it came from."""
    assert problems(package="net", **given) == [told]


@pytest.mark.parametrize(
    "brick",
    [
        "__import__('os').system('id')",
        "cnn(__import__('os'))",
        "cnn(32,name='a\\');import_os;(\\'')",
        "cnn(32, name='{{ 7 * 7 }}')",
        "conv(3, activation='relu\\nimport os')",
        "conv(3, activation='🐈')",
        "cnn({[]: 1})",
        "cnn(0x" + "f" * 9000 + ")",
        "cnn(" + "-" * 5000 + "1)",
        "cnn(" + "-" * 900 + "1)",
        "cnn(" + "a." * 450 + "a)",
        "cnn(" + "a+" * 450 + "a)",
        "cnn(" + "a()" * 300 + ")",
        "cnn(" + "[" * 190 + "]" * 190 + ")",
        "a." * 450 + "a",
        "conv(3, activation='\\ud800')",
        "cnn(*[32])",
        "cnn(lambda: 3)",
        "cnn.filters",
        "(cnn)(32)(1)",
        "cnn(32)\x00",
    ],
    ids=range(21),
)
def test_bricks_cannot_inject(brick, problems):
    """Nothing in the notation is run, or reaches the project's source as it is."""
    (told,) = problems(blocks=[brick, "gap"])

    assert told.startswith("--blocks: brick 1 `")


ATOMS = st.sampled_from(["1", "a", "'b'", "0.5", "None", "cnn", "same", "[]", "'\\ud800'"])
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from("-+~"), st.integers(1, 400), inner).map(
            lambda drawn: drawn[0] * drawn[1] + drawn[2]
        ),
        st.tuples(
            inner,
            st.sampled_from(["+", "-", "*", ".", " if 1 else ", ","]),
            st.integers(1, 200),
        ).map(lambda drawn: drawn[1].join([drawn[0]] * drawn[2])),
        st.tuples(inner, st.sampled_from(["()", "[0]", ".x"]), st.integers(1, 250)).map(
            lambda drawn: drawn[0] + drawn[1] * drawn[2]
        ),
        st.tuples(st.sampled_from(["()", "[]", "{}"]), st.integers(1, 250), inner).map(
            lambda drawn: drawn[0][0] * drawn[1] + drawn[2] + drawn[0][1] * drawn[1]
        ),
    ),
    max_leaves=4,
)


@settings(max_examples=settings.default.max_examples * 8)
@given(
    st.one_of(
        st.text(),
        EXPRESSIONS,
        EXPRESSIONS.map("cnn({})".format),
        EXPRESSIONS.map("conv(3, name={})".format),
    )
)
def test_any_text(text):
    """Any text gives bricks, which read back the same, or an error that can be told."""
    try:
        bricks = parse(text)
    except InputError as error:
        assert error.problems
    else:
        assert parse(" ".join(map(str, bricks))) == bricks


def test_no_warnings_of_python(recwarn):
    """What Python's parser warns of is not printed; the error says what is wrong."""
    with pytest.raises(InputError):
        parse(r"cnn(32, name='\d')")

    assert [*recwarn] == []


def test_contradictions(problems):
    """Answers that are good alone and do not go together are told together."""
    told = problems(
        style="functional",
        sequential_form="add",
        dataset="cifar10",
        classes=7,
        input_shape="32x32x4",
    )

    assert told == [
        (
            "--sequential-form: `add` is a way to write a Sequential model, and the style is "
            "functional; leave it out or say --style sequential"
        ),
        (
            "--input-shape: `32x32x4` has 4 channels, and images have 1 (grey) or 3 "
            "(colour); end it in x1 or x3"
        ),
        (
            "--classes: `cifar10` has 10 classes, not 7; say --classes 10, or --dataset folder "
            "for images of your own"
        ),
    ]


def test_bricks_are_checked_while_classes_are_wrong(problems):
    """A wrong number of classes does not hide a brick that does not fit."""
    told = problems(classes=0, blocks="maxpool(30) gap")

    assert told == [
        "--classes: `0` is not a whole number from 2 to 1,000,000; write e.g. 10",
        (
            "brick 1 `maxpool(30)`, reached by 28x28x1: a window of 30x30 does not fit into "
            "28x28; make the window smaller, use padding=same, shrink the map less before it, or take "
            "larger images by --input-shape"
        ),
    ]


@pytest.mark.parametrize(
    ("given", "dataset"),
    [
        ({}, "digits"),
        ({"preset": "lenet5"}, "digits"),
        ({"input_shape": "64x48x1"}, "digits"),
        ({"input_shape": "65x8x1"}, "folder"),
        ({"input_shape": "8x65x1"}, "folder"),
        ({"input_shape": "28x28x3"}, "folder"),
        ({"input_shape": "224x224x3", "classes": 5}, "folder"),
        ({"input_shape": "224x224x3", "dataset": "digits"}, "digits"),
        ({"preset": "resnet50"}, "folder"),
        ({"preset": "resnet50", "input_shape": "32x32x1"}, "digits"),
        ({"preset": "googlenet_auxiliary"}, "folder"),
        ({"preset": "siamese"}, "digit_pairs"),
        ({"preset": "siamese", "input_shape": "105x105x1"}, "table"),
        ({"preset": "siamese", "inputs": ["left=96x96x1", "right=96x96x1"]}, "table"),
        ({"preset": "multi-task", "input_shape": "28x28x3"}, "table"),
    ],
    ids=str,
)
def test_usual_dataset(given, dataset, questions):
    """Large or coloured images are nobody's idea of small grey digits, unless they are told."""
    assert check_answers({"name": "net", **given}, questions).dataset == dataset


def test_usual_dataset_of_a_team(questions):
    """A team's own usual dataset is taken for images that may be its own."""
    usual = replace(questions["dataset"], default="cifar10")
    asked = {**questions, "dataset": usual}

    datasets = [
        check_answers({"name": "net", "input_shape": shape}, asked).dataset
        for shape in ("32x32x3", "28x28x1", "224x224x3")
    ]

    assert datasets == ["cifar10", "cifar10", "folder"]


def test_flags_go_before_the_file(tmp_path):
    """A flag replaces what the file says; a preset by flag also replaces its blocks."""
    file = tmp_path / "answers.yml"
    file.write_text("blocks:\n- gap\nclasses: 5\nstyle: sequential\n")

    merged = given_answers({"preset": "final-model", "classes": "3", "style": None}, file)

    assert merged == {"preset": "final-model", "classes": "3", "style": "sequential"}


@pytest.mark.parametrize(
    ("flags", "merged"),
    [
        ({"blocks": "cnn(32) gap"}, {"blocks": "cnn(32) gap"}),
        ({"preset": "final-model"}, {"preset": "final-model"}),
        (
            {"width_multiplier": "2"},
            {"preset": "final-model", "width_multiplier": "2"},
        ),
    ],
)
def test_multiplier_of_the_file(flags, merged, tmp_path):
    """The file's multiplier is that of the file's preset, and goes with it."""
    file = tmp_path / "answers.yml"
    file.write_text("preset: final-model\nwidth_multiplier: 0.5\n")

    assert given_answers(flags, file) == merged


def test_widths_beyond_the_limit(problems):
    """What a multiplier makes too wide to be read back is refused."""
    assert problems(blocks="gap dense(1000000)", width_multiplier=100) == [
        (
            "--blocks: brick 2 `dense(100000000)`: units must be a whole number from 1 to "
            "1,000,000, not `100000000`; make the width multiplier 100 smaller"
        )
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "holds no `key: value` lines"),
        (b"- cnn(32)\n", "holds no `key: value` lines"),
        (b"a: b: c\n", "is not YAML: "),
        (b"!!python/object/apply:os.getcwd []\n", "is not YAML: "),
        (b"\xff\xfe\x00", "is not YAML: "),
    ],
)
def test_no_answers_file(content, why, tmp_path):
    """A file that holds no answers is named, and nothing in it is run."""
    file = tmp_path / "answers.yml"
    file.write_bytes(content)

    with pytest.raises(InputError) as error:
        read_answers(file)

    assert str(error.value).startswith(f"answers file `{file}` {why}")


def test_missing_answers_file(tmp_path):
    """A file that is not there is named."""
    with pytest.raises(InputError) as error:
        read_answers(tmp_path / "none.yml")

    assert error.value.problems == [
        f"answers file `{tmp_path / 'none.yml'}`: No such file or directory"
    ]


def test_damaged_project(tmp_path):
    """A project whose answers are incomplete and wrong is told all of that."""
    (tmp_path / ".copier-answers.yml").write_text("package: net\nclasses: 0\n")

    with pytest.raises(InputError) as error:
        read_project(tmp_path)

    assert error.value.problems == [
        "--classes: `0` is not a whole number from 2 to 1,000,000; write e.g. 10",
        f"`blocks` is missing in `{tmp_path / '.copier-answers.yml'}`",
        f"`input_shape` is missing in `{tmp_path / '.copier-answers.yml'}`",
    ]


def test_shape_of_the_dataset(questions):
    """Images of a dataset that come in one shape keep it, unless another is given."""
    shapes = [
        check_answers({"name": "net", "dataset": dataset}, questions).plan.inputs[0].shape
        for dataset in ("digits", "mnist", "cifar10")
    ]

    assert shapes == [(28, 28, 1), (28, 28, 1), (32, 32, 3)]


def test_everything_wrong_with_bricks(problems):
    """A preset and blocks that exclude each other are read all the same."""
    assert problems(preset="final", blocks="cnn(0) gap") == [
        "--preset: there is no preset `final`; did you mean `final-model`?",
        "--blocks: a preset and blocks were both given; choose one of the two",
        (
            "--blocks: brick 1 `cnn(0)`: filters must be a whole number from 1 to 1,000,000, "
            "not `0`"
        ),
    ]


def test_name_of_another_project(tmp_path):
    """A name by flag is also the package's, though the file names that of its project."""
    file = tmp_path / "answers.yml"
    file.write_text("name: one\npackage: one\nclasses: 10\n")

    assert given_answers({"name": "two"}, file) == {"name": "two", "classes": 10}
    assert given_answers({"name": None}, file)["package"] == "one"
