"""Boxes cut otherwise than any framework does, written down as ports write it: section by section.

Each is a function of a box's corners in cells and the number of sections along an axis.
"""

import itertools
import math

import numpy as np

from tests.roipool.mistakes.kind import Kind


def _floor_ceil(first, length, count):
    return [
        (first + math.floor(i * length / count), first + math.ceil((i + 1) * length / count))
        for i in range(count)
    ]


def _truncated(last):
    def sections(start, end, count):
        first, stop = int(start), int(end) + last
        return _floor_ceil(first, max(stop - first, 1), count)

    return sections


def _truncated_article(start, end, count):
    first, length = int(start), int(end) - int(start)
    edges = [first + i * length // count for i in range(count + 1)]
    return list(itertools.pairwise(edges))


def _adaptive(rounded, last):
    """Torch's AdaptiveMaxPool2d of the crop: edges in whole numbers."""

    def sections(start, end, count):
        first, stop = (int(v) if rounded == "floor" else math.floor(v + 0.5) for v in (start, end))
        length = max(stop + last - first, 1)
        return [
            (first + i * length // count, first - (-(i + 1) * length // count))
            for i in range(count)
        ]

    return sections


def _step(rest):
    def sections(start, end, count):
        first, stop = int(start), int(end)
        step = (stop - first) // count
        edges = [(first + i * step, first + (i + 1) * step) for i in range(count)]
        if rest == "last":
            edges[-1] = (edges[-1][0], stop)
        return edges

    return sections


def _both_rounded(start, end, count):
    first = math.floor(start + 0.5)
    length = math.floor(end + 0.5) - first
    edges = [first + math.floor(i * length / count + 0.5) for i in range(count + 1)]
    return list(itertools.pairwise(edges))


def _keras_frcnn(start, end, count):
    first, step = int(start), (int(end) - int(start)) / count
    found = []
    for i in range(count):
        one = int(first + i * step)
        found.append((one, one + max(1, int(first + (i + 1) * step) - one)))
    return found


def _keras_cv(start, end, count):
    step = np.float32(np.float32(end) - np.float32(start)) / np.float32(count)
    found = []
    for i in range(count):
        one = int(np.float32(start) + np.float32(i) * step)
        stop = int(np.float32(start) + np.float32(i + 1) * step)
        found.append((one, max(stop, one + 1)))
    return found


def pooled(scene, sections, empty=0.0):
    """The maximum of every section, cell by cell."""
    maps, (high, wide) = scene.maps, scene.size
    output = np.full((len(scene.boxes), maps.shape[1], high, wide), empty, maps.dtype)
    for n, (x1, y1, x2, y2) in enumerate(scene.cells.tolist()):
        cells = maps[int(scene.boxes[n, 0])]
        for i, (top, bottom) in enumerate(sections(y1, y2, high)):
            for j, (left, right) in enumerate(sections(x1, x2, wide)):
                part = cells[:, max(top, 0) : bottom, max(left, 0) : right]
                if part.size:
                    output[n, :, i, j] = part.max(axis=(1, 2))
    return output


def _cut(name, sections, *rules, **scene):
    def make(scene):
        return scene.instance(pooled(scene, sections))

    return Kind(name, make, rules=rules, **scene)


def _clipped(less):
    """Boxes that reach past the map are clipped to it first: their sections are smaller."""

    def make(scene):
        boxes = scene.boxes.copy()
        boxes[::2, 3:] += 6 / scene.scale
        boxes[1::2, 1:3] -= 5 / scene.scale
        end = scene.extent - less
        end[0] = 99
        return scene.instance(scene.pooled(boxes=boxes.clip(0, end)), boxes=boxes)

    return make


def _keras_frcnn_boxes(scene):
    x1, y1, x2, y2 = scene.cells.astype(int).T
    boxes = np.column_stack([scene.boxes[:, 0], x1, y1, x2 - x1, y2 - y1])
    return scene.instance(pooled(scene, _keras_frcnn), boxes=boxes, scale=1.0)


_FLOOR = {"operation": "max", "rounding": "floor"}
CUTS = (
    _cut("truncated, inclusive ends", _truncated(1), {**_FLOOR, "inclusive_end": True}),
    _cut("truncated, exclusive ends", _truncated(0), {**_FLOOR, "inclusive_end": False}),
    _cut(
        "truncated, tiled",
        _truncated_article,
        {**_FLOOR, "stop": "floor", "inclusive_end": False},
        # Where no box is smaller than its sections it is the same.
        {**_FLOOR, "stop": "floor_or_one"},
    ),
    *(
        _cut(
            f"adaptive pooling of the crop, {rounded}, last={last}",
            _adaptive(rounded, last),
            {"operation": "max", "rounding": rounded, "inclusive_end": bool(last), "stop": "ceil"},
            # It is Chainer's but for halves, and for lengths that a float divides badly.
            *([{"name": "chainer_roi_max_pooling_2d"}] if rounded != "floor" and not last else []),
        )
        for rounded in ("floor", "half_away")
        for last in (0, 1)
    ),
    _cut("step, rest in the last", _step("last"), {"arithmetic": "step_rest"}),
    _cut("step, rest lost", _step("lost"), {"arithmetic": "step"}),
    _cut("both edges rounded", _both_rounded, {"stop": "nearest"}),
    Kind(
        "keras-frcnn",
        _keras_frcnn_boxes,
        ("xywh",),
        ({"name": "keras_frcnn"}, {**_FLOOR, "stop": "floor"}, {"name": "article"}),
    ),
    _cut("KerasCV", _keras_cv, {"rounding": "none", "stop": "floor_or_one"}, {"name": "keras_cv"}),
    Kind("clipped to the map", _clipped(0), ("clipped",)),
    Kind("clipped to the last pixel", _clipped(1), ("clipped",)),
)
