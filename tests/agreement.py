"""Whether the styles are one network: made, trained and asked in one process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from runpy import run_path
from shutil import rmtree
from typing import Any

import keras
import numpy as np
from compared import (
    assert_equal,
    compare,
    fit,
    images,
    outputs,
    own_layers,
    randomize,
    weights,
)
from generated import FORMS, module, project

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.single_file import to_single_file

NUMBERS = count()


def assert_styles_agree(
    template: Any,
    root: Path,
    given: Mapping[str, Any],
    *,
    eagerly: bool,
    saved: bool = False,
    forms: Sequence[tuple[str, str]] = FORMS,
) -> None:
    """Assert that every layer is as previewed in each style, and that they are one network.

    One seed gives weights that are equal bit for bit, as made and after an epoch; equal
    weights give equal outputs, also after the model was `saved` and loaded.
    """
    keras.utils.clear_session(free_memory=False)
    random: dict[str, list[Any]] = {}
    made, trained, found = {}, {}, {}
    for style, form in forms:
        name = f"drawn{next(NUMBERS)}"
        asked = {**given, "style": style, "sequential_form": form, "name": name}
        answers = check_answers(asked, template.questions, alone=True)
        directory = root / name
        directory.mkdir()
        with project(template, directory, answers):
            keras.utils.set_random_seed(3)
            model = module(answers, "model").build_model()
            compare(answers.architecture, model)
            made[style, form] = weights(model)
            fit(model, answers.architecture, eagerly=eagerly)
            trained[style, form] = weights(model)
            layers = own_layers(model)
            random = random or randomize(layers)
            for name, layer in layers.items():
                layer.set_weights(random.get(name, []))
            asked_for = images(answers.architecture)
            found[style, form], _ = outputs(model, asked_for)
            if saved:
                model.save(directory / "model.keras")
                loaded = keras.saving.load_model(directory / "model.keras", compile=False)
                again, _ = outputs(loaded, asked_for)
                _assert_close(again, found[style, form])
        rmtree(directory)
    first, *others = forms
    for other in others:
        assert_equal(made[other], made[first])
        assert_equal(trained[other], trained[first])
        _assert_close(found[other], found[first])


def _assert_close(found: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values, rtol=1e-5, atol=1e-5)


def assert_codes_agree(template: Any, root: Path, given: Mapping[str, Any]) -> None:
    """Assert the same of the code alone, as made: quick, and without training or files."""
    keras.utils.clear_session(free_memory=False)
    random: dict[str, list[Any]] = {}
    made, found = {}, {}
    for style, form in FORMS:
        name = f"drawn{next(NUMBERS)}"
        asked = {**given, "style": style, "sequential_form": form, "name": name}
        answers = check_answers(asked, template.questions, alone=True)
        file = root / f"{name}.py"
        file.write_text(to_single_file(template, answers).source)
        code = run_path(str(file))
        keras.utils.set_random_seed(3)
        model = code["build_model"]()
        compare(answers.architecture, model)
        made[style, form] = weights(model)
        layers = own_layers(model)
        random = random or randomize(layers)
        for name, layer in layers.items():
            layer.set_weights(random.get(name, []))
        found[style, form], _ = outputs(model, images(answers.architecture))
    first = FORMS[0]
    for other in FORMS[1:]:
        assert_equal(made[other], made[first])
        _assert_close(found[other], found[first])
