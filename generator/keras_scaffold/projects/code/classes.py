"""A whole as a class that holds layers: what `__init__` makes, and what `call` calls."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from keras_scaffold.bricks import trains
from keras_scaffold.projects.code.flow import Flow, indented
from keras_scaffold.projects.code.making import Making
from keras_scaffold.projects.code.tree import Around, Beside, Line, Loop, Node, lines_of

PROJECTION = "projection"
"""What the layers are called that change what came in."""
EACH = "layer"
"""What `call` calls the layers of a shortcut."""


class Held(Flow):
    """Statements in which layers are called that an object holds as its attributes.

    The attribute of a node is made of its name by `attribute`.
    """

    def __init__(
        self,
        making: Making,
        taken: Collection[str],
        attribute: Callable[[Node], str],
        *,
        comments: bool,
    ) -> None:
        super().__init__(making, {*taken, EACH}, comments=comments)
        self.attribute = attribute
        self.words: dict[int, str] = {}
        """What a node is called where it is called on tensors: self.conv, or conv in a loop."""
        self.chosen: dict[int, list[Node]] = {}
        self.repeated: dict[int, list[str]] = {}
        """What a loop calls the parts of one repetition."""

    def make(self, nodes: Sequence[Node]) -> list[str]:
        """The statements by which `__init__` makes what `written` calls."""
        statements = []
        for unit in self.units(nodes):
            word = self.attribute(unit)
            self.words[id(unit)] = f"self.{word}"
            statements.append(f"self.{word} = {self.element(unit, word)}")
        return statements

    def units(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """What is made as one: a layer, a list of them; a way around for its shortcut."""
        for node in nodes:
            if isinstance(node, Line | Loop):
                yield node
            elif isinstance(node, Beside):
                for branch in node.branches:
                    yield from self.units(branch)
                yield from node.join
            else:
                yield from self.units(node.body)
                if node.shortcut:
                    yield from self.always(node) or [node]
                yield from node.join

    def always(self, around: Around) -> list[Node]:
        """The units that change what came in, if they do so wherever it is called."""
        if self.making.block:  # of which only its calls can tell
            always = all(around.needed.values())
        else:
            always = self.making.needs(around, self.loops, PROJECTION) == "True"
        if not always:
            return []
        return [*self.units(self.shortcut(around, PROJECTION))]

    def shortcut(self, around: Around, word: str) -> list[Node]:
        """What changes what came in, once for what makes it and what calls it."""
        if id(around) not in self.chosen:
            nodes = self.making.projecting(around, self.loops, word, "", "")
            self.chosen[id(around)] = nodes
        return self.chosen[id(around)]

    def element(self, unit: Node, word: str) -> str:
        """The source that makes a unit."""
        if isinstance(unit, Line):
            return self.making.layer(unit, self.loops, word)
        if isinstance(unit, Around):
            needed = self.making.needs(unit, self.loops, word)
            lines = lines_of(self.shortcut(unit, word))
            made = [self.making.layer(line, self.loops, word) for line in lines]
            return f"[{', '.join(made)}{',' if len(made) > 1 else ''}] if {needed} else []"
        assert isinstance(unit, Loop)
        with self.within(unit):
            inner = [*self.units(unit.body)]
            words = self.repeated[id(unit)] = self.loop_words(unit, inner)
            made = [self.element(*pair) for pair in zip(inner, words, strict=True)]
        each = made[0] if len(made) == 1 else f"[{', '.join(made)},]"
        return f"[{each} for {unit.variable} in range(1, {self.making.stop(unit)})]"

    def loop_words(self, loop: Loop, inner: Sequence[Node]) -> list[str]:
        """What a loop calls the units of one repetition."""
        whole = f"{loop.name}_block{{{loop.variable}}}"
        words = []
        for unit in inner:
            words.append(self.free(unit_word(unit, whole)))
            self.words[id(unit)] = words[-1]
        return words

    def called(self, line: Line, read: str) -> str:
        return f"{self.words[id(line)]}({self.making.given(line, read)})"

    def loop_head(self, loop: Loop) -> str:
        return f"for {', '.join(self.repeated[id(loop)])} in {self.words[id(loop)]}:"

    def projected(self, around: Around, kept: str, x: str) -> list[str]:
        if id(around) not in self.words:
            return self.written(self.shortcut(around, PROJECTION), kept, kept)
        training = any(trains(line.brick) for line in lines_of(around.shortcut))
        call = f"{EACH}({kept}{', training=training' if training else ''})"
        loop = f"for {EACH} in {self.words[id(around)]}:"
        return [loop, *indented([f"{kept} = {call}"])]


def unit_word(unit: Node, whole: str) -> str:
    """What is left of the name of what is made as one, without that of the whole."""
    if isinstance(unit, Around):
        return PROJECTION
    return unit.name.removeprefix(whole).lstrip("_") or unit.brick.word().lower()
