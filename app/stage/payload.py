"""What the stage is sent: an exercise with all that is drawn and said of it, as plain JSON."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from app.exercise.coordinates import coordinates
from app.exercise.desk import Desk
from app.exercise.feature_maps import make_cells
from app.exercise.limits import MAX_BOXES
from app.exercise.link import LinkError, encode
from app.exercise.lookup import edge_table, own_edges
from app.exercise.maps import Maps
from app.exercise.record import Exercise, Result, pool
from app.story.chapters import story
from app.story.notices import notices
from app.story.scenes import MOST_SPOKEN
from app.story.told import Tell, forward
from app.text import Text

Panel = Literal["story", "lesson", "boxes", "compact", "notebook"]
"""What the plain stage has beside it; "compact" is the boxes and the figure in little space."""

Parts = Mapping[str, Callable[[Exercise, Text], Any]]
"""What a page adds to what its figure is sent, by name: plain JSON of what is on screen."""

NOTHING: Parts = {}


# How i·n/P is written down; the floats divide before they multiply.
_FORMS = {"exact": "whole", "step": "step", "step_rest": "step"}


def payload(
    desk: Desk,
    text: Text,
    panel: Panel = "boxes",
    backend: str = "numpy",
    *,
    figure: str = "stage",
    tell: Tell = forward,
    parts: Parts = NOTHING,
    picks: bool = False,
    stacks: bool = False,
    reach: int = 0,
    language: str | None = None,
    linked: bool = True,
) -> dict[str, Any]:
    """Everything that the stage draws and says, as plain JSON.

    Where it is not `linked` it stands on no page that could be opened by a link. `language` is what
    the page's address has to name.
    """
    exercise = desk.exercise
    result = pool(exercise, backend)
    told = tell(exercise, backend, text)
    result = replace(result, warning=result.warning or told.warning)
    scenes = told.scenes
    link = link_of(desk, text, language) if linked else None
    if panel == "compact":
        # Where nothing is played its end is all there is to see, and the sections are what to say.
        said = next((scene for scene in scenes if scene.kind == "sections"), scenes[-1])
        scenes = [replace(scenes[-1], caption=said.caption)]
    rows, cols = exercise.size
    longest = max(rows, reach), max(cols, reach)
    high, wide = exercise.output_size
    rule, scale = exercise.rule, exercise.spatial_scale
    return {
        "ack": desk.ack,
        "session": desk.session,
        "epoch": desk.epoch,
        "panel": panel,
        "language": text.language,
        "rows": rows,
        "cols": cols,
        "cells": [value for row in exercise.cells for value in row],
        "outputSize": [high, wide],
        "boxes": [
            _box(exercise, result, n, longest) | dict(told.boxes[n] if told.boxes else ())
            for n in range(len(exercise.boxes))
        ],
        "selected": exercise.selected,
        "images": exercise.maps.images,
        "image": exercise.image,
        "channel": exercise.channel,
        "channels": _channels(exercise, result),
        "stack": _stack(exercise, result) if stacks else [],
        "mostBoxes": MAX_BOXES,
        "mostSpoken": MOST_SPOKEN,
        "kinds": told.kinds,
        "output": _output(exercise, result),
        "cell": list(desk.output_cell) if picks else None,
        "rule": rule_of(exercise),
        "coordinates": {
            axis: coordinates(size, rule, scale)._asdict()
            for axis, size in zip(("rows", "cols"), longest, strict=True)
        },
        "edges": {
            "rows": edge_table(longest[0], high, rule, scale),
            "cols": edge_table(longest[1], wide, rule, scale),
        },
        "scenes": [scene.as_json() for scene in scenes],
        "notices": notices(exercise, result, text, ends=panel != "compact") + _unlinked(link, text),
        "problems": [
            {"box": problem.box, "column": problem.column, "text": problem.sentence(text)}
            for problem in desk.problems
        ],
        "text": words(figure, text),
        "story": story(exercise, result, text),
        "link": link,
        "saved": saved(desk, text),
        **told.parts,
        **{name: make(exercise, text) for name, make in parts.items()},
    }


def rule_of(exercise: Exercise) -> dict[str, Any]:
    """What a figure has to know of the exercise's convention."""
    rule = exercise.rule
    return {
        "unit": exercise.unit,
        "stop": rule.stop,
        "form": _FORMS.get(rule.arithmetic, "float"),
        "rest": rule.arithmetic == "step_rest",
        "emptyValue": json_number(rule.empty_value),
        "emptyArgmax": rule.empty_argmax,
        "lowest": None if rule.lowest is None else json_number(rule.lowest),
    }


