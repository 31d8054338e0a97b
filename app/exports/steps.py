"""The steps of a story as slides and stills tell them: what each is called, says and explains."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.exercise.record import Exercise, Result
from app.story.chapters import story
from app.story.scenes import Scene, scenes
from app.text import Text, fraction
from roipool import Convention
from roipool.bins import boundaries

# Nobody shows a hundred slides of the same kind: the search through so many sections is enough.
MOST_SEARCHED = 16

_ROUNDS = {
    "floor": "⌊{}⌋",
    "ceil": "⌈{}⌉",
    "nearest": "round({})",
    "floor_or_one": "⌊{}⌋",
}
Ends = tuple[list[str], list[str]] | None


@dataclass(frozen=True, slots=True)
class Step:
    """A scene at which the story stops, in words.

    Attributes
    ----------
    title, caption : what it is called, and the sentence that goes with it
    notes : paragraphs for whoever explains it
    """

    scene: Scene
    title: str
    caption: str
    notes: tuple[str, ...]


def steps(exercise: Exercise, result: Result, text: Text) -> list[Step]:
    """The scenes that stop; of the search, the first `MOST_SEARCHED` sections.

    Examples
    --------
    >>> from app.exercise.record import article_exercise, pool
    >>> exercise = article_exercise()
    >>> told = steps(exercise, pool(exercise), Text("en"))
    >>> len(told), told[0].title, told[3].title
    (9, 'Input', 'Section (0, 0) searched')
    """
    told = [scene for scene in scenes(exercise, result, text) if scene.stop]
    searched = [scene for scene in told if scene.kind == "scan"]
    left_out = searched[MOST_SEARCHED:]
    told_of = story(exercise, result, text, at_hand=False)
    bodies = {chapter["kind"]: chapter["body"] for chapter in told_of}

    def notes(scene: Scene) -> Iterator[str]:
        yield bodies[scene.kind]
        if scene.kind == "sections":
            yield from _cut(exercise, result, text)
        if left_out and scene is searched[MOST_SEARCHED - 1]:
            yield text("exports.left_out", count=len(left_out))

    return [
        Step(scene, step_name(scene, text), scene.caption, tuple(notes(scene)))
        for scene in told
        if scene not in left_out
    ]


def step_name(scene: Scene, text: Text) -> str:
    """A step by its title; one of the search by its section."""
    if scene.section is None:
        return text(f"story.{scene.kind}.title")
    i, j = scene.section
    return text("exports.section", i=i, j=j)


def _cut(exercise: Exercise, result: Result, text: Text) -> Iterator[str]:
    """Whose cut it is, and its arithmetic, an axis each."""
    rule, n, bins = result.convention, exercise.selected, result.bins
    key = f"convention.{rule.name}"
    name = text(key) if text.has(key) else " ".join(rule.name.split())
    yield text("exports.cut.convention", name=name)
    high, wide = exercise.output_size
    rounded = _rounded(rule, bins.start[n, 1], bins.length[n, 1], high)
    yield _axis("rows", bins.rows[n], bins.y0[n], bins.y1[n], rounded, text)
    rounded = _rounded(rule, bins.start[n, 0], bins.length[n, 0], wide)
    yield _axis("cols", bins.cols[n], bins.x0[n], bins.x1[n], rounded, text)


def _axis(name: str, box: Any, starts: Any, stops: Any, rounded: Ends, text: Text) -> str:
    """How the cells of a box (start, stop) are cut along an axis."""
    start, stop = box.tolist()
    spans = zip(starts.tolist(), stops.tolist(), strict=True)
    cells = _listed(text.span(*span) for span in spans)
    values = {"start": start, "n": stop - start, "count": len(starts), "cells": cells}
    said = text(f"exports.cut.{name}", **values)
    if rounded is None:
        return said
    first, last = map(_listed, rounded)
    return text.join(said, text("exports.cut.rounded", starts=first, stops=last))


def _rounded(rule: Convention, start: Any, length: Any, count: int) -> Ends:
    """What is rounded to be the starts and the stops, from the box's first cell; see `Convention`.

    None where the box is not rounded: it is cut in the map's coordinates, not in its own cells.
    """
    if rule.rounding == "none":
        return None
    parts, divisor = boundaries(np.array([start]), np.array([length]), count, rule)
    real = [fraction(value) for value in (np.asarray(parts, np.float64) / divisor).tolist()]
    first = _ROUNDS["nearest" if rule.stop == "nearest" else "floor"]
    last = _ROUNDS[rule.stop]
    return [first.format(one) for one in real[:-1]], [last.format(one) for one in real[1:]]


def _listed(parts: Iterable[str]) -> str:
    return " | ".join(parts)
