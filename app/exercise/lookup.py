"""Edges for every box the stage can drag, so that the browser looks them up and never rounds.

For a box of whole cells the bins depend on its length alone, nearly always. The exceptions
(fractional conventions, whose float32 sum of offset and edge depends on where the box starts) are
listed by start and length.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.exercise.coordinates import coordinates
from app.exercise.record import Box
from app.text import fraction
from roipool import Bins, Convention, bin_edges, get_convention
from roipool.bins import boundaries


@lru_cache(maxsize=256)
def edge_table(
    size: int, count: int, convention: str | Convention, spatial_scale: float = 1.0
) -> dict[str, Any]:
    """Edges relative to the box's first cell, before clipping, for one axis.

    Parameters
    ----------
    size : cells of the map along the axis
    count : bins along it
    convention : name of a preset, or a Convention
    spatial_scale : cells per unit of the boxes

    Returns
    -------
    dict
        ``lengths[n - 1]`` is ``[starts, stops]`` of a box of n cells; ``exceptions["start,n"]``
        replaces it where the start matters.

    Examples
    --------
    >>> edge_table(8, 2, "article")["lengths"][4]
    [[0, 2], [2, 5]]
    """
    start, stop, bins = _every_span(size, count, convention, spatial_scale)
    edges = np.stack([bins.y0, bins.y1], axis=1) - start[:, None, None]
    length = stop - start
    at_origin = edges[start == 0]
    differs = (edges != at_origin[length - 1]).any(axis=(1, 2))
    return {
        "lengths": at_origin.tolist(),
        "exceptions": {
            f"{start[i]},{length[i]}": edges[i].tolist() for i in np.flatnonzero(differs)
        },
    }


def own_edges(
    box: Box, output_size: tuple[int, int], convention: str | Convention, spatial_scale: float = 1.0
) -> dict[str, list[list[int]]]:
    """``[starts, stops]`` of a box along each axis, as `edge_table` has them of the shorter ones.

    Examples
    --------
    >>> own_edges((0, -3, 0, 7, 5), (2, 2), "article")
    {'rows': [[0, 2], [2, 5]], 'cols': [[0, 5], [5, 10]]}
    """
    bins = bin_edges([box], output_size, None, spatial_scale, convention)
    axes = {"rows": (bins.rows, bins.y0, bins.y1), "cols": (bins.cols, bins.x0, bins.x1)}
    return {
        name: [(edges[0] - span[0, 0]).tolist() for edges in (starts, stops)]
        for name, (span, starts, stops) in axes.items()
    }


@lru_cache(maxsize=64)
def boundary_table(
    size: int, count: int, convention: str | Convention, spatial_scale: float = 1.0
) -> dict[str, Any]:
    """What `edge_table` floors and ceils, as texts that say which way they go.

    Examples
    --------
    >>> boundary_table(64, 2, "article")["lengths"][4]
    ['0', '2.50', '5']
    >>> boundary_table(64, 7, "fast_rcnn")["lengths"][56][-1]
    '57.000004'
    """
    rule = get_convention(convention)
    start, stop, bins = _every_span(size, count, convention, spatial_scale)
    parts, divisor = boundaries(bins.start[:, 1:], bins.length[:, 1:], count, rule)
    real = np.asarray(parts, dtype=np.float64) / divisor
    if rule.rounding == "none":
        real = real - start[:, None]

    def texts(span: int) -> list[str]:
        return [fraction(value) for value in real[span].tolist()]

    place = {f"{a},{b - a}": k for k, (a, b) in enumerate(zip(start, stop, strict=True))}
    exceptions = edge_table(size, count, convention, spatial_scale)["exceptions"]
    # The spans come in the order of their starts: the first are those from 0, the shortest first.
    return {
        "lengths": [texts(k) for k in range(size)],
        "exceptions": {key: texts(place[key]) for key in exceptions},
    }


def _every_span(
    size: int, count: int, convention: str | Convention, spatial_scale: float
) -> tuple[NDArray[np.int_], NDArray[np.int_], Bins]:
    """Start and stop of every span of whole cells along an axis, and the bins of such a box."""
    start, stop = np.triu_indices(size + 1, k=1)
    firsts, lasts = map(np.array, coordinates(size, get_convention(convention), spatial_scale))
    boxes = np.empty((len(start), 5))
    # One cell wide, for boxes without any size may have a rule of their own.
    boxes[:] = [0, firsts[0], 0, lasts[1], 0]
    boxes[:, 2], boxes[:, 4] = firsts[start], lasts[stop]
    return start, stop, bin_edges(boxes, (count, 1), None, spatial_scale, convention)
