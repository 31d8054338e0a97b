"""Mounts RoIPool beside RoIAlign on a box in image pixels, and takes back its edits."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from app.component import component
from app.edit import Problem
from app.exercise import Exercise, pool
from app.limits import MAX_IMAGE, MAX_STRIDE, MIN_STRIDE
from app.pixel_tables import tables
from app.positions import Align, outputs, positions
from app.quantise import quantise, sentence
from app.stage import Desk, axis, json_number, json_numbers, link_of
from app.text import Text, plain
from roipool import AxisSamples, align_samples

RATIOS = (0, 1, 2, 4)
"""Samples of a bin along an axis that the page offers; 0 adapts to the box."""


def align_of(name: str) -> Align:
    """How RoIAlign samples on the page of this name."""
    align: Align = st.session_state.setdefault(f"{name}.align", Align())
    return align


def problem_of(exercise: Exercise) -> Problem | None:
    """Why an exercise cannot be shown in pixels; None where it can.

    Examples
    --------
    >>> from app.exercise import article_exercise
    >>> problem_of(article_exercise()).key
    'pixels.stride'
    """
    rows, cols = exercise.size
    unit = exercise.unit
    if abs(unit - round(unit)) > 1e-9 or not MIN_STRIDE <= round(unit) <= MAX_STRIDE:
        limits = {"least": MIN_STRIDE, "most": MAX_STRIDE}
        return _problem("stride", None, stride=plain(round(unit, 3)), **limits)
    high, wide = round(rows * unit), round(cols * unit)
    if max(high, wide) > MAX_IMAGE:
        return _problem("size", None, wide=wide, high=high, most=MAX_IMAGE)
    n = exercise.played
    if n is None:
        return _problem("none", None)
    _, x1, y1, x2, y2 = exercise.boxes[n]
    # The box need not touch whole pixels, but has to cover something, and nothing off the image.
    for name, first, last, most in (("x", x1, x2, wide), ("y", y1, y2, high)):
        values = {"first": f"{name}1", "last": f"{name}2", "most": most}
        if not (0 <= first <= most and 0 <= last <= most):
            return _problem("outside", n, **values)
        if last - first < 1:
            return _problem("backwards", n, **values)
    return None


def _problem(key: str, box: int | None, **values: object) -> Problem:
    return Problem(f"pixels.{key}", box, values=tuple(values.items()))


def take(desk: Desk, align: Align, edit: dict[str, Any]) -> tuple[Desk, Align]:
    """The desk and RoIAlign's choices after an edit; what cannot be shown is refused."""
    for change in edit["changes"]:
        if int(change["seq"]) > desk.ack:
            align = _chosen(align, change)
    taken = desk.take(edit)
    problem = problem_of(taken.exercise)
    if problem:
        return replace(desk, ack=taken.ack, problems=(problem,)), align
    return taken, align


def _chosen(align: Align, change: Mapping[str, Any]) -> Align:
    ratio, aligned = change.get("ratio"), change.get("aligned")
    return Align(
        ratio if ratio in RATIOS and not isinstance(ratio, bool) else align.ratio,
        aligned if isinstance(aligned, bool) else align.aligned,
    )


def show(name: str, text: Text) -> None:
    """Put both views of ``st.session_state[name]``, a Desk, on the page."""
    key = f"{name}.views"
    align = align_of(name)

    def edited() -> None:
        edit = st.session_state[key].get("edit")
        if edit:
            state = st.session_state
            state[name], state[f"{name}.align"] = take(state[name], align_of(name), edit)

    component("pixels")(
        key=key,
        data=payload(st.session_state[name], align, text),
        default={"edit": None},
        width="stretch",
        height="content",
        on_edit_change=edited,
    )


def payload(desk: Desk, align: Align, text: Text) -> dict[str, Any]:
    """Everything that the views draw and say, as plain JSON."""
    exercise = desk.exercise
    rows, cols = exercise.size
    rule = exercise.rule
    return {
        "ack": desk.ack,
        "epoch": desk.epoch,
        "language": text.language,
        "rows": rows,
        "cols": cols,
        "stride": round(exercise.unit),
        "cells": [value for row in exercise.cells for value in row],
        "outputSize": list(exercise.output_size),
        "boxes": [{"numbers": list(box)} for box in exercise.boxes],
        "selected": exercise.selected,
        "image": exercise.image,
        "channel": exercise.channel,
        "rule": {"minCells": rule.min_cells, "emptyValue": json_number(rule.empty_value)},
        "ratio": align.ratio,
        "ratios": list(RATIOS),
        "aligned": align.aligned,
        "tables": tables(exercise, align.ratio, align.aligned),
        "now": _now(exercise, align),
        "curve": _curve(exercise, align),
        "sentence": sentence(exercise, text),
        "problem": " ".join(problem.sentence(text) for problem in desk.problems),
        "text": _strings(text),
        "link": link_of(desk, text),
    }


def _strings(text: Text) -> dict[str, str]:
    """The strings of the views, by their full keys."""
    strings = {f"pixels.{key}": string for key, string in text.section("pixels").items()}
    return {**strings, "problem.not_a_number": text.section("problem")["not_a_number"]}


def _now(exercise: Exercise, align: Align) -> dict[str, Any]:
    """The selected box as Python sees it: cells, bins, samples, outputs, errors."""
    n = exercise.selected
    box = exercise.boxes[n]
    bins = pool(exercise).bins
    found = quantise(exercise, box)
    (pooled,), (averaged,) = outputs(exercise, align, np.array([box]))
    (samples,) = align_samples(
        [box],
        exercise.output_size,
        exercise.size,
        exercise.spatial_scale,
        align.ratio,
        align.aligned,
    )
    return {
        "numbers": list(box[1:]),
        "whole": whole_pixels(exercise),
        "rows": axis(bins.rows[n], bins.y0[n], bins.y1[n]),
        "cols": axis(bins.cols[n], bins.x0[n], bins.x1[n]),
        "samples": {"y": _samples(samples.y), "x": _samples(samples.x)},
        "pooled": json_numbers(pooled),
        "averaged": json_numbers(averaged),
        "lost": found.lost.item(),
        "taken": found.taken.item(),
        "drift": found.drift[0].tolist(),
    }


def _samples(axis: AxisSamples) -> dict[str, Any]:
    """Samples along an axis, `grid` of them a bin; `at` in cells, cell i at i."""
    return {
        "grid": axis.grid,
        "at": axis.position.tolist(),
        "low": axis.low.tolist(),
        "high": axis.high.tolist(),
        "lowWeight": axis.low_weight.tolist(),
        "highWeight": axis.high_weight.tolist(),
    }


def _curve(exercise: Exercise, align: Align) -> dict[str, list[float | str]]:
    found = positions(exercise, align)
    # What a strip of a few hundred pixels cannot show need not travel.
    return {
        name: json_numbers(getattr(found, name).round(4))
        for name in ("lost", "taken", "pooled", "averaged")
    }


def whole_pixels(exercise: Exercise) -> list[int]:
    """The selected box on whole pixels, the nearest ones: where a drag of it starts."""
    rows, cols = (round(count * exercise.unit) for count in exercise.size)
    _, x1, y1, x2, y2 = exercise.boxes[exercise.selected]
    spans = [_whole(x1, x2, cols), _whole(y1, y2, rows)]
    (left, right), (top, bottom) = spans
    return [left, top, right, bottom]


def _whole(first: float, last: float, most: int) -> tuple[int, int]:
    """Ends on pixels, with at least one between them."""
    stop = min(most, max(1, round(last)))
    return max(0, min(stop - 1, round(first))), stop
