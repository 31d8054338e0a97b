"""The right answers a second way: fractions, loops and counts in plain Python, no array.

Each function computes what a student would with paper and a rule's sentence beside them.
"""

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor


def span(low, high, scale, rule):
    """(start, length) of a box along an axis in cells, whole where the rule rounds."""
    low, high = Fraction(low), Fraction(high)
    if rule.rounding == "none":
        start, stop = low * scale, (high + rule.inclusive_end) * scale
    else:
        rounded = {"half_away": half_away, "half_even": round}[rule.rounding]
        start, stop = rounded(low * scale), rounded(high * scale) + rule.inclusive_end
    return start, max(stop - start, rule.min_cells)


def half_away(value):
    return floor(value + Fraction(1, 2)) if value >= 0 else -half_away(-value)


def box_in_cells(exercise):
    """((start, length) down, (start, length) across)."""
    _, x1, y1, x2, y2 = exercise.boxes[exercise.selected]
    return tuple(
        span(low, high, Fraction(exercise.spatial_scale), exercise.rule)
        for low, high in ((y1, y2), (x1, x2))
    )


def cut_of(exercise, box=None):
    """Rows and columns of the sections of a box, the selected one where none is given."""
    _, x1, y1, x2, y2 = exercise.boxes[exercise.selected] if box is None else box
    axes = zip(((y1, y2), (x1, x2)), exercise.output_size, exercise.size, strict=True)
    return tuple(along(ends, count, side, exercise) for ends, count, side in axes)


def along(ends, count, side, exercise):
    rule = exercise.rule
    start, length = span(*ends, Fraction(exercise.spatial_scale), rule)
    stop_of = {"floor": floor, "ceil": ceil}[rule.stop]
    edges = (
        (
            floor(start + Fraction(i * length, count)),
            stop_of(start + Fraction((i + 1) * length, count)),
        )
        for i in range(count)
    )
    return tuple((min(max(a, 0), side), min(max(b, 0), side)) for a, b in edges)


def first_largest(exercise, rows, cols):
    """((row, column), value) of the first of the largest cells; (None, …) of no cell."""
    best, place = None, None
    for row in range(*rows):
        for col in range(*cols):
            value = exercise.cells[row][col]
            if best is None or value > best:
                best, place = value, (row, col)
    return place, exercise.rule.empty_value if best is None else best


def maxima(exercise, box=None):
    """((row, column), value) of every section in row-major order."""
    all_rows, all_cols = cut_of(exercise, box)
    return [first_largest(exercise, rows, cols) for rows in all_rows for cols in all_cols]


def gradient(exercise):
    """What each cell receives of all boxes of the image, by its place."""
    high, wide = exercise.output_size
    received = {}
    for n, box in enumerate(exercise.boxes):
        if box[0] != exercise.image:
            continue
        own = exercise.gradient[n] if n < len(exercise.gradient) else ()
        arriving = [amount for row in own for amount in row] or [1.0] * (high * wide)
        for (place, _), amount in zip(maxima(exercise, box), arriving, strict=True):
            if place is not None:
                received[place] = received.get(place, 0) + amount
    return received


def shape(exercise):
    channels = len(exercise.maps.array[0])
    return (len(exercise.boxes), channels, *exercise.output_size)


def bounds(exercise):
    """(x1, y1, x2, y2) in whole cells, x2 and y2 the first beyond the box."""
    (top, high), (left, wide) = box_in_cells(exercise)
    return left, top, left + wide, top + high


def output(exercise):
    return tuple(value for _, value in maxima(exercise))


def aligned(exercise):
    """RoIAlign: of each section its middle, among the middles of the four cells around it."""
    _, x1, y1, x2, y2 = (Fraction(number) for number in exercise.boxes[exercise.selected])
    scale, (high, wide) = Fraction(exercise.spatial_scale), exercise.output_size
    down = [weights(scale * (y1 + (y2 - y1) * Fraction(2 * i + 1, 2 * high))) for i in range(high)]
    across = [
        weights(scale * (x1 + (x2 - x1) * Fraction(2 * j + 1, 2 * wide))) for j in range(wide)
    ]
    return tuple(
        sum(float(a * b) * exercise.cells[row][col] for row, a in rows for col, b in cols)
        for rows in down
        for cols in across
    )


def weights(at):
    """How much each cell around a place on an axis counts: the middle of cell 2 is 2.5."""
    before = floor(at - Fraction(1, 2))
    share = at - before - Fraction(1, 2)
    return [(cell, share) for cell, share in ((before, 1 - share), (before + 1, share)) if share]


VALUES = {"output": output, "shape": shape, "cells": bounds, "cut": output, "align": aligned}
"""What a value is of, each from an exercise."""


def does(goal, exercise, target=()):
    """Whether the exercise's box does what is asked for."""
    rows, cols = cut_of(exercise)
    cells = [{(row, col) for row in range(*r) for col in range(*c)} for r in rows for c in cols]
    if goal == "an_empty_section":
        return not all(cells)
    if goal == "a_shared_cell":
        return sum(map(len, cells)) > len(set().union(*cells))
    if goal == "sections_alike":
        sizes = {(r[1] - r[0], c[1] - c[0]) for r in rows for c in cols}
        return len(sizes) == 1 and all(cells)
    if goal == "this_output":
        return output(exercise) == tuple(target)
    if goal == "this_box":
        named = replace(exercise, boxes=((exercise.boxes[0][0], *target),), selected=0)
        return box_in_cells(named) == box_in_cells(exercise)
    raise ValueError(goal)
