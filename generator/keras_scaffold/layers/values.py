"""What the arguments of Keras' layers may be: each type's label names the kind that checks it.

A field of a rule has one of these types, or bool, or a Literal of words; where its default is
None, it may be None too.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

Label = str
Several = tuple[Any, ...]

Width = Annotated[int, "width"]
"""A number of filters or units, which the width multiplier scales."""
Count = Annotated[int, "count"]
Groups = Annotated[int, "groups"]
"""A number of groups; -1 is one for each channel."""
Seed = Annotated[int, "seed"]
Bits = Annotated[float | Several, "bits"]
"""How many bits of each colour are kept, or from how many to how many."""

Share = Annotated[float, "share"]
"""From 0 to 1."""
Number = Annotated[float, "number"]
Natural = Annotated[float, "natural"]
"""A number of 0 or more."""
Positive = Annotated[float, "positive"]
Numbers = Annotated[float | Several, "numbers"]
"""A number, or one for each channel."""

Sizes = Annotated[int | Several, "sizes"]
"""One size for all axes of a map, or one for each."""
Extras = Annotated[int | Several, "extras"]
"""The same of sizes that may be 0."""
Borders = Annotated[int | Several, "borders"]
"""One width for all borders of a map, or one for each axis or each side of it."""
Odds = Annotated[int | Several, "odds"]
"""Odd sizes."""
Target = Annotated[Several, "target"]
"""A shape, in which one side may be -1: what is left."""
Sides = Annotated[int | Several, "sides"]
"""A shape, of which one side may be written alone."""
Order = Annotated[Several, "order"]
"""The axes of the input, which count from 1, in another order."""
Axis = Annotated[int, "axis"]
Axes = Annotated[int | Several, "axes"]
WeightAxes = Annotated[int | Several, "weight_axes"]
"""The same of weights, which have no batch."""
Places = Annotated[int | Several, "places"]
"""Axes that count from 1."""
Pair = Annotated[int | Several, "pair"]
"""An axis of two inputs, or one of each."""
Noise = Annotated[Several, "noise"]
"""A shape with the batch, in which None is the input's side and 1 one for all."""

Amount = Annotated[float | Several, "amount"]
"""How much at most, from 0 to 1, or from how much to how much."""
Change = Annotated[float | Several, "change"]
"""The same from -1 to 1."""

Grid = Annotated[Several, "grid"]
"""How many in both directions."""
Zoom = Annotated[float | Several, "zoom"]
"""The same above -1, at which nothing is left."""
Range = Annotated[Several, "range"]
"""The smallest and the largest value of a pixel."""

DataFormat = Annotated[str, "data_format"]
Activation = Annotated[str, "activation"]
Initializer = Annotated[Any, "initializer"]
"""Of weights of two axes or more."""
MatrixInitializer = Annotated[Any, "matrix_initializer"]
VectorInitializer = Annotated[Any, "vector_initializer"]
Regularizer = Annotated[Any, "regularizer"]
MatrixRegularizer = Annotated[Any, "matrix_regularizer"]
Constraint = Annotated[Any, "constraint"]
Equation = Annotated[str, "equation"]
Letters = Annotated[str, "letters"]
Inner = Annotated[Any, "layer"]
"""Another layer."""

OneTensor = Annotated[bool, "one_tensor"]
Stateless = Annotated[bool, "stateless"]
Unwritten = Annotated[None, "unwritten"]
"""What takes an object of Python, and stays None here."""

WindowPadding = Annotated[str, "padding"]
SequencePadding = Annotated[str, "sequence_padding"]
Resampling = Annotated[str, "resampling"]
Interpolation = Literal["nearest", "bilinear"]
FillMode = Literal["constant", "nearest", "reflect", "wrap"]
