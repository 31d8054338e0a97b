"""How a convention cuts a box, as formulas of a spreadsheet.

A spreadsheet computes in float64. Where a convention rounds in float32 and that shows, or cuts in
a way that none of the named ones does, there is no formula.
"""

from dataclasses import dataclass
from math import ceil, floor

from app.lessons.question import Span
from roipool import Convention


@dataclass(frozen=True, slots=True)
class Axis:
    """Where the numbers of an axis stand, as references to cells.

    Attributes
    ----------
    low, high : of the box, x1 and x2 or y1 and y2
    scale : spatial_scale
    count : of sections
    side : how many cells the map has
    """

    low: str
    high: str
    scale: str
    count: str
    side: int


def first(axis: Axis, rule: Convention) -> str:
    """Where the box begins, in cells.

    Examples
    --------
    >>> from roipool import get_convention
    >>> first(Axis("B4", "D4", "F4", "G4", 8), get_convention("article"))
    'ROUND(B4*F4,0)'
    """
    return _rounded(f"{axis.low}*{axis.scale}", rule, is_end=False)


def length(axis: Axis, rule: Convention, start: str) -> str:
    """How many cells the box spans from `start` on."""
    more = "+1" if rule.inclusive_end else ""
    if rule.rounding == "none":
        # The end that is included is a pixel of the image, not a cell.
        return f"({axis.high}{more})*{axis.scale}-{start}"
    end = _rounded(f"{axis.high}*{axis.scale}", rule, is_end=True)
    return f"MAX({rule.min_cells},{end}-{start}{more})"


def section(axis: Axis, rule: Convention, k: int, start: str, n: str) -> tuple[str, str]:
    """The first and the last cell of a section, on the map."""
    low = f"INT({start}+{k}*{n}/{axis.count})"
    edge = f"{start}+{k + 1}*{n}/{axis.count}"
    stop = f"-INT(-({edge}))" if rule.stop == "ceil" else f"INT({edge})"
    last = axis.side - 1
    return f"MAX(0,MIN({last + 1},{low}))", f"MAX(-1,MIN({last},{stop}-1))"


def holds(
    rule: Convention, ends: tuple[float, float], scale: float, side: int, spans: tuple[Span, ...]
) -> bool:
    """Whether the formulas give these sections of a box between two ends.

    Examples
    --------
    >>> from roipool import get_convention
    >>> holds(get_convention("article"), (3, 8), 1.0, 8, ((3, 5), (5, 8)))
    True
    >>> holds(get_convention("article"), (3, 8), 1.0, 8, ((3, 6), (6, 8)))
    False
    """
    if rule.stop not in ("floor", "ceil"):
        return False
    start = _round(ends[0] * scale, rule, is_end=False)
    if rule.rounding == "none":
        n = (ends[1] + rule.inclusive_end) * scale - start
    else:
        end = _round(ends[1] * scale, rule, is_end=True)
        n = max(rule.min_cells, end - start + rule.inclusive_end)
    up = ceil if rule.stop == "ceil" else floor
    for k, (low, high) in enumerate(spans):
        first_ = max(0, min(side, floor(start + k * n / len(spans))))
        stop = max(0, min(side, up(start + (k + 1) * n / len(spans))))
        if (first_, stop) != (low, high) and (stop > first_ or high > low):
            return False
    return True


def _rounded(value: str, rule: Convention, is_end: bool) -> str:
    match rule.rounding:
        case "half_away":
            return f"ROUND({value},0)"
        case "half_even":
            return f"IF(MOD({value},1)=0.5,2*ROUND({value}/2,0),ROUND({value},0))"
        case "outward" if is_end:
            return f"-INT(-({value}))"
        case "floor" | "outward":
            return f"INT({value})"
        case "none":
            return value


def _round(value: float, rule: Convention, is_end: bool) -> float:
    match rule.rounding:
        case "half_away":
            return floor(value + 0.5) if value >= 0 else ceil(value - 0.5)
        case "half_even":
            return round(value)
        case "outward" if is_end:
            return ceil(value)
        case "floor" | "outward":
            return floor(value)
        case "none":
            return value
