"""A network told as a lesson: bricks, code, training, sharing and styles, in a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from keras_scaffold.answers import Answers
from keras_scaffold.layers import source_of
from keras_scaffold.network import Output, Plan
from keras_scaffold.projects.notebook import to_notebook
from keras_scaffold.projects.single_file import SingleFile
from keras_scaffold.templates import installed

LESSON = "template/lesson/notebook.py.jinja"
FEW, MADE_UP = 8, 32
"""Images that styles are compared by, and that a network learns which fits no data at hand."""
DIGITS, LARGEST_DIGIT = 10, 64
"""Classes of scikit-learn's digits, and pixels a side up to which they are enlarged."""
LABELS = {
    "class": "random.integers({size}, size={count})",
    "bits": 'random.integers(2, size=({count}, {size})).astype("float32")',
    "numbers": 'random.random(({count}, {size}), dtype="float32")',
}
"""How labels are made up."""


def to_lesson(codes: Mapping[str, SingleFile], unsaid: str = "") -> str:
    """A notebook that tells a network in the first of some styles, and compares the others.

    What is `unsaid` is told of styles that cannot say it.
    """
    (_, main), *others = codes.items()
    modules = main.modules
    told = {
        **_of_network(modules.answers),
        "imports": main.imports,
        "blocks": main.definitions,
        "model": main.model,
        "others": [*_others(main, others)],
        "unsaid": unsaid,
    }
    place = modules.template.root / LESSON
    if not place.is_file():  # a template of somebody's own, whose code is told as ours is
        place = installed() / LESSON
    return to_notebook(main.format.compose(modules.rendered(place, {"lesson": told})))


def _others(
    main: SingleFile, others: Sequence[tuple[str, SingleFile]]
) -> Iterator[dict[str, Any]]:
    """The other styles, of which no block is told twice."""
    known = {*main.definitions}
    for style, code in others:
        blocks = [block for block in code.definitions if block not in known]
        known.update(blocks)
        yield {"style": style, "blocks": blocks, "model": code.model}


def _of_network(answers: Answers) -> dict[str, Any]:
    """What the lesson says of a network, and the source of what it is trained on."""
    plan = answers.plan
    digits = _takes_digits(plan)
    images = {
        each.name: f'random.random(({MADE_UP}, *{each.shape}), dtype="float32")'
        for each in plan.inputs
    }
    symbols = {
        each.name: f"keras.Input({each.shape}, name={source_of(each.name)})"
        for each in plan.inputs
    }
    labels = {
        each.name: LABELS[each.kind.proof_labels].format(size=each.size, count=MADE_UP)
        for each in plan.outputs
    }
    few = {each.name: f"images[{source_of(each.name)}][:{FEW}]" for each in plan.inputs}
    return {
        "title": answers.name,
        "digits": digits,
        "images": MADE_UP,
        "shared": ", ".join(
            part.name for part in answers.architecture.parts if part.shared
        ),
        "symbols": _by_name(plan, symbols),
        "random_images": _by_name(plan, images),
        "random_labels": _by_name(plan, labels),
        "losses": _by_name(plan, {each.name: _loss(each) for each in plan.outputs}),
        "few": _by_name(plan, few) if plan.named else f"images[:{FEW}]",
    }


def _takes_digits(plan: Plan) -> bool:
    """Whether scikit-learn's digits are images for a network, and their classes its output."""
    *sides, _ = plan.inputs[0].shape
    sized = plan.outputs[0].size == DIGITS and max(sides) <= LARGEST_DIGIT
    return not plan.named and sized


def _by_name(plan: Plan, sources: Mapping[str, str]) -> str:
    """The source of what a model takes or gives: by name, or the only one."""
    if not plan.named:
        return next(iter(sources.values()))
    return "{" + ", ".join(f"{source_of(name)}: {sources[name]}" for name in sources) + "}"


def _loss(output: Output) -> str:
    logits = "from_logits=True" if output.kind.logits else ""
    return f"keras.losses.{output.kind.proof_loss}({logits})"
