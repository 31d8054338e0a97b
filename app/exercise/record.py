"""Exercise: the one frozen record of what is on screen, and what pooling makes of it."""

from dataclasses import dataclass, replace
from functools import lru_cache
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

import roipool
from app.exercise.coordinates import Coordinates, coordinates
from app.exercise.heard import listening
from app.exercise.maps import Cells, Maps
from roipool import Bins, Convention

Box = tuple[float, float, float, float, float]
Gradient = tuple[tuple[tuple[float, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    """Feature maps, boxes on them, how they are pooled, and which of it is looked at.

    Attributes
    ----------
    maps : feature maps (B, C, H, W)
    boxes : rows ``(batch_index, x1, y1, x2, y2)``; the numbers are the truth, the cells that
        the stage draws are what the convention makes of them
    output_size : (PH, PW)
    convention : name of a preset, or a record of choices of one's own
    selected : index of the box whose pooling is played; 0 where there is none
    spatial_scale : cells per unit of the boxes
    image, channel : the plane of the maps that is looked at
    gradient : of the loss with respect to the outputs, [box][row][column]; 1 where it says nothing,
        see app/exercise/gradient.py
    """

    maps: Maps
    boxes: tuple[Box, ...]
    output_size: tuple[int, int] = (2, 2)
    convention: str | Convention = "article"
    selected: int = 0
    spatial_scale: float = 1.0
    image: int = 0
    channel: int = 0
    gradient: Gradient = ()

    @property
    def size(self) -> tuple[int, int]:
        """(rows, columns) of the map."""
        return self.maps.size

    @property
    def cells(self) -> Cells:
        """The plane that is looked at."""
        return self.maps.plane(self.image, self.channel)

    @property
    def rule(self) -> Convention:
        """The convention's record of choices."""
        return roipool.get_convention(self.convention)

    @property
    def played(self) -> int | None:
        """The selected box, if it lies on the image that is looked at."""
        on_image = self.boxes and self.boxes[self.selected][0] == self.image
        return self.selected if on_image else None

    @property
    def unit(self) -> float:
        """How far a cell is in units of the boxes: the stride, 1 without a spatial_scale."""
        return 1 / self.spatial_scale

    def with_boxes(self, boxes: tuple[Box, ...], selected: int | None = None) -> "Exercise":
        """The same exercise with other boxes; the selection stays if it can, and is looked at."""
        wanted = self.selected if selected is None else selected
        wanted = max(0, min(wanted, len(boxes) - 1))
        image = int(boxes[wanted][0]) if boxes else self.image
        return replace(self, boxes=boxes, selected=wanted, image=image)

    def with_cells(self, cells: Cells) -> "Exercise":
        """Other cells where the look is; of another size they become the only map.

        A box that no longer fits is cut to it.
        """
        maps = self.maps.with_plane(self.image, self.channel, cells)
        return replace(self, maps=maps) if maps.size == self.size else self.with_maps(maps)

    def with_maps(self, maps: Maps) -> "Exercise":
        """The same boxes on other maps; what does not fit there is cut, or goes to image 0."""
        boxes = self.boxes
        if maps.size != self.size:
            rows, cols = (coordinates(side, self.rule, self.spatial_scale) for side in maps.size)
            boxes = tuple(_fit(box, rows, cols) for box in boxes)
        boxes = tuple((box[0] if box[0] < maps.images else 0.0, *box[1:]) for box in boxes)
        image = self.image if self.image < maps.images else 0
        channel = self.channel if self.channel < maps.channels else 0
        return replace(self, maps=maps, boxes=boxes, image=image, channel=channel)

    def looking_at(self, image: int) -> "Exercise":
        """Another image on the stage, with its first box selected if it has any."""
        here = (n for n, box in enumerate(self.boxes) if box[0] == image)
        return replace(self, image=image, selected=next(here, self.selected))


@dataclass(frozen=True, slots=True)
class Result:
    """What pooling makes of an exercise: bins, outputs and their places.

    Attributes
    ----------
    outputs : (N, C, PH, PW)
    output, argmax : (N, PH, PW) of the channel that is looked at
    backend : which one computed it, "numpy" or "cupy"
    seconds : what the library's call took when it was computed
    warning : what the library said where it took another backend than it was asked for
    """

    convention: Convention
    bins: Bins
    outputs: NDArray[np.float64]
    output: NDArray[np.float64]
    argmax: NDArray[np.int32]
    backend: str
    seconds: float
    warning: str | None


# Few: each keeps its maps alive, which may be of 16 MB.
@lru_cache(maxsize=16)
def pool(exercise: Exercise, backend: str = "numpy") -> Result:
    """Pool every box of an exercise; the arrays are NumPy's, whichever backend computes."""
    convention = exercise.rule
    boxes, scale = list(exercise.boxes), exercise.spatial_scale
    with listening(backend, __file__) as heard:
        start = perf_counter()
        output, argmax = roipool.roi_pool_with_argmax(
            exercise.maps.array,
            boxes,
            exercise.output_size,
            scale,
            convention=convention,
            backend=backend,
        )
        seconds = perf_counter() - start
    warning = heard[0] if heard else None
    return Result(
        convention=convention,
        bins=roipool.bin_edges(boxes, exercise.output_size, exercise.size, scale, convention),
        outputs=output,
        output=output[:, exercise.channel],
        argmax=argmax[:, exercise.channel],
        backend="numpy" if warning else backend,
        seconds=seconds,
        warning=warning,
    )


def article_exercise() -> Exercise:
    """The example as it stands in the article."""
    return Exercise(
        maps=Maps(roipool.article.FEATURE_MAP),
        boxes=tuple(as_box(row) for row in roipool.article.BOXES),
        output_size=roipool.article.OUTPUT_SIZE,
    )


def as_box(row: NDArray[np.floating] | list[float]) -> Box:
    """A box of Python floats."""
    index, x1, y1, x2, y2 = (float(value) for value in row)
    return index, x1, y1, x2, y2


def _fit(box: Box, rows: Coordinates, cols: Coordinates) -> Box:
    index, x1, y1, x2, y2 = box
    x1, x2 = _fit_axis(x1, x2, cols)
    y1, y2 = _fit_axis(y1, y2, rows)
    return index, x1, y1, x2, y2


def _fit_axis(first: float, last: float, lines: Coordinates) -> tuple[float, float]:
    if last <= lines.lasts[-1]:
        return first, last
    return max(lines.firsts[0], min(first, lines.firsts[-2])), lines.lasts[-1]
