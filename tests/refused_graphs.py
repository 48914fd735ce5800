"""Random graphs that are refused: legal ones that one change broke, and wild ones, mostly."""

from __future__ import annotations

from typing import Any

from graph_strategies import graphs
from hypothesis import strategies as st
from strategies import BY_NAME, JOINS, PAIRS, bricks, shapes

from keras_scaffold.layers.layer import shape_text


@st.composite
def broken_graphs(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """A legal graph that one change made illegal, and what an error has to name then."""
    graph = draw(graphs())
    outputs = [output.partition("=")[0] for output in graph["outputs"]]
    name = draw(st.sampled_from(outputs))
    heads = [head for head in graph.get("heads", ()) if head["output"] != name]
    [bricks] = [
        head["blocks"] for head in graph.get("heads", ()) if head["output"] == name
    ] or [[]]
    place = draw(st.integers(0, len(bricks)))
    wrong, culprit = draw(
        st.sampled_from(
            [
                ('add("nowhere")', 'add("nowhere")'),
                ('branch_from("nowhere")', 'branch_from("nowhere")'),
                ("subtract", "subtract"),
                ('dot("nowhere", "either")', 'dot("nowhere", "either")'),
                ("reshape(7, 7, 7919)", "reshape(7, 7, 7919)"),
                ("maxpool(9999)", "maxpool(9999)"),
                ("conv(0)", "conv(0)"),
                ("convv(8)", "convv(8)"),
                ("dense(8, unit=3)", "unit"),
                (f'dropout(0.5, name="{name}")', f'dropout(0.5, name="{name}")'),
            ]
        )
    )
    added = [*bricks[:place], wrong, *bricks[place:]]
    return {**graph, "heads": [*heads, {"output": name, "blocks": added}]}, culprit


@st.composite
def wild_graphs(draw: st.DrawFn) -> dict[str, Any]:
    """Answers that look like a graph, most of which make no network."""
    anything = st.lists(
        st.one_of(
            bricks(),
            bricks(name="a"),
            st.sampled_from(
                [f'{join}("{name}")' for join in BY_NAME for name in ("a", "own_0", "left")]
            ),
            st.sampled_from(["gap", "flatten", "dense(4)", 'branch_from("a")']),
        ),
        max_size=3,
    )
    inputs = draw(st.lists(st.sampled_from(["left", "right"]), unique=True))
    shape = shape_text(draw(shapes()))
    told: dict[str, Any] = {"blocks": draw(anything)}
    if inputs:
        told["inputs"] = [f"{name}={shape}" for name in inputs]
        on = draw(st.lists(st.sampled_from(inputs), min_size=1, unique=True))
        told["towers"] = [{"inputs": on, "blocks": [*draw(anything), "gap"]}]
    if len(inputs) > 1:
        told["join"] = draw(st.sampled_from([*JOINS, *PAIRS]))
    told["outputs"] = ["digit=10", "angle=1:regression"][: draw(st.integers(1, 2))]
    told["heads"] = [{"output": "digit", "blocks": [*draw(anything), "gap"]}]
    return {key: value for key, value in told.items() if value or key == "blocks"}
