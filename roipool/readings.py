"""Other readings of the same maps, boxes, scale and output: what a port can have got wrong.

A reading says how the one who made an output may have understood what was given: columns swapped,
ends a cell further, the scale forgotten. It is a row of changes, each of which is applied to what
the one before it left (`roipool.changes` has them all), so that the same reading can be applied to
other maps and boxes.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float64]
Array = NDArray[Any]

# What most ports that go wrong have done.
_PLAIN = {"no_batch_index", "swapped_xy", "ends"}
# Changes whose amount is a part of a cell, in units of the boxes.
_BY_CELLS = {"ends_by_a_cell", "offset_by_cells"}

_HALF = ("offset", 0.5)

_LEAST_SCALE = float(np.finfo(np.float32).smallest_subnormal)
_LARGEST_SCALE = float(np.finfo(np.float32).max)

_TO_NCHW, _TO_NHWC = (0, 3, 1, 2), (0, 2, 3, 1)


@dataclass(frozen=True, slots=True)
class Change:
    """One respect in which maps, boxes, scale or output were read otherwise than given.

    Attributes
    ----------
    key : str
        - "no_batch_index": (N, 4) boxes are of image 0
        - "one_image": all boxes are of image 0, whatever their batch index
        - "index_by": `amount` was added to the batch index
        - "index_last": the columns are x1, y1, x2, y2, batch index
        - "class_last": the columns are x1, y1, x2, y2 and a number that is no batch index
        - "from_1": batch index and coordinates count from 1
        - "transposed": the output's last two axes are PW, PH
        - "output_nhwc": the output's axes are N, PH, PW, C
        - "map_nhwc": the maps' axes are B, H, W, C
        - "channels_reversed": the maps' channels were in reverse order
        - "mirrored_x", "mirrored_y", "turned": the maps were mirrored, or turned by 180°
        - "xywh": the columns are x1, y1, width, height
        - "as_xywh": x1, y1, width, height, made from the corners, were taken for corners
        - "centre_size": the columns are the centre's x and y, width, height
        - "as_centre_size": centre and size, made from the corners, were taken for corners
        - "swapped_xy": the columns are y1, x1, y2, x2
        - "fractions": the coordinates are fractions of the map
        - "as_fractions": fractions of the map, made from the coordinates, were taken for them
        - "ends": `amount` was added to x2 and y2, one unit
        - "ends_by_a_cell": `amount` was added to x2 and y2, one cell
        - "offset": `amount` was added to all coordinates
        - "offset_by_cells": `amount` was added to all coordinates, half a cell
        - "scale_forgotten": spatial_scale was 1
        - "scale_inverted": spatial_scale was the given one's inverse
        - "scale_missing": spatial_scale was `amount`, where 1 is given
        - "stride": spatial_scale was `amount`
        - "scale_twice": the boxes were multiplied with spatial_scale twice
        - "scale_across", "scale_down": spatial_scale was `amount` along the rows, or the columns
        - "scales": spatial_scale was `amount` along the rows and `down` along the columns
        - "clipped": boxes were clipped to the map first, `amount` units before its end
        - "reversed", "by_image": boxes were pooled last to first, or image by image
        - "reordered": boxes were pooled in the given `order`
    amount : float or None
        In the units of the boxes, or cells per unit where it is a scale.
    order : tuple of int or None
        Of "reordered": the box that each row of the output was pooled from.
    down : float or None
        Of "scales": cells per unit along the columns.
    """

    key: str
    amount: float | None = None
    order: tuple[int, ...] | None = None
    down: float | None = None

    def at(self, before: float, now: float) -> "Change":
        """The same change where another spatial_scale is given: half a cell stays half a cell.

        Examples
        --------
        >>> Change("offset_by_cells", -8.0).at(1 / 16, 1 / 8).amount
        -4.0
        """
        if self.key not in _BY_CELLS or self.amount is None:
            return self
        return replace(self, amount=self.amount * before / now)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What pooling is called with under a reading.

    Attributes
    ----------
    changes : tuple of Change
        From what was given; empty where nothing had to change.
    boxes : (N, 5) float64
    spatial_scale : float
    shape : (B, C, H, W)
        Of the maps as given.
    views : frozenset of str
        Keys of the changes that are about maps and output, and not about boxes.
    """

    changes: tuple[Change, ...]
    boxes: Boxes
    spatial_scale: float
    shape: tuple[int, ...]
    views: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """The keys of the changes joined by "+", or "as_given"."""
        return "+".join(change.key for change in self.changes) or "as_given"

    @property
    def is_plain(self) -> bool:
        """Whether nothing was changed but what most often is: columns swapped, ends by one."""
        return all(change.key in _PLAIN for change in self.changes)

    @property
    def is_half_a_cell(self) -> bool:
        """Whether half a unit of the boxes, or half a cell, was added or taken off."""
        return any(
            change.key == "offset_by_cells" or (change.key, abs(change.amount or 0)) == _HALF
            for change in self.changes
        )

    @property
    def is_half_a_cell_less(self) -> bool:
        """Whether nothing was changed but that half a cell was taken off."""
        halves = ("offset_by_cells", "offset") if self.spatial_scale == 1 else ("offset_by_cells",)
        return any(self.changes == (Change(key, -0.5 / self.spatial_scale),) for key in halves)

    @property
    def is_laid_out_otherwise(self) -> bool:
        """Whether maps or output have their channels last."""
        return not self.views.isdisjoint({"map_nhwc", "output_nhwc"})

    @property
    def transposed(self) -> bool:
        """Whether the output given is (N, C, PW, PH)."""
        return "transposed" in self.views

    @property
    def images(self) -> int:
        """How many maps there are."""
        return self.shape[0]

    @property
    def channels(self) -> int:
        """Of the maps as they are read."""
        return self.shape[3 if "map_nhwc" in self.views else 1]

    @property
    def size(self) -> tuple[int, int]:
        """(H, W) of the maps as they are read."""
        high, wide = self.shape[1:3] if "map_nhwc" in self.views else self.shape[2:]
        return high, wide

    @property
    def is_sound(self) -> bool:
        """Whether its numbers are such as pooling takes, however large those given were."""
        is_scale = _LEAST_SCALE <= self.spatial_scale <= _LARGEST_SCALE
        return is_scale and bool(np.isfinite(self.boxes).all())

    @property
    def has_images(self) -> bool:
        """Whether each box names an image that is there."""
        index = self.boxes[:, 0]
        return bool(((index == np.floor(index)) & (index >= 0) & (index < self.images)).all())

    def of(self, boxes: slice | NDArray[np.intp]) -> "Reading":
        """The same reading of some of the boxes."""
        return replace(self, boxes=self.boxes[boxes])

    def seen(self, maps: Array) -> Array:
        """Maps as they are read, (B, C, H, W): a view."""
        if "map_nhwc" in self.views:
            maps = maps.transpose(_TO_NCHW)
        if "channels_reversed" in self.views:
            maps = maps[:, ::-1]
        if "mirrored_x" in self.views:
            maps = maps[..., ::-1]
        if "mirrored_y" in self.views:
            maps = maps[:, :, ::-1]
        return maps

    def wanted(self, output: Array) -> Array:
        """The output as it is read, (N, C, PH, PW): a view."""
        if "output_nhwc" in self.views:
            output = output.transpose(_TO_NCHW)
        return output.swapaxes(2, 3) if self.transposed else output

    def returned_size(self, output: Array) -> tuple[int, int]:
        """(PH, PW) of an output as given, along its own axes."""
        high, wide = output.shape[1:3] if "output_nhwc" in self.views else output.shape[2:]
        return high, wide

    def returned(self, output: Array) -> Array:
        """What is (N, C, PH, PW) as somebody has it whose output is read so: a view."""
        if self.transposed:
            output = output.swapaxes(2, 3)
        return output.transpose(_TO_NHWC) if "output_nhwc" in self.views else output
