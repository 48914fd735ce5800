"""Which names bricks, inputs and outputs may carry, and what a brick without one gets."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from keras_scaffold.suggestions import in_ascii

if TYPE_CHECKING:
    from keras_scaffold.bricks.brick import Brick

KERAS_MODEL_ATTRIBUTES = frozenset("""
    activity_regularizer add add_loss add_metric add_variable add_weight autocast
    build build_from_config built call call_signature_parameters compile
    compile_from_config compiled compiled_loss compiled_metrics compute_dtype
    compute_loss compute_mask compute_metrics compute_output_shape
    compute_output_spec count_params distribute_reduction_method distribute_strategy
    dtype dtype_policy evaluate export fit from_config get_build_config
    get_compile_config get_config get_layer get_metrics_result
    get_quantization_layer_structure get_state_tree get_weights history input input_dtype
    input_shape input_spec inputs jit_compile layers load_own_variables load_weights
    loss losses make_predict_function make_test_function make_train_function metrics
    metrics_names metrics_variables name non_trainable_variables
    non_trainable_weights optimizer output output_shape outputs path pop predict
    predict_function predict_on_batch predict_step quantization_mode quantize
    quantized_build quantized_call rematerialized_call reset_metrics run_eagerly
    save save_own_variables save_weights set_state_tree set_weights stateless_call
    stateless_compute_loss steps_per_execution stop_evaluating stop_predicting
    stop_training submodules summary supports_jit supports_masking symbolic_call
    test_function test_on_batch test_step to_json train_function train_on_batch
    train_step trainable trainable_variables trainable_weights
    unrolled_steps_per_execution variable_dtype variables weights
    """.split())
TAKEN_LAYER_NAMES = frozenset({"classes", "image", "logits"})
TAKEN_PART_NAMES = frozenset({"self", "training", "part", "line"})
"""Of inputs and outputs: the last two are of a table."""


def brick_name_complaint(name: object) -> str | None:
    """Why a brick cannot be called `name`, or None where it can."""
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        written = re.sub(r"\W+", "_", in_ascii(str(name))).strip("_")
        alike = written if re.fullmatch(r"[A-Za-z]\w*", written, re.ASCII) else "stem"
        alike = alike if brick_name_complaint(alike) is None else f"{alike}_block"
        return (
            f"name `{name}` is not an identifier; use letters from a to z, digits and _, "
            f"e.g. `{alike}`"
        )
    if keyword.iskeyword(name):
        return f"name `{name}` is a Python keyword; choose another, e.g. `{name}_block`"
    if name in KERAS_MODEL_ATTRIBUTES or name in TAKEN_LAYER_NAMES:
        return f"name `{name}` is taken by the model; choose another, e.g. `{name}_block`"
    return None


def part_name_complaint(name: str) -> str | None:
    """Why an input or an output cannot be called `name`, or None where it can."""
    if name in TAKEN_PART_NAMES:
        return f"name `{name}` has another meaning in a project; choose another, e.g. `{name}_1`"
    return None if name in TAKEN_LAYER_NAMES else brick_name_complaint(name)


def unique_names(bricks: Iterable[Brick]) -> list[str]:
    """The bricks' names; one without gets Keras' kind of name: cnn, cnn_1, cnn_2."""
    return free_names((brick.name, brick.word()) for brick in bricks)


def free_names(items: Iterable[tuple[str | None, str]]) -> list[str]:
    """Names: those of their own, or else the word, with a number where it is taken."""
    items = list(items)
    taken = {name for name, _ in items}
    left: dict[str, Iterator[str]] = {}

    def free(word: str) -> str:
        names = (f"{word}_{number}" if number else word for number in count())
        return next(name for name in left.setdefault(word, names) if name not in taken)

    return [name or free(in_snake_case(word)) for name, word in items]


@lru_cache(10_000)
def in_snake_case(word: str) -> str:
    """A word as Keras names layers after classes: Conv2DTranspose is conv2d_transpose."""
    apart = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", word)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", apart).lower()
