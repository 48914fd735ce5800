"""What generated code says beside its lines is said where it is true, and is true."""

from __future__ import annotations

import re
from importlib import import_module, reload

import keras
import pytest
from generated import FORMS, module, project

from keras_scaffold.answers.answers import check_answers

SHARING = "To share weights"
MOMENTUM = "Momentum is 0.9"
NAMES = "Every layer has a name"
TOLD = {
    "cnn(4) cnn(4) gap dense(4)": {"blocks": {SHARING, MOMENTUM}, "model": {NAMES}},
    "vgg(1, 4) gap dense(4)": {"blocks": {SHARING}, "model": {NAMES}},
    "conv(4) batchnorm gap dense(4)": {"model": {NAMES, MOMENTUM}},
    "conv(4) batchnorm(momentum=0.5) gap dense(4)": {"model": {NAMES}},
    "lrn gap dense(4)": {"blocks": set(), "model": {NAMES}},
    "cnn(4) batchnorm gap dense(4)": {
        "blocks": {SHARING, MOMENTUM},
        "model": {NAMES},
    },
}
"""What stands in which file of a network of some bricks, and else in none."""


def answers_of(form, blocks, template, name):
    """The answers for a project of some bricks in one form."""
    style, sequential_form = form
    given = {"style": style, "sequential_form": sequential_form, "blocks": blocks}
    return check_answers({**given, "name": name}, template.questions)


@pytest.mark.parametrize("blocks", TOLD)
@pytest.mark.parametrize("form", FORMS)
def test_where_it_stands(form, blocks, model_template, tmp_path):
    """Each lesson stands in the files that have what it is about, and in no other."""
    with project(model_template, tmp_path, answers_of(form, blocks, model_template, "net")):
        texts = {
            path.stem: path.read_text() for path in (tmp_path / "src" / "net").glob("*.py")
        }

    found = {
        stem: {lesson for lesson in (SHARING, MOMENTUM, NAMES) if lesson in text}
        for stem, text in texts.items()
    }
    expected = {stem: TOLD[blocks].get(stem, set()) for stem in texts}
    assert TOLD[blocks].keys() <= found.keys()
    assert found == expected


@pytest.mark.parametrize("form", FORMS)
def test_copied_line(form, model_template, tmp_path):
    """Keras refuses a layer's line that is copied, but in Subclassing, where both are built."""
    keras.utils.clear_session(free_memory=False)
    answers = answers_of(form, "gap dense(4)", model_template, "copied_" + "_".join(form))

    with project(model_template, tmp_path, answers):
        model = module(answers, "model")
        path = tmp_path / "src" / answers.package / "model.py"
        source = path.read_text()
        [line] = re.findall(r"^.*\blayers\.Dense\(4.*\n", source, re.MULTILINE)
        again = line.replace("self.dense =", "self.dense_again =")
        source = source.replace(line, line + again)
        called = "        x = self.dense(x)  # (4,)\n"
        source = source.replace(called, called + called.replace("dense", "dense_again"))
        path.write_text(source)
        import_module("importlib").invalidate_caches()
        model = reload(model)

        if form[0] == "subclassing":
            names = [layer.name for layer in model.build_model().layers]
            assert names.count("dense") == 2
        else:
            with pytest.raises(ValueError, match="unique"):
                model.build_model()


def test_two_calls_of_a_block(model_template, tmp_path):
    """Two calls of a block's function share no weights; two of one model share all."""
    answers = answers_of(FORMS[0], "cnn(4) gap", model_template, "called_twice")
    with project(model_template, tmp_path, answers):
        cnn = module(answers, "blocks").cnn

    left, right = keras.Input((8, 8, 4)), keras.Input((8, 8, 4))
    apart = keras.Model([left, right], [cnn(left, 4, name="a"), cnn(right, 4, name="b")])
    image = keras.Input((8, 8, 4))
    shared = keras.Model(image, cnn(image, 4, name="c"))
    together = keras.Model([left, right], [shared(left), shared(right)])

    assert apart.count_params() == 2 * together.count_params()
