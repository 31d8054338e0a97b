"""Feature maps as a value: they compare, hash and travel as one thing, whatever their number."""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Cells = tuple[tuple[float, ...], ...]
"""Rows of one plane: of one image and one channel."""


class Maps:
    """Feature maps (B, C, H, W) in float64, equal where every bit of them is.

    A page may show more cells round maps that were brought to it; which of them are the maps' `own`
    is remembered, and is no part of what they are equal by.

    Attributes
    ----------
    array : read-only
    own : (rows, columns) that were brought, where a page has added its own; None where nobody knows

    Examples
    --------
    >>> Maps([[1, 2], [3, 4]]) == Maps([[[[1.0, 2.0], [3.0, 4.0]]]])
    True
    """

    __slots__ = ("_hash", "array", "own")

    def __init__(self, array: ArrayLike, own: tuple[int, int] | None = None) -> None:
        self.own = own
        copied = np.array(array, dtype=np.float64, order="C")
        self.array: NDArray[np.float64] = copied.reshape((1,) * (4 - copied.ndim) + copied.shape)
        self.array.setflags(write=False)
        # Asked for at every rerun, of maps that may have a million cells.
        self._hash = hash((self.array.shape, self.array.tobytes()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Maps) and (
            self is other
            or (
                self._hash == other._hash
                and self.array.shape == other.array.shape
                and self.array.tobytes() == other.array.tobytes()
            )
        )

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"Maps(shape={self.array.shape})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Maps, (np.array(self.array), self.own)

    @property
    def images(self) -> int:
        """How many images there are, B."""
        return int(self.array.shape[0])

    @property
    def channels(self) -> int:
        """How many channels each has, C."""
        return int(self.array.shape[1])

    @property
    def size(self) -> tuple[int, int]:
        """(rows, columns) of each."""
        rows, cols = self.array.shape[2:]
        return int(rows), int(cols)

    def plane(self, image: int, channel: int) -> Cells:
        """The cells of one image and one channel."""
        return _plane(self, image, channel)

    def with_plane(self, image: int, channel: int, cells: Cells) -> "Maps":
        """The same maps with other cells in one plane; alone, where its size is another."""
        plane = np.array(cells, dtype=np.float64)
        if plane.shape != self.size:
            return Maps(plane)
        array = self.array.copy()
        array[image, channel] = plane
        return Maps(array, self.own)


# Few: each keeps its maps alive, which may be of 16 MB.
@lru_cache(maxsize=8)
def _plane(maps: Maps, image: int, channel: int) -> Cells:
    return as_cells(maps.array[image, channel])


def as_cells(array: NDArray[np.floating]) -> Cells:
    """Rows of Python floats, which compare, hash and travel as JSON."""
    return tuple(map(tuple, np.asarray(array, dtype=np.float64).tolist()))
