"""Exercises as files without Python, what readers change there, and what the app would answer."""

from dataclasses import replace
from typing import Any

import numpy as np

from app.exercise.desk import Desk
from app.exercise.maps import Maps
from app.exercise.record import Exercise, article_exercise
from app.stage.payload import payload
from app.takeaway.contents import contents
from app.text import LANGUAGES, Text
from roipool import PRESETS
from tests.figures.cases.sent import Random, as_boxes, on_cells, some_map, some_span
from tests.sampling import SAMPLING

# What is on screen, beside what only a server has.
_LEFT_OUT = {"saved", "link", "coordinates", "edges", "session", "ack", "epoch", "cell", "problems"}


def cases() -> list[dict[str, Any]]:
    random = np.random.default_rng(SAMPLING.seed)
    made = [_case(article_exercise(), list(PRESETS), random)]
    made += [
        _case(_some_exercise(random), _some_rules(random), random)
        for _ in range(SAMPLING.examples(24))
    ]
    return made


def _some_exercise(random: Random) -> Exercise:
    rows, cols = random.integers(2, 15, 2).tolist()
    scale = float(random.choice([1.0, 0.5, 1 / 16]))
    maps = some_map(rows, cols, random)
    if random.random() < 0.5:
        # No zero with a sign: of two equal ones either may come out.
        maps = Maps(
            np.round(random.normal(0, 10.0 ** random.integers(-3, 4), (rows, cols)), 3) + 0.0
        )
    numbers = random.integers(-2, max(rows, cols) + 3, (random.integers(0, 4), 4)) / scale
    if random.random() < 0.3:
        numbers = numbers + np.round(random.random(numbers.shape), 2)
    boxes = as_boxes([[0.0, *box] for box in numbers.tolist()])
    size = (int(random.integers(1, 15)), int(random.integers(1, 15)))
    rule = str(random.choice(list(PRESETS)))
    return Exercise(maps, boxes, size, rule, spatial_scale=scale)


def _some_rules(random: Random) -> list[str]:
    return random.choice(list(PRESETS), random.integers(1, 4), replace=False).tolist()


def _case(exercise: Exercise, rules: list[str], random: Random) -> dict[str, Any]:
    """A few changes by hand, each with what the app shows then, in a language."""
    file = contents(exercise, rules)
    desk = Desk(exercise, session=1)
    steps = [_step({}, desk, "en")]
    for seq in range(1, 6):
        change, desk = _changed(desk, rules, seq, random)
        steps.append(_step(change, desk, list(LANGUAGES)[seq % 2]))
    return {"file": file, "steps": steps}


def _changed(desk: Desk, rules: list[str], seq: int, random: Random) -> tuple[dict[str, Any], Desk]:
    exercise = desk.exercise
    kind = str(random.choice(["box", "cell", "size", "rule", "undo"]))
    if kind == "size":
        size = random.integers(1, 15, 2).tolist()
        return {"size": size}, desk.put(replace(exercise, output_size=tuple(size)))
    if kind == "rule":
        rule = str(random.choice(rules))
        return {"rule": rule}, desk.put(replace(exercise, convention=rule))
    boxes = [list(box) for box in exercise.boxes]
    selected = exercise.selected
    cells = []
    if kind == "box":
        selected = int(random.integers(0, max(1, len(boxes))))
        spans = (some_span(side, random) for side in exercise.size)
        boxes[selected : selected + 1] = [on_cells(exercise, *spans)]
    if kind == "cell":
        row, col = (int(random.integers(0, side)) for side in exercise.size)
        cells = [[row, col, float(np.round(random.normal(), 4)) + 0.0]]
    change = {
        "seq": seq,
        "boxes": boxes,
        "cells": cells,
        "plane": [0, 0],
        "selected": selected,
        "cell": None,
        "image": 0,
        "channel": 0,
    }
    if kind == "undo":
        change = {"seq": seq, "undo": True, "redo": False}
    return {"sent": change}, desk.take({"session": 1, "changes": [change]})


def _step(change: dict[str, Any], desk: Desk, language: str) -> dict[str, Any]:
    shown = payload(desk, Text(language), "story")
    answer = {name: value for name, value in shown.items() if name not in _LEFT_OUT}
    answer["notices"] = [one for one in answer["notices"] if one["box"] is not None]
    return {"change": change, "language": language, "answer": answer}
