"""What each colour means, as on the stage: viridis for values, red for maxima, black for lines."""

from typing import Any

import matplotlib
import numpy as np
from numpy.typing import NDArray

# The darker one is for numbers: above 4.5:1 on what `pale` makes of any colour.
RED, DARK_RED = "#e5263a", "#b8001f"
BLACK, WHITE, GREY = "#000000", "#ffffff", "#5f6368"


# How many times the width of the middle half a value may lie beyond it.
_LOUD = 3


def span(plane: NDArray[np.float64]) -> tuple[float, float]:
    """The values at the ends of the scale of colours: the smallest and the largest of a plane.

    One loud cell does not blacken all the others: what lies far from the rest has the colour of the
    end. The twin of `range` in assets/figures/common/colour.js.

    Examples
    --------
    >>> span(np.array([[0.0, 1.0], [2.0, 3.0]]))
    (0.0, 3.0)
    >>> span(np.array([[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 1e6]]))
    (0.0, 6.0)
    """
    values = np.sort(plane, axis=None)
    lower, upper = (float(values[k * values.size // 4]) for k in (1, 3))
    room = _LOUD * (upper - lower)
    if not 0 < room < np.inf:
        return float(values[0]), float(values[-1])
    inside = values[(values >= lower - room) & (values <= upper + room)]
    return float(inside[0]), float(inside[-1])


def fills(values: NDArray[np.float64], plane: NDArray[np.float64]) -> NDArray[Any]:
    """(..., 4) colours of values on the scale of a plane."""
    # Halves, since the difference of two very large numbers is no number any more.
    low, high = (end / 2 for end in span(plane))
    at = (values / 2 - low) / (high - low) if high > low else np.zeros_like(values)
    index = np.clip(np.floor(at * 256), 0, 255).astype(int)
    colours: NDArray[Any] = matplotlib.colormaps["viridis"](index)
    return colours


def inks(colours: NDArray[Any]) -> NDArray[np.str_]:
    """Black or white on each colour, whichever stands out more: always above 4.5:1.

    Examples
    --------
    >>> inks(np.array([[1.0, 1.0, 1.0, 1.0], [0.3, 0.0, 0.3, 1.0]])).tolist()
    ['#000000', '#ffffff']
    """
    rgb = colours[..., :3]
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    luminance = linear @ np.array([0.2126, 0.7152, 0.0722])
    return np.where(luminance > 0.179, BLACK, WHITE)


def pale(colour: NDArray[Any]) -> NDArray[Any]:
    """A colour mixed with much white, to read red on."""
    return colour + (1 - colour) * 0.82
