"""What the views of the pixel page are sent: everything they draw and say, as plain JSON."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.exercise.desk import Desk
from app.exercise.record import Exercise, pool
from app.pixels.photo import photograph
from app.pixels.positions import RATIOS, Align, outputs, positions
from app.pixels.quantise import quantise, sentence
from app.pixels.tables import tables
from app.stage.payload import axis, json_number, json_numbers, link_of, saved
from app.text import Text
from app.widgets.controls import language_in_address
from roipool import AxisSamples, align_samples


def payload(desk: Desk, align: Align, text: Text) -> dict[str, Any]:
    """Everything that the views draw and say, as plain JSON."""
    exercise = desk.exercise
    rows, cols = exercise.size
    rule = exercise.rule
    return {
        "ack": desk.ack,
        "session": desk.session,
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
        "photo": photograph(),
        "text": _strings(text),
        "link": link_of(desk, text, language_in_address(text)),
        "saved": saved(desk, text),
    }


def _strings(text: Text) -> dict[str, str]:
    """The strings of the views, by their full keys."""
    strings = {f"pixels.{key}": string for key, string in text.section("pixels").items()}
    return (
        strings | text.looks() | {"problem.not_a_number": text.section("problem")["not_a_number"]}
    )


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
        name: json_numbers(_shorter(getattr(found, name)))
        for name in ("lost", "taken", "pooled", "averaged")
    }


def _shorter(values: NDArray[np.float64]) -> NDArray[np.float64]:
    # Rounding a number multiplies it, and the largest would leave what a float can hold.
    near = np.abs(values) < 1e15
    return np.where(near, np.where(near, values, 0).round(4), values)


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