# Words that only one of the figures has, by what they begin with.
_OWN_WORDS = {"ruler.": "sizes", "gradient.": "gradient"}


def words(figure: str, text: Text) -> dict[str, str]:
    """The strings of a figure: each answer holds them, so none of another's."""
    others = tuple(begin for begin, its in _OWN_WORDS.items() if its != figure)
    words = text.section("stage")
    return {key: said for key, said in words.items() if not key.startswith(others)}


def _unlinked(link: dict[str, Any] | None, text: Text) -> list[dict[str, Any]]:
    """That a reload loses what no link holds."""
    lost = link is not None and not link["code"]
    return [{"box": None, "text": text("notice.no_link")}] if lost else []


def link_of(desk: Desk, text: Text, language: str | None = None) -> dict[str, Any]:
    """What the page's address says: the code of the exercise, or why it has none.

    The `language` stands there where it is not the one that the browser asks for. Where there is no
    code, `frame` is that of all but the cells, which the stage has itself.
    """
    address: dict[str, Any] = {
        "code": None,
        "frame": None,
        "problem": None,
        "start": desk.exercise == desk.start,
        "language": language,
    }
    try:
        return address | {"code": encode(desk.exercise)}
    except LinkError as error:
        frame = encode(_without_cells(desk.exercise))
        return address | {"problem": error.problem.sentence(text), "frame": frame}


def _without_cells(exercise: Exercise) -> Exercise:
    """An exercise that is short enough for a link, on a single map of the same size."""
    bare = exercise.with_maps(Maps(make_cells("continued", *exercise.size)))
    try:
        encode(bare)
    except LinkError:
        # The stage has that too, where it can be changed.
        return replace(bare, gradient=())
    return bare


def saved(desk: Desk, text: Text) -> dict[str, str]:
    """What is said while an edit has no answer, and after a session was lost."""
    lost = desk.lost.sentence(text) if desk.lost else ""
    return {"late": text("saved.late"), "lost": lost}


def _box(exercise: Exercise, result: Result, n: int, longest: tuple[int, int]) -> dict[str, Any]:
    bins = result.bins
    place = np.stack([bins.start[n], bins.length[n]])  # x and y
    whole = (place == np.floor(place)).all(axis=0)
    told: dict[str, Any] = {
        "numbers": list(exercise.boxes[n]),
        # A fractional box is cut by another arithmetic than the tables of whole cells hold.
        "whole": bool(whole.all()),
        "rows": axis(bins.rows[n], bins.y0[n], bins.y1[n]),
        "cols": axis(bins.cols[n], bins.x0[n], bins.x1[n]),
    }
    for name, of, most in (("rows", 1, longest[0]), ("cols", 0, longest[1])):
        # So long a box is in no table.
        if whole[of] and bins.length[n, of] > most:
            size, scale = exercise.output_size, exercise.spatial_scale
            edges = own_edges(exercise.boxes[n], size, exercise.rule, scale)
            told[name]["edges"] = edges[name]
    return told


def axis(span: Any, starts: Any, stops: Any) -> dict[str, Any]:
    """The cells of a box along one axis and the edges of its bins, clipped to the map."""
    return {"span": span.tolist(), "starts": starts.tolist(), "stops": stops.tolist()}


def _output(exercise: Exercise, result: Result) -> list[float | str]:
    n = exercise.played
    return [] if n is None else json_numbers(result.output[n])


def _channels(exercise: Exercise, result: Result) -> list[list[float | str]]:
    """The played box's output of every channel, where there is more than the one on the stage."""
    n, count = exercise.played, exercise.maps.channels
    if count == 1:
        return []
    return [[]] * count if n is None else [json_numbers(output) for output in result.outputs[n]]


# Of so many boxes the outputs can be seen side by side; of more a count says enough.
MOST_STACKED = 24


def _stack(exercise: Exercise, result: Result) -> list[list[float | str]]:
    """Every box's output on the channel that is shown, where there are several."""
    if not 1 < len(exercise.boxes) <= MOST_STACKED:
        return []
    return [json_numbers(output) for output in result.output]


def json_numbers(values: NDArray[np.float64]) -> list[float | str]:
    return [json_number(value) for value in values.ravel().tolist()]


def json_number(value: float) -> float | str:
    """JSON has no infinities; JavaScript's Number reads them from text."""
    return str(value).replace("inf", "Infinity") if abs(value) == float("inf") else value
