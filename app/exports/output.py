"""The last scene: the sections alone, each filled with its maximum."""

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist

from app.exports.colour import BLACK, fills, inks
from app.exports.plane import Bin
from app.exports.sheet import DASHES, MAP, NONE, Sheet, number_size
from app.text import number

LARGEST_CELL = 1.3  # inches


def output(sheet: Sheet) -> list[Artist]:
    """The sections alone, each filled with its maximum."""
    drawn: list[Artist] = []
    places = _places(sheet)
    sizes = [
        number_size([_value(bin_)], (x1 - x0) * sheet.cell, (y1 - y0) * sheet.cell)
        for bin_, (y0, y1, x0, x1) in zip(sheet.plane.bins, places, strict=True)
    ]
    size = min((size or 0 for size in sizes), default=0)
    values = np.array([bin_.value for bin_ in sheet.plane.bins])
    colours = fills(values, sheet.plane.values)
    ink = inks(colours)
    for k, (bin_, place) in enumerate(zip(sheet.plane.bins, places, strict=True)):
        if bin_.empty:
            # Inside, so that the dashes of neighbours do not fill each other's gaps.
            drawn.append(sheet.rectangle(_inset(place), sheet.stroke * 0.5, DASHES))
        else:
            drawn.append(sheet.rectangle(place, sheet.stroke, fill=colours[k]))
        if size:
            y, x = (place[0] + place[1]) / 2, (place[2] + place[3]) / 2
            colour = BLACK if bin_.empty else str(ink[k])
            drawn.append(sheet.write(x, y, _value(bin_), size, colour))
    return drawn


def _places(sheet: Sheet) -> list[tuple[float, float, float, float]]:
    """Where the sections lie in the last scene.

    In their places, as in the article; on an equal grid where these overlap, have no room (a
    section without a cell) or are too small for their numbers.
    """
    bins = sheet.plane.bins
    if sheet.plane.tiles and all(_holds(sheet, bin_) for bin_ in bins):
        return [bin_.span for bin_ in bins]
    rows, cols = sheet.plane.values.shape
    high, wide = sheet.plane.output_size
    side = min(MAP / wide, sheet.high / high, LARGEST_CELL) / sheet.cell
    top, left = (rows - high * side) / 2, (cols - wide * side) / 2
    return [
        (
            top + bin_.i * side,
            top + (bin_.i + 1) * side,
            left + bin_.j * side,
            left + (bin_.j + 1) * side,
        )
        for bin_ in bins
    ]


def _holds(sheet: Sheet, bin_: Bin) -> bool:
    top, bottom, left, right = bin_.span
    size = number_size([_value(bin_)], (right - left) * sheet.cell, (bottom - top) * sheet.cell)
    return size is not None


def _value(bin_: Bin) -> str:
    return NONE if bin_.empty else number(bin_.value)


def _inset(span: Sequence[float]) -> tuple[float, float, float, float]:
    top, bottom, left, right = span
    pad = 0.06 * (right - left)
    return top + pad, bottom - pad, left + pad, right - pad
