"""Number formats: to which digits an output was rounded on its way here."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

# An output that people paste is rounded to what they saw printed.
_MOST_DECIMALS = 4
_HUGE = 1e9


def rounding(maps: NDArray[Any], values: NDArray[Any]) -> float:
    """Half a unit of the decimal to which the output is rounded, or 0 if it is cells of the maps.

    And a little more, for the nearest float to such a decimal.
    """
    # What an empty bin yields is as round as can be, and not because somebody rounded it.
    kept = values[(values != 0) & (np.abs(values) < _HUGE)]
    for decimals in range(_MOST_DECIMALS + 1):
        if kept.size and _is_rounded(kept, decimals):
            return 0.0 if np.isin(kept, maps).all() else 0.55 * 10.0**-decimals
    return 0.0


def _is_rounded(values: NDArray[Any], decimals: int) -> bool:
    with np.errstate(over="ignore", invalid="ignore"):
        return bool((np.round(values, decimals) == values).all())
