"""Definitions that come with a preset: read beside those given, kept, and replaced with it."""

import pytest

from keras_scaffold.answers import Reading, kept_definitions, replace_answers
from keras_scaffold.answers.answers import check_answers
from keras_scaffold.answers.fields import read_bricks
from keras_scaffold.bricks import CATALOGUE, used_definitions
from keras_scaffold.bricks.presets import PRESETS

OWN = "mine(filters): cnn(filters)"
WIDE = [*kept_definitions(PRESETS["wide_resnet16_2"].define)]
MIXER = [*kept_definitions(PRESETS["convmixer256_8"].define)]
DEFINING = [preset.name for preset in PRESETS.values() if preset.define]


@pytest.fixture
def recorded(questions):
    """The answers that a project keeps of others."""

    def told(**given):
        return check_answers(
            {"name": "net", "dataset": "folder", **given}, questions
        ).recorded()

    return told


@pytest.mark.parametrize("preset", DEFINING)
def test_kept_as_a_project_keeps_them(preset, questions, recorded):
    """A project keeps the preset's definitions and bricks, and reads back as the same."""
    kept = recorded(preset=preset)

    assert kept["define"] == [*kept_definitions(PRESETS[preset].define)]
    assert check_answers(kept, questions).recorded() == kept


@pytest.mark.parametrize("preset", DEFINING)
def test_every_definition_is_used(preset, questions):
    """A preset defines no word that its network does without."""
    network = Reading({"preset": preset}, questions).network

    assert used_definitions(network.define, network.every_brick) == network.definitions


def test_beside_given_ones(recorded):
    """Definitions that are given stand behind the preset's, and may use its words."""
    mine = "mine(filters): wide(filters) wide(filters)"

    kept = recorded(preset="wide_resnet16_2", define=mine)

    assert kept["define"] == [*WIDE, mine]


def test_given_again(recorded):
    """What is kept of a preset may be given with it again."""
    kept = recorded(preset="wide_resnet16_2", define=WIDE)

    assert kept["define"] == WIDE


def test_another_of_the_same_word(problems):
    """A word of the preset's cannot be defined otherwise."""
    told = problems(preset="wide_resnet16_2", define="wide(filters): cnn(filters)")

    assert told == [
        "--define: definition `wide`: `wide` is defined twice; give one of them another word"
    ]


def test_chosen_after_others_were_read(questions):
    """A preset that is chosen late, as at a prompt, brings its definitions along."""
    reading = Reading({"define": OWN}, questions)

    completed = reading.completed({"preset": "wide_resnet16_2", "input_shape": "8x8x1"})

    assert completed.problems == []
    assert completed.network.recorded()["define"] == [*WIDE, OWN]


@pytest.mark.parametrize(
    ("given", "define"),
    [
        ({"preset": "convmixer256_8"}, [*MIXER, OWN]),
        ({"preset": "resnet18"}, [OWN]),
        ({"blocks": "cnn(8) gap"}, [OWN]),
        ({"blocks": "cnn(8) wide(8) gap"}, [WIDE[0], OWN]),
        ({"classes": 3}, [*WIDE, OWN]),
    ],
)
def test_replaced_with_the_preset(given, define, questions, recorded):
    """Another network takes along what nothing uses any longer, but no definition of a user's."""
    kept = recorded(preset="wide_resnet16_2", define=OWN)

    merged = {**replace_answers(kept, given), **given}

    assert check_answers(merged, questions).recorded()["define"] == define


def test_used_by_a_users_definition(questions, recorded):
    """A preset's definition stays for one of a user's that is made of it."""
    mine = "mine(filters): wide(filters)"
    kept = recorded(preset="wide_resnet16_2", define=mine)

    merged = {**replace_answers(kept, {"preset": "resnet18"}), "preset": "resnet18"}

    assert check_answers(merged, questions).recorded()["define"] == [WIDE[0], mine]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (
            {"preset": "convmixer256_8"},
            "the width multiplier scales no definitions, here `mixer`",
        ),
        (
            {"blocks": "repeat(2, lambda i: cnn(8 * i)) gap"},
            "`cnn(8 * i)`: the width multiplier scales numbers, and `8 * i` is none",
        ),
        (
            {"blocks": "repeat(2, lambda n: TimeDistributed(Dense(n))) gap"},
            "`TimeDistributed(Dense(n))`: the width multiplier scales numbers, and `n` is none",
        ),
    ],
)
def test_widths_that_no_number_tells(given, why, problems):
    """The multiplier of widths reaches numbers, and is refused where others tell widths."""
    way_out = "leave out --width-multiplier, and write the widths that you want"

    assert problems(**given, width_multiplier=0.5) == [f"--blocks: {why}; {way_out}"]


def test_widths_of_layers_inside():
    """It reaches the layers inside of others."""
    blocks = "Bidirectional(LSTM(64), backward_layer=GRU(32, go_backwards=True)) dense(16)"

    bricks = read_bricks(blocks, 0.5, CATALOGUE)

    assert [*map(str, bricks)] == [
        "Bidirectional(LSTM(32), backward_layer=GRU(16, go_backwards=True))",
        "dense(8)",
    ]
