"""A network as it is asked for: from answers to its plan, and back to what is kept of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, Self

from keras_scaffold.answers.fields import FEWEST_CLASSES
from keras_scaffold.answers.graph_fields import (
    BRICKS,
    HEAD_OF,
    TOWER_ON,
    AskedInput,
    Head,
)
from keras_scaffold.answers.keys import Key
from keras_scaffold.bricks import (
    CATALOGUE,
    Brick,
    Composite,
    Join,
    Vocabulary,
    class_problems,
    told_definition,
    used_definitions,
)
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

CHAIN = (
    "a Sequential model is one chain of bricks from one input to one output, without {}; "
    "say --style functional or --style subclassing"
)


class AskedNetwork(NamedTuple):
    """The answers that tell a network, by their keys; what is wrong, or not given, is none."""

    bricks: Vocabulary = CATALOGUE
    define: Vocabulary = CATALOGUE
    blocks: Sequence[Brick] | None = None
    inputs: Sequence[AskedInput] = ()
    towers: Sequence[Tower] = ()
    shared_tower: Sequence[Tower] = ()
    join: Join | None = None
    outputs: Sequence[AskedOutput] = ()
    heads: Sequence[Head] = ()
    input_shape: Shape | None = None
    classes: int | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """What of these answers tells a network."""
        return cls(**{key: values[key] for key in cls._fields if key in values})

    @property
    def named(self) -> bool:
        """Whether inputs or outputs have names."""
        return bool(self.inputs or self.outputs)

    @property
    def every_input(self) -> Sequence[AskedInput]:
        """The inputs; one image unless told."""
        return self.inputs or [(INPUT, None)]

    @property
    def every_output(self) -> Sequence[AskedOutput]:
        """The outputs; one classification unless told."""
        return self.outputs or [
            AskedOutput(ONLY_OUTPUT if self.named else HEAD, None, PLAIN)
        ]

    @property
    def every_tower(self) -> list[Tower]:
        """The towers; one that names no input is shared by all."""
        names = tuple(name for name, _ in self.every_input)
        return [
            replace(tower, inputs=tower.inputs or names)
            for tower in (*self.towers, *self.shared_tower)
        ]

    @property
    def every_brick(self) -> list[Brick]:
        """Every brick that is told, of towers, trunk and heads."""
        towers = (brick for tower in self.every_tower for brick in tower.bricks)
        heads = (brick for _, bricks in self.heads for brick in bricks)
        return [*towers, *(self.blocks or ()), *heads]

    @property
    def definitions(self) -> list[type[Composite]]:
        """The words that are defined by bricks."""
        known = self.vocabulary.bricks.values()
        return [one for one in known if issubclass(one, Composite)]

    @property
    def vocabulary(self) -> Vocabulary:
        """What words mean that are defined."""
        return self.define if self.define.bricks else self.bricks

    @property
    def leaves_shape_open(self) -> bool:
        """Whether some input takes --input-shape."""
        return any(shape is None for _, shape in self.every_input)

    @property
    def leaves_classes_open(self) -> bool:
        """Whether some output takes --classes."""
        return any(output.size is None for output in self.every_output)

    @property
    def shapes(self) -> list[Shape]:
        """The shapes of the inputs, as far as they are told."""
        shapes = [own or self.input_shape for _, own in self.every_input]
        return [shape for shape in shapes if shape]

    def plan(self, shape: Shape) -> Plan:
        """The plan of it: `shape` is that of inputs without one, unless that was told.

        The number of classes is FEWEST_CLASSES while it is unknown.
        """
        common = self.input_shape or shape
        classes, heads = self.classes or FEWEST_CLASSES, dict(self.heads)
        return Plan(
            tuple(Input(name, own or common) for name, own in self.every_input),
            tuple(self.every_tower),
            self.join,
            tuple(self.blocks or ()),
            tuple(
                Output(each.name, each.size or classes, each.kind, heads.get(each.name, ()))
                for each in self.every_output
            ),
            named=self.named,
        )

    def beyond_sequential(self, given: Mapping[str, Any]) -> Iterator[str]:
        """What a Sequential model cannot have, each by its name.

        Of what is not `given` for itself the preset is the reason, for all in one line.
        """
        beyond = [key for key in Key if key.beyond_a_chain and getattr(self, key)]
        for key in beyond:
            if key in given:
                yield f"{key.flag}: {CHAIN.format(key.beyond_a_chain)}"
        if of_preset := [key.beyond_a_chain for key in beyond if key not in given]:
            why = CHAIN.format(" or ".join(of_preset))
            yield f"--preset: `{given[Key.PRESET]}`: {why}"
        for position, brick in enumerate(self.blocks or (), start=1):
            if brick.reads_names:
                why = CHAIN.format("ways around its bricks")
                yield f"--blocks: brick {position} `{brick}`: {why}"

    def told_twice(self) -> Iterator[str]:
        """What is told for all, and for each by itself."""
        if self.input_shape and not self.leaves_shape_open:
            yield "--input-shape: every input has a shape of its own; leave it out, or theirs"
        if self.classes and not self.leaves_classes_open:
            yield "--classes: every output has a size of its own; leave it out, or theirs"

    def problems(self) -> Iterator[str]:
        """What does not go together of inputs, towers, join, outputs and heads."""
        inputs = [name for name, _ in self.every_input]
        outputs = [output.name for output in self.every_output] if self.named else []
        towers = [(Key.TOWERS.flag, tower) for tower in self.towers]
        towers += [(Key.SHARED_TOWER.flag, tower) for tower in self.shared_tower]
        for flag, tower in towers:
            for name in tower.inputs:
                if name not in inputs:
                    yield f"{flag}: there is no input `{name}`; {did_you_mean(name, inputs)}"
        on = Counter(name for tower in self.every_tower for name in tower.inputs)
        for name, number in on.items():
            if number > 1:
                yield f"--tower: `{name}` has several towers; put all of its bricks into one"
        if self.definitions:
            yield from (f"--define: {why}" for why in class_problems(self.every_brick))
        yield from join_problems(self.join, inputs)
        if self.shared_tower and len(inputs) < 2:
            yield (
                f"--shared: there is one input, `{inputs[0]}`, to share with none; name others "
                "by --input, or write its bricks into --blocks"
            )
        for name, _ in self.heads:
            if name not in outputs:
                way_out = did_you_mean(name, outputs) if outputs else "name it by --output"
                yield f"--head: there is no output `{name}`; {way_out}"

    def kept_definitions(self) -> Iterator[type[Composite]]:
        """The definitions that are kept: those given, and of a file those that are used."""
        own = {*self.define.bricks} - {*self.bricks.bricks}
        used = used_definitions(self.vocabulary, self.every_brick)
        for brick in self.definitions:
            of_file = self.bricks.bricks.get(brick.word()) is brick
            if brick in used or not of_file or brick.word() in own:
                yield brick

    def recorded(self) -> dict[str, Any]:
        """The answers that tell it, as an answers file keeps them."""
        kept = {
            Key.DEFINE: [*map(told_definition, self.kept_definitions())],
            Key.BLOCKS: notations(self.blocks or ()),
            Key.INPUTS: [
                name if shape is None else f"{name}={shape_text(shape)}"
                for name, shape in self.inputs
            ],
            Key.TOWERS: [
                {TOWER_ON: list(tower.inputs), BRICKS: notations(tower.bricks)}
                for tower in self.every_tower
            ],
            Key.JOIN: self.join and str(self.join),
            Key.OUTPUTS: notations(self.outputs),
            Key.HEADS: [
                {HEAD_OF: name, BRICKS: notations(bricks)} for name, bricks in self.heads
            ],
            Key.INPUT_SHAPE: self.input_shape and shape_text(self.input_shape),
            Key.CLASSES: self.classes,
        }
        return {str(key): kept[key] for key in kept if kept[key] or key is Key.BLOCKS}


def notations(written: Sequence[object]) -> list[str]:
    """Bricks or outputs, each as it is written."""
    return list(map(str, written))


def join_problems(join: Join | None, inputs: Sequence[str]) -> Iterator[str]:
    """Why so many inputs cannot be joined so."""
    if join is None and len(inputs) > 1:
        yield (
            f"--join is missing for the inputs {', '.join(inputs)}; give one, e.g. "
            "--join concatenate"
        )
    elif join is not None and len(inputs) == 1:
        yield f"--join: `{join}` has one input to join; leave it out"
    elif join is not None and join.most and len(inputs) > join.most:
        yield (
            f"--join: `{join}` joins {join.most} inputs, not {len(inputs)}; take one that "
            "joins any number, e.g. concatenate"
        )
