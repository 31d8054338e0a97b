"""Values that no widget offers, as somebody sends them who writes messages by hand."""

import json
from typing import Any

# Of each kind of widget, as Streamlit calls its message.
VALUES: dict[str, tuple[Any, ...]] = {
    "Selectbox": ("6000", "-1", "1", "no such label", "", "1e400", "x" * 10_000),
    "ButtonGroup": (["no such label"], ["", ""], ["6000"], []),
    "NumberInput": (6000.0, -1.0, 0.0, 1.5, 1e308, float("inf"), float("nan")),
    "Slider": ([6000.0], [-1.0], [1.5], [1e308], [float("nan")], [], [1.0, 2.0]),
    "Checkbox": (True,),
}
# How the keys of buttons end that lead to another page, or begin something that takes long.
ENDS = (".open", ".make", ".measure", ".start")

STRIDES = ("6000", "12000", "1", "-1")

# Points of a chart that nobody can click.
POINTS: tuple[Any, ...] = (
    {"x": 60, "y": 1000},
    {"x": 6000, "y": 6000},
    {"x": 8, "y": 0},
    {"x": 8, "y": -1},
    {"x": 0, "y": 2},
    {"x": -5, "y": 2},
    {"x": 8.5, "y": 2},
    {"x": "8", "y": "a"},
    {"x": None, "y": None},
    {"x": [8], "y": {}},
    {"x": 1e308, "y": 1e308},
    {},
    "a point",
    None,
)


def clicked(*points: Any) -> str:
    """What the browser sends when these points of a chart are clicked."""
    return json.dumps(
        {"selection": {"points": points, "point_indices": [], "box": [], "lasso": []}}
    )


# What is said in place of a chart's selection.
SELECTIONS = (
    *(clicked(point) for point in POINTS),
    "{}",
    '{"selection": null}',
    '{"selection": {"points": 5}}',
    '{"selection": {"points": {"0": 1}}}',
)

_HUGE = 10**400
_BOXES = ([0, 1, 1, _HUGE, 6], ["0", 1, 1, 5, 6], [0, 1], [[0], 1, 1, 5, 6], 5, None, {})
_CHANGES: tuple[Any, ...] = (
    *({"boxes": [box]} for box in _BOXES),
    {"boxes": {"0": 1}},
    {"boxes": [[_HUGE, 1, 1, 5, 6]]},
    *(
        {"cells": cells}
        for cells in (
            [[0, 0, _HUGE]],
            [[0, 0]],
            [[0, 0, "1"]],
            [["0", [], 1]],
            [[-1, -1, 1]],
            [[_HUGE, 0, 1]],
            [5],
            {"a": 1},
            "x",
        )
    ),
    *({"cells": [[0, 0, 1]], "plane": plane} for plane in ([0], "x", [0, 0, 0], {}, [[], []], 5)),
    {"selected": _HUGE},
    {"selected": "0"},
    {"image": -1, "channel": 6000},
    {"cell": [_HUGE, _HUGE]},
    {"cell": {}},
    {"gradient": [[_HUGE] * 4]},
    {"gradient": [["1"] * 4]},
    {"gradient": 5},
    {"ratio": _HUGE, "aligned": 5},
    {"ratio": [], "aligned": None},
    {"undo": "yes"},
    {"undo": {}},
)
# What is said in place of the edits of a stage; "seq" stands for the number that is due.
EDITS: tuple[Any, ...] = (
    {},
    5,
    "an edit",
    [],
    [1],
    {"seq": "seq"},
    {"changes": []},
    {"seq": "a", "changes": []},
    {"seq": _HUGE, "changes": []},
    {"seq": None, "changes": None},
    {"seq": "seq", "changes": 5},
    {"seq": "seq", "changes": [5]},
    {"seq": "seq", "changes": [None]},
    {"seq": "seq", "changes": [{}]},
    {"seq": "seq", "changes": [{"seq": "a"}]},
    {"seq": "seq", "changes": [{"seq": [1]}]},
    {"seq": "seq", "changes": {"seq": 1}},
    *({"seq": "seq", "changes": [{"seq": "seq"} | change]} for change in _CHANGES),
)
LOOKS: tuple[Any, ...] = (
    {},
    5,
    "x",
    [],
    {"proposal": _HUGE, "channel": 0, "sections": 2},
    {"proposal": 0, "channel": -1, "sections": 6000},
    {"proposal": "0", "channel": [], "sections": None},
)
REFERENCES: tuple[Any, ...] = ("no such convention", 5, [], {}, ["article"], _HUGE)


def numbered(edit: Any, seq: int) -> Any:
    """An edit with the number that is due in its places."""
    if isinstance(edit, dict):
        return {
            key: seq if key == "seq" and value == "seq" else numbered(value, seq)
            for key, value in edit.items()
        }
    return [numbered(one, seq) for one in edit] if isinstance(edit, list) else edit
