"""How model.py writes a network: a line for each brick, with the tensors that it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from keras_scaffold.bricks import Brick, Join, Repeat
from keras_scaffold.layers import Graph, Shape, source_of
from keras_scaffold.network import INPUT, Architecture, Part, Placement
from keras_scaffold.projects.variables import Call, loop_words, variables


def model_lines(architecture: Architecture, blocks: Iterable[str]) -> dict[str, Any]:
    """What the templates of model.py loop over; `blocks` are what it imports."""
    writing = _Writing(architecture, frozenset(blocks))
    towers = [writing.tower(part) for part in architecture.parts if part.shared]
    lines, head_reads = writing.body()
    return {
        "model_lines": lines,
        "head_reads": head_reads,
        "model_towers": towers,
        "own_layers": [line for tower in towers for line in tower["lines"]] + lines,
        "model_inputs": writing.named("input"),
        "model_outputs": writing.named("head"),
    }


@dataclass
class _Writing:
    """model.py while its lines are made."""

    architecture: Architecture
    blocks: frozenset[str]
    variables: dict[int, str] = field(default_factory=dict)

    def named(self, kind: str) -> list[dict[str, str]]:
        """The inputs, or the heads, and the variables that hold them."""
        return [
            {"name": part.name, "variable": self.variables[part.ends[0]]}
            for part in self.architecture.parts
            if part.kind == kind
        ]

    def body(self) -> tuple[list[dict[str, Any]], str]:
        """The lines of the network itself, and what its last layer reads."""
        plan = self.architecture.plan
        calls: list[Call] = []
        inputs, roles = {}, {}
        kept: set[int] = set()
        for part in self.architecture.parts:
            if part.kind == "input":
                inputs[part.ends[0]] = part.name
            elif part.shared:
                pairs = zip(part.starts, part.ends, strict=True)
                calls += [Call((start,), end, part, None) for start, end in pairs]
            else:
                calls += _stages(part)
            if part.kind == "tower":
                for name, end in zip(part.inputs, part.ends, strict=True):
                    roles[end] = f"{name}_features"
                kept.update(part.ends if plan.join else ())
            elif part.kind in ("join", "trunk"):
                roles[part.ends[0]] = "features"
            elif part.kind == "head":
                roles[part.ends[0]] = part.name
        names = variables(calls, inputs, roles, self.taken(), kept)
        self.variables = names
        last = names[calls[-1].reads[0]]
        if not plan.named:  # its head is the template's
            calls = calls[:-1]
        return [self.line(call, names) for call in calls], last

    def tower(self, part: Part) -> dict[str, Any]:
        """The lines of a tower that is called more than once."""
        calls = _stages(part)
        end = calls[-1].gives
        finish = Call((end,), -1, part, None)
        names = variables([*calls, finish], {part.starts[0]: INPUT}, {}, self.taken())
        return {
            "name": part.name,
            "of": " and ".join(part.inputs),
            "input": part.inputs[0],
            "lines": [self.line(call, names) for call in calls],
            "result": names[end],
        }

    def taken(self) -> set[str]:
        """What model.py calls other things than tensors."""
        shared = [part.name for part in self.architecture.parts if part.shared]
        loops = [
            loop_words(stage.brick, self.blocks)
            for stage in self.architecture.bricks
            if isinstance(stage.brick, Repeat)
        ]
        return {*self.blocks}.union(*([name, f"build_{name}"] for name in shared), *loops)

    def line(self, call: Call, names: Mapping[int, str]) -> dict[str, Any]:
        """How one call is written in each style."""
        given = [names[tensor] for tensor in call.reads]
        read = given[0] if len(given) == 1 else f"[{', '.join(given)}]"
        target = names[call.gives]
        if call.stage is None:
            return {
                "layer_call": "",
                "function_call": f"{call.part.name}({read})",
                "method_call": f"self.{call.part.name}({read}, training)",
                "target": target,
                "comment": self.comment(call),
                "inner": [],
            }
        stage = call.stage
        brick = stage.brick
        shape = self.shape(call.reads[0])
        if isinstance(brick, Repeat):
            loop = _loop(stage, brick, shape, loop_words(brick, self.blocks))
            return {**loop, "given": read, "target": target}
        written = _written(stage, read, shape)
        return {**written, "target": target, "comment": self.comment(call), "inner": []}

    def comment(self, call: Call) -> str:
        """The shape that a call gives, if it is another than it reads."""
        return _comment([self.shape(call.reads[0])], [self.shape(call.gives)])

    def shape(self, tensor: int) -> Shape:
        """Shape of a tensor."""
        return self.architecture.graph.nodes[tensor].output


def _stages(part: Part) -> list[Call]:
    """The calls of a part's stages; going on from another place is none.

    A join reads in the order in which its layer takes its inputs.
    """
    return [
        Call(
            stage.nodes[0].inputs if isinstance(stage.brick, Join) else stage.reads,
            stage.gives,
            part,
            stage,
        )
        for stage in part.stages
        if stage.nodes
    ]


def _written(stage: Placement, read: str, shape: Shape) -> dict[str, Any]:
    """A brick's calls, or a head's; `read` is the source of what it is called on."""
    layer, name = stage.nodes[-1].layer, source_of(stage.name)
    if stage.brick is None:
        size = f"OUTPUTS[{name}].size"
        return _calls(f"layers.Dense({size}, name={name})", stage.name, read)
    made = layer.source(name)
    return _brick_calls(stage.brick, made, name, stage.name, read, [shape])


def _calls(layer_call: str, attribute: str, read: str) -> dict[str, Any]:
    """How a layer is made and called in each style."""
    return {
        "name": attribute,
        "layer_call": layer_call,
        "function_call": f"{layer_call}({read})",
        "method_call": f"self.{attribute}({read})",
        "training": "",
    }


def _brick_calls(
    brick: Brick,
    layer_source: str,
    name: str,
    attribute: str,
    read: str,
    shapes: Sequence[Shape],
) -> dict[str, Any]:
    """The same of a brick; `name` is the source of its name.

    The `shapes` are those that reach it, one for each repetition.
    """
    made = _calls(layer_source, attribute, read)
    if brick.block and not brick.custom:
        decided = _decided([brick.shape_arguments(shape) for shape in shapes])
        given = [brick.call_arguments()] if brick.call_arguments() else []
        called = [f"name={name}"]
        made["layer_call"] = (
            f"{type(brick).__name__}({', '.join(given + decided + called)})"
        )
        made["function_call"] = f"{brick.word()}({', '.join([read, *given, *called])})"
    if brick.takes_training:
        made["training"] = ", training=training"
        made["method_call"] = f"self.{attribute}({read}, training=training)"
    return made


def _loop(
    stage: Placement, repeat: Repeat, given: Shape, words: Sequence[str]
) -> dict[str, Any]:
    """How repeated bricks are written: those of one repetition, for a loop.

    Its `words` are what the loop calls their layers.
    """
    start = Graph().input(given, INPUT)
    found = [x for _, x in repeat.trace(start, stage.name)]
    shapes = [given, *(x.shape for x in found)]
    width = len(repeat.bricks)
    inner = []
    for position, (brick, suffix) in enumerate(
        zip(repeat.bricks, repeat.suffixes(), strict=True)
    ):
        name = f'f"{stage.name}_block{{n}}{suffix}"'
        source = found[position].layer.source(name)
        before, after = shapes[position:-1:width], shapes[position + 1 :: width]
        line = _brick_calls(brick, source, name, stage.name, "x", before)
        inner.append(line | {"comment": _comment(before, after), "word": words[position]})
    return {
        "name": stage.name,
        "layer_call": "",
        "stop": repeat.times + 1,
        "inner": inner,
        "alone": inner[0] if width == 1 else None,
        "comment": _comment([given], [stage.output]),
        "words": ", ".join(words),
    }


def _decided(repetitions: Sequence[Mapping[str, int | bool]]) -> list[str]:
    """The source of what a layer is told in each repetition, where it is not False in all."""
    values = {name: [decided[name] for decided in repetitions] for name in repetitions[0]}
    return [
        f"{name}={_by_repetition(decided)}"
        for name, decided in values.items()
        if any(decided)
    ]


def _by_repetition(values: Sequence[int | bool]) -> str:
    """The source of a value that repetition `n`, which counts from 1, is told."""
    first, *rest = values
    if len({*values}) == 1:
        return str(first)
    if len({*rest}) > 1:
        return f"{tuple(values)}[n - 1]"
    if isinstance(first, bool):
        return "n == 1" if first else "n > 1"
    return f"{first} if n == 1 else {rest[0]}"


def _comment(before: Sequence[Shape], after: Sequence[Shape]) -> str:
    """The shape that a brick gives, where it is another than it gets; the last one of many."""
    if list(before) == list(after):
        return ""
    at_last = " at last" if len(set(after)) > 1 else ""
    return f"  # {tuple(after[-1])}{at_last}"
