"""What is laid over the map: hatching, boxes, sections, maxima and what the scan looks at."""

from collections.abc import Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path

from app.exports.colour import BLACK, DARK_RED, RED, WHITE, fills, pale
from app.exports.plane import Place, Span
from app.exports.sheet import DASHES, NONE, POINTS, Sheet
from app.text import number

LEAST_RING = 0.07  # inches, so that a maximum is found among 64 x 64 cells


def maxima(sheet: Sheet, places: Sequence[Place]) -> list[Artist]:
    """The cells that are maxima: red numbers, and a ring so that colour is never alone."""
    drawn: list[Artist] = []
    width = min(2.2, max(1.2, sheet.cell * POINTS * 0.045))
    radius = max(0.43, LEAST_RING / sheet.cell)
    colours = fills(sheet.plane.values, sheet.plane.values)
    for row, col in places:
        # On a pale disc, since red cannot be read on every colour of the map.
        disc = pale(colours[row, col]) if sheet.size else "none"
        middle = (col + 0.5, row + 0.5)
        for colour, fill, more in ((WHITE, disc, 2), (RED, "none", 0)):
            ring = Circle(middle, radius, ec=colour, fc=fill, lw=width + more)
            drawn.append(sheet.add(ring))
        if sheet.size:
            value = number(float(sheet.plane.values[row, col]))
            drawn.append(sheet.write(*middle, value, sheet.size, DARK_RED))
    return drawn


def hatching(sheet: Sheet) -> list[Artist]:
    """Lines over the cells that belong to two sections."""
    bands = sheet.plane.shared()
    if not bands:
        return []
    path = Path.make_compound_path(*(Path(_corners(band), closed=True) for band in bands))
    # Without an edge matplotlib leaves the hatching out.
    hatch = PathPatch(path, fill=False, lw=0.5, ec=(1, 1, 1, 0.55), hatch="////")
    hatch.set_hatch_linewidth(1.6)
    return [sheet.add(hatch)]


def boxes(sheet: Sheet) -> list[Artist]:
    """The boxes, the selected one in heavy lines, dashed where it holds no cell."""
    drawn = _lines(sheet, sheet.plane.others, 1.2)
    box = sheet.plane.box
    if box is not None:
        none = box[0] == box[1] or box[2] == box[3]
        drawn += _lines(sheet, [box], sheet.stroke, DASHES if none else "solid")
    return drawn


def sections(sheet: Sheet) -> list[Artist]:
    """The sections as black lines between them, and where some hold no cell, dashes and ∅."""
    full = [bin_.span for bin_ in sheet.plane.bins if not bin_.empty]
    return _lines(sheet, full, sheet.stroke * (1 if sheet.plane.tiles else 0.6)) + _no_cells(sheet)


def _lines(sheet: Sheet, spans: Sequence[Span], width: float, style: Any = "solid") -> list[Artist]:
    """Black lines round spans; on small cells and round dashes white ones, to be found."""
    drawn: list[Artist] = []
    casing = [(WHITE, width + 1.6, "solid")] if sheet.size is None or style != "solid" else []
    for colour, lw, ls in (*casing, (BLACK, width, style)):
        corners = [_corners(span) for span in spans]
        lines = PolyCollection(
            corners, facecolors="none", edgecolors=colour, linewidths=lw, linestyles=[ls]
        )
        lines.set_joinstyle("miter")
        drawn.append(sheet.add(lines))
    return drawn


def _no_cells(sheet: Sheet) -> list[Artist]:
    """Where sections without a cell lie: between two rows or columns."""
    drawn: list[Artist] = []
    for top, bottom, left, right in sorted({bin_.span for bin_ in sheet.plane.bins if bin_.empty}):
        across, down = [left, max(left, right)], [top, max(top, bottom)]
        if across[0] == across[1] and down[0] == down[1]:
            continue
        for colour, style in ((WHITE, "solid"), (BLACK, DASHES)):
            line = Line2D(across, down, color=colour, lw=sheet.stroke * 0.6, ls=style)
            drawn.append(sheet.add(line))
        size = min(11.0, max(7.0, sheet.cell * POINTS * 0.28))
        ground = {"boxstyle": "circle,pad=0.12", "fc": WHITE, "ec": "none"}
        drawn.append(sheet.write(sum(across) / 2, sum(down) / 2, NONE, size, bbox=ground))
    return drawn


def glance(sheet: Sheet, lit: Span) -> list[Artist]:
    """The cells that are looked at: a black line in a white one."""
    return [sheet.rectangle(lit, width, colour=c) for width, c in ((6.5, WHITE), (3.0, BLACK))]


def _corners(span: Span) -> list[tuple[float, float]]:
    top, bottom, left, right = span
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
