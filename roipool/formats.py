"""Number formats: to which digits an output was rounded on its way here.

Rounding keeps the order of numbers, so the maximum of a bin, rounded, is a rounded cell of the map.
Where all of an output are cells as they are, it is compared exactly; otherwise it is to be as near
as its digits say.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

# People paste what they saw printed: %f, %g, or what NumPy prints by default.
_MOST_DECIMALS, _SIGNIFICANT = 8, range(3, 10)
_HUGE = 1e9
# For a map of float32 that somebody printed, of which float64 holds more.
FEW_DECIMALS = 4
# Half a unit of the last digit, and a little more for the nearest float to it.
_HALF = 0.55
# What is printed has been a float32, more often than not: half of its last bit.
_OF_FLOAT32 = 2.0**-24


@dataclass(frozen=True, slots=True)
class Format:
    """How the numbers of an output are rounded.

    Attributes
    ----------
    kind : {"decimals", "significant", "float16", "bfloat16"}
    digits : int
        Decimal or significant ones; of the floats, the bits of a fraction.
    """

    kind: Literal["decimals", "significant", "float16", "bfloat16"]
    digits: int

    def slack(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """How far apart a number and what this makes of it may be, for each of the latter.

        Examples
        --------
        >>> Format("decimals", 2).slack(np.array([0.25, 1.5])).round(6).tolist()
        [0.0055, 0.0055]
        >>> Format("significant", 3).slack(np.array([0.25, 117.0])).round(4).tolist()
        [0.0006, 0.55]
        """
        size = np.abs(np.where(np.isfinite(values), values, 0.0)).astype(np.float64)
        if self.kind == "decimals":
            decimal: NDArray[np.float64] = _HALF * 10.0**-self.digits + _OF_FLOAT32 * size
            return decimal
        size = np.maximum(size, 1e-30)
        if self.kind == "significant":
            last = np.floor(np.log10(size)) - self.digits + 1
            return _HALF * 10.0**last + _OF_FLOAT32 * size
        # Below 2^-14 float16 has one step for all numbers.
        place = np.floor(np.log2(size))
        place = np.maximum(place, -14.0) if self.kind == "float16" else place
        slack: NDArray[np.float64] = _HALF * 2.0 ** (place - self.digits)
        return slack


_FLOAT16, _BFLOAT16 = Format("float16", 10), Format("bfloat16", 7)


def nearness(values: NDArray[Any]) -> float:
    """The last bit of a half float relative to its number, where all values are such; or else 0.

    Examples
    --------
    >>> nearness(np.array([0.5, 1.25])), nearness(np.array([0.1]))
    (0.0078125, 0.0)
    """
    held = values[np.isfinite(values)].astype(np.float64)
    for form in (_BFLOAT16, _FLOAT16):
        if held.any() and _is_in(held, form):
            return float(2.0**-form.digits)
    return 0.0


def format_of(
    maps: NDArray[Any], values: NDArray[Any], written: NDArray[Any] | None = None
) -> Format | None:
    """The format that all of an output is in; None if it is cells of the maps, or in none.

    Parameters
    ----------
    maps, values : arrays of one dtype
    written : array, optional
        The values as they were given, in a dtype that may hold more.

    Examples
    --------
    >>> format_of(np.array([0.123456789, 1.0]), np.array([0.123457]))
    Format(kind='decimals', digits=6)
    """
    # What an empty bin yields is as round as can be, and not because somebody rounded it.
    held = (values != 0) & (np.abs(values) < _HUGE)
    if np.isin(values[held], maps).all():
        return None
    kept = (values if written is None else written)[held].astype(np.float64)
    known = [Format("decimals", digits) for digits in range(_MOST_DECIMALS + 1)]
    known += [Format("significant", digits) for digits in _SIGNIFICANT]
    fitting = [one for one in (*known, _BFLOAT16, _FLOAT16) if _is_in(kept, one)]
    # Of maxima every one is near a cell; of averages none need be, and the coarsest is assumed.
    cells = np.sort(maps[np.isfinite(maps)], axis=None).astype(np.float64)
    maxima = (one for one in fitting if cells.size and _are_cells(kept, cells, one))
    coarsest = max(fitting, key=lambda one: float(one.slack(kept).sum()), default=None)
    return next(maxima, coarsest)


def _are_cells(values: NDArray[np.float64], cells: NDArray[np.float64], form: Format) -> bool:
    """Whether each value can be a rounded cell, of cells in order."""
    after = np.searchsorted(cells, values).clip(1, max(1, len(cells) - 1))
    nearest = np.minimum(
        np.abs(cells[after - 1] - values), np.abs(cells[np.minimum(after, len(cells) - 1)] - values)
    )
    return bool((nearest <= form.slack(values)).all())


def _is_in(values: NDArray[np.float64], form: Format) -> bool:
    with np.errstate(over="ignore", invalid="ignore"):
        if form.kind == "decimals":
            return bool((np.round(values, form.digits) == values).all())
        if form.kind == "float16":
            return bool((values.astype(np.float16) == values).all())
        if form.kind == "bfloat16":
            bits = values.astype(np.float32).view(np.uint32)
            return bool((values.astype(np.float32) == values).all() and not (bits & 0xFFFF).any())
    few = values.ravel()
    digits = form.digits - 1
    # Of most outputs the first few numbers show that they are not rounded so.
    return all(float(f"{value:.{digits}e}") == value for value in few.tolist())
