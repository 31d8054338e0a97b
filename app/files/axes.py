"""Which axis of a map is which: some programs put the channels last."""

import numpy as np

from app.exercise.limits import MAX_CHANNELS, MAX_IMAGES, MAX_SIDE, MIN_SIDE
from app.files.arrays import Floats
from app.files.doubts import Doubts
from app.files.shapes import Shape, written

# A square map of fewer cells a side is no sign: as many channels have as small maps.
_LEAST_SQUARE = 5
_COLOURS = (1, 3, 4)


def settled(array: Floats, doubts: Doubts) -> Floats:
    """Maps (B, C, H, W) of an array of two to four axes; which is which is said of more than two.

    Channels are taken to come last where the axes before them are a square and they are not as
    long, or where they are the colours of a picture. Everything else is (C, H, W), as PyTorch and
    NumPy's printouts have it.
    """
    if array.ndim == 2:
        return array[None, None]
    names = _names(array.shape)
    taken = doubts.settle("axes", names)
    last = taken in ("hwc", "bhwc")
    if last or len(names) > 1:
        doubts.say(f"axes.{taken}", shape=written(array.shape))
    maps: Floats = np.moveaxis(array, -1, -3) if last else array
    return maps.reshape((1,) * (4 - maps.ndim) + maps.shape)


def _names(shape: Shape) -> list[str]:
    """The orders that fit on the stage, the likelier first; the usual one where none does."""
    usual, last = ("chw", "hwc") if len(shape) == 3 else ("bchw", "bhwc")
    first, second, third = shape[-3:]
    if not _fits((*shape[:-3], third, first, second)):
        return [usual]
    if not _fits(shape):
        return [last]
    square = first == second != third and first >= _LEAST_SQUARE
    colours = third in _COLOURS and first not in _COLOURS and second > max(_COLOURS)
    return [last, usual] if square or colours else [usual, last]


def _fits(shape: Shape) -> bool:
    images, channels, rows, cols = (1,) * (4 - len(shape)) + shape
    fits = images <= MAX_IMAGES and 1 <= channels <= MAX_CHANNELS
    return fits and all(MIN_SIDE <= side <= MAX_SIDE for side in (rows, cols))
