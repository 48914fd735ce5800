"""From answers that were read to the plan of a network, and back to what is kept of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from keras_scaffold.answers.fields import FEWEST_CLASSES
from keras_scaffold.bricks import Join
from keras_scaffold.layers import Shape, shape_text
from keras_scaffold.network import (
    HEAD,
    INPUT,
    ONLY_OUTPUT,
    PLAIN,
    AskedOutput,
    Input,
    Output,
    Plan,
    Tower,
)
from keras_scaffold.suggestions import did_you_mean

Values = Mapping[str, Any]
"""Answers by their key, as they were read: those that are wrong, or not given, are missing."""
BEYOND_A_CHAIN = {
    "inputs": "named inputs",
    "towers": "towers",
    "shared_tower": "a shared tower",
    "join": "a join of inputs",
    "outputs": "named outputs",
    "heads": "heads of their own",
}
FLAGS = {
    "inputs": "--input",
    "towers": "--tower",
    "shared_tower": "--shared",
    "join": "--join",
    "outputs": "--output",
    "heads": "--head",
}
"""How the keys are called as flags."""


def has_names(values: Values) -> bool:
    """Whether inputs or outputs have names."""
    return bool(values.get("inputs") or values.get("outputs"))


def shapes_in(values: Values) -> list[Shape]:
    """The shapes of the inputs, as far as they are told."""
    common = values.get("input_shape")
    shapes = [own or common for _, own in asked_inputs(values)]
    return [shape for shape in shapes if shape]


def leaves_shape_open(values: Values) -> bool:
    """Whether some input takes --input-shape."""
    return any(shape is None for _, shape in asked_inputs(values))


def leaves_classes_open(values: Values) -> bool:
    """Whether some output takes --classes."""
    return any(output.size is None for output in asked_outputs(values, HEAD))


def asked_inputs(values: Values) -> list[tuple[str, Shape | None]]:
    """Names and shapes of the inputs as they are asked for; one image unless told."""
    return values.get("inputs") or [(INPUT, None)]


def asked_outputs(values: Values, alone: str) -> list[AskedOutput]:
    """The outputs as they are asked for; a classification called `alone` unless told."""
    return values.get("outputs") or [AskedOutput(alone, None, PLAIN)]


def beyond_sequential(values: Values, asked: Values) -> list[str]:
    """What a Sequential model cannot have, each by its name, or all that a preset has of it.

    Of what is not `asked` for itself the preset is the reason.
    """
    why = (
        "a Sequential model is one chain of bricks from one input to one output, without "
        "{}; say --style functional or --style subclassing"
    )
    wanted = {
        key: what
        for key, what in BEYOND_A_CHAIN.items()
        if values.get(key) and key in asked
    }
    lines = [f"{FLAGS[key]}: {why.format(what)}" for key, what in wanted.items()]
    others = [
        what for key, what in BEYOND_A_CHAIN.items() if values.get(key) and key not in asked
    ]
    if others:
        lines.append(f"--preset: `{asked['preset']}`: {why.format(' or '.join(others))}")
    for position, brick in enumerate(values.get("blocks", ()), start=1):
        if brick.reads_names:
            told = why.format("ways around its bricks")
            lines.append(f"--blocks: brick {position} `{brick}`: {told}")
    return lines


def plan_network(values: Values, shape: Shape) -> Plan:
    """The plan that answers tell: `shape` is that of inputs without one of their own.

    The number of classes is FEWEST_CLASSES while it is unknown.
    """
    inputs = [Input(name, own or shape) for name, own in asked_inputs(values)]
    classes, heads = values.get("classes", FEWEST_CLASSES), dict(values.get("heads", ()))
    return Plan(
        tuple(inputs),
        tuple(asked_towers(values)),
        values.get("join"),
        tuple(values.get("blocks", ())),
        tuple(
            Output(each.name, each.size or classes, each.kind, heads.get(each.name, ()))
            for each in asked_outputs(values, ONLY_OUTPUT if has_names(values) else HEAD)
        ),
        named=has_names(values),
    )


def asked_towers(values: Values) -> list[Tower]:
    """The towers; one that names no input is shared by all."""
    names = tuple(name for name, _ in asked_inputs(values))
    found = [*values.get("towers", ()), *values.get("shared_tower", ())]
    return [replace(tower, inputs=tower.inputs or names) for tower in found]


def plan_problems(values: Values, plan: Plan) -> list[str]:
    """What does not go together of inputs, towers, join, outputs and heads."""
    inputs = [each.name for each in plan.inputs]
    outputs = [each.name for each in plan.outputs] if plan.named else []
    on = Counter(name for tower in plan.towers for name in tower.inputs)
    problems = [
        f"{FLAGS[key]}: there is no input `{name}`; {did_you_mean(name, inputs)}"
        for key in ("towers", "shared_tower")
        for tower in values.get(key, ())
        for name in tower.inputs
        if name not in inputs
    ]
    problems += [
        f"--tower: `{name}` has several towers; put all of its bricks into one"
        for name, number in on.items()
        if number > 1
    ]
    problems += join_problems(plan.join, inputs)
    if values.get("shared_tower") and len(inputs) < 2:
        problems.append(
            f"--shared: there is one input, `{inputs[0]}`, to share with none; name others "
            "by --input, or write its bricks into --blocks"
        )
    problems += [
        f"--head: there is no output `{name}`; "
        + (did_you_mean(name, outputs) if outputs else "name it by --output")
        for name, _ in values.get("heads", ())
        if name not in outputs
    ]
    return problems


def join_problems(join: Join | None, inputs: Sequence[str]) -> list[str]:
    """Why so many inputs cannot be joined so."""
    if join is None and len(inputs) > 1:
        return [
            (
                f"--join is missing for the inputs {', '.join(inputs)}; give one, e.g. "
                "--join concatenate"
            )
        ]
    if join is not None and len(inputs) == 1:
        return [f"--join: `{join}` has one input to join; leave it out"]
    if join is not None and join.most and len(inputs) > join.most:
        return [
            (
                f"--join: `{join}` joins {join.most} inputs, not {len(inputs)}; take one that "
                "joins any number, e.g. concatenate"
            )
        ]
    return []


def recorded_answers(values: Values) -> dict[str, Any]:
    """The answers that tell the network, as an answers file keeps them."""
    kept: dict[str, Any] = {
        "blocks": list(map(str, values.get("blocks", ()))),
        "inputs": [
            name if shape is None else f"{name}={shape_text(shape)}"
            for name, shape in values.get("inputs", ())
        ],
        "towers": [
            {"inputs": list(tower.inputs), "blocks": list(map(str, tower.bricks))}
            for tower in asked_towers(values)
        ],
        "join": str(values["join"]) if "join" in values else None,
        "outputs": list(map(str, values.get("outputs", ()))),
        "heads": [
            {"output": name, "blocks": list(map(str, bricks))}
            for name, bricks in values.get("heads", ())
        ],
        "input_shape": "input_shape" in values and shape_text(values["input_shape"]),
        "classes": values.get("classes"),
    }
    return {key: told for key, told in kept.items() if told or key == "blocks"}
