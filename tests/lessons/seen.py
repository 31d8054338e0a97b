"""What everybody may see of an open question, worked out and written here a second way."""

from dataclasses import replace

from app.exercise.gradient import incoming
from app.lessons.answers import option
from app.lessons.lesson import lessons
from app.lessons.question import Question
from app.text import Text

from . import by_hand

TEXT = Text("en")
RULES = TEXT.section("lessons.rule").values()


def shown(asked: Question):
    """What of a question everybody may see, worked out here."""
    exercise = asked.exercise
    scale = exercise.spatial_scale
    _, x1, y1, x2, y2 = exercise.boxes[exercise.selected]
    down, across = by_hand.box_in_cells(exercise)
    sections = asked.drawn == "sections" and by_hand.cut_of(exercise)
    return {
        "rows": exercise.size[0],
        "cols": exercise.size[1],
        "cells": exercise.maps.array[exercise.image, exercise.channel].ravel().tolist(),
        "outputSize": [*exercise.output_size],
        "section": asked.section and [*asked.section],
        "box": axes((at, at + size) for at, size in (down, across)) if asked.shows_box else None,
        "boxes": boxes_of(exercise) if asked.asks == "shape" else [],
        "outline": axes(((y1 * scale, y2 * scale), (x1 * scale, x2 * scale)))
        if asked.shows_outline
        else None,
        "sections": axes(map(listed, sections)) if sections else None,
        "upstream": incoming(exercise)[exercise.selected].tolist()
        if asked.kind == "back"
        else None,
        **({} if asked.kind in ("cut", "box") else {"start": None}),
        "options": [card(asked, k) for k in range(len(asked.options))] or None,
        "text": TEXT.section("lessons.figure"),
    }


def boxes_of(exercise):
    """The boxes on the map that is seen, in cells."""
    found = (
        by_hand.box_in_cells(replace(exercise, selected=n))
        for n, box in enumerate(exercise.boxes)
        if box[0] == exercise.image
    )
    return [axes((at, at + size) for at, size in sides) for sides in found]


def axes(spans):
    return dict(zip(("rows", "cols"), map(list, spans), strict=True))


def listed(spans):
    return [list(span) for span in spans]


def card(asked, k):
    made = option(asked, asked.options[k])
    wide = asked.exercise.output_size[1]
    if asked.asks == "cut":
        return {"key": "abcdefgh"[k], "output": None, "cut": axes(map(listed, made))}
    rows = [[*made[at : at + wide]] for at in range(0, len(made), wide)]
    return {"key": "abcdefgh"[k], "output": rows, "cut": None}


def own_numbers(asked: Question, sent):
    """The numbers that a question is asked with; they may happen to be those of an answer."""
    seen = shown(asked)
    names = "box", "boxes", "outline", "sections", "section", "upstream", "outputSize"
    rule = [one for one in RULES if one == sent["question"]["rule"]]
    asks = [sentence(asked, sent["id"]), rule, sent["number"], sent["count"]]
    return [*(seen[name] for name in names), asks]


def sentence(asked: Question, key):
    """What is asked, written here from what everybody may know of the question."""
    _, number, step, *_ = key.split(".")
    lesson = lessons()[int(number) - 1]
    exercise, (down, across) = asked.exercise, by_hand.box_in_cells(asked.exercise)
    sides = (f"{side:g}".replace("-", "−") for side in exercise.boxes[exercise.selected][1:])
    target = (f"{one:g}" if asked.goal == "this_box" else f"{one:.2f}" for one in asked.target)
    return TEXT(
        f"lessons.{lesson.name}.{lesson.steps[int(step) - 1].key}",
        box="x1 = {}, y1 = {}, x2 = {}, y2 = {}".format(*sides),
        **dict(zip(("rows", "cols"), exercise.size, strict=True)),
        **dict(zip(("high", "wide"), exercise.output_size, strict=True)),
        **{"n_rows": down[1], "n_cols": across[1], "count": len(exercise.boxes)},
        **{"images": exercise.maps.images, "channels": exercise.maps.channels},
        **dict(zip("ij", asked.section or (0, 0), strict=True)),
        stride=f"{1 / exercise.spatial_scale:g}",
        target=", ".join(target),
    )
