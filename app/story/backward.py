"""The backward pass: the cells of the map that the outputs' gradient is handed back to.

Its numbers are those of `roipool.roi_pool_backward`; here they are only asked for.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

import roipool
from app.exercise.gradient import incoming
from app.exercise.heard import listening
from app.exercise.limits import MAX_GRADIENT
from app.exercise.record import Exercise, Result, pool

Place = tuple[int, int]
"""(row, column) of a cell of the map."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one section hands to a cell.

    Attributes
    ----------
    box : index of the box
    section : (row, column) of the section
    value : of the gradient that arrived at it
    """

    box: int
    section: tuple[int, int]
    value: float


@dataclass(frozen=True, slots=True)
class Backward:
    """What the backward pass makes of an exercise, on the plane that is looked at.

    Attributes
    ----------
    incoming, argmax : (N, PH, PW) gradient of the loss with respect to the outputs, and the cells
        that it goes to
    gradient : (H, W) gradient of the loss with respect to the map
    shares : what each cell received, in the order in which it is added up
    warning : what the library said where it took another backend than it was asked for
    """

    incoming: NDArray[np.float64]
    argmax: NDArray[np.int32]
    gradient: NDArray[np.float64]
    shares: dict[Place, list[Share]]
    warning: str | None

    @property
    def received(self) -> dict[Place, list[Share]]:
        """The cells that received something; zeros alone are nothing."""
        return {
            place: shares
            for place, shares in self.shares.items()
            if any(share.value for share in shares)
        }

    def of_box(self, n: int) -> dict[str, list[float] | list[int]]:
        """What the stage needs of a box, as plain JSON: section by section, what goes where."""
        return {
            "gradient": self.incoming[n].ravel().tolist(),
            "places": self.argmax[n].ravel().tolist(),
        }

    def as_json(self) -> dict[str, Any]:
        """What the stage needs of the map, as plain JSON."""
        return {"gradient": self.gradient.ravel().tolist(), "most": MAX_GRADIENT}


@lru_cache(maxsize=16)
def send_back(exercise: Exercise, backend: str = "numpy") -> Backward:
    """The gradient of every box, handed back to the plane that is looked at."""
    argmax = pool(exercise, backend).argmax
    arrived = incoming(exercise)
    shape = (exercise.maps.images, 1, *exercise.size)
    with listening(backend, __file__) as heard:
        gradient = roipool.roi_pool_backward(
            arrived[:, None], argmax[:, None], list(exercise.boxes), shape, backend=backend
        )
    return Backward(
        incoming=arrived,
        argmax=argmax,
        gradient=gradient[exercise.image, 0],
        shares=_shares(exercise, arrived, argmax),
        warning=heard[0] if heard else None,
    )


def _shares(
    exercise: Exercise, arrived: NDArray[np.float64], argmax: NDArray[np.int32]
) -> dict[Place, list[Share]]:
    found: dict[Place, list[Share]] = {}
    for n, box in enumerate(exercise.boxes):
        if box[0] != exercise.image:
            continue
        for section in np.ndindex(exercise.output_size):
            at = int(argmax[n][section])
            if at >= 0:
                share = Share(n, (section[0], section[1]), float(arrived[n][section]))
                found.setdefault(divmod(at, exercise.size[1]), []).append(share)
    return found


def ties(exercise: Exercise, result: Result, n: int, section: tuple[int, int]) -> list[Place]:
    """The cells of a section that hold its maximum too, and receive nothing.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> flat = article_exercise().with_cells(((1.0,) * 8,) * 8)
    >>> ties(flat, pool(flat), 0, (0, 0))
    [(3, 1), (3, 2), (4, 0), (4, 1), (4, 2)]
    """
    at = int(result.argmax[n][section])
    bins, (i, j) = result.bins, section
    rows, cols = range(bins.y0[n, i], bins.y1[n, i]), range(bins.x0[n, j], bins.x1[n, j])
    if at < 0 or not rows or not cols:
        return []
    first = divmod(at, exercise.size[1])
    best = exercise.cells[first[0]][first[1]]
    return [
        (row, col)
        for row in rows
        for col in cols
        if exercise.cells[row][col] == best and (row, col) != first
    ]
