"""Ways of computing a pooled output, each under its name: the suspects of `roipool.identify`.

Beside the presets these are their neighbours, with one choice changed, the average instead of the
maximum over the same bins, and RoIAlign. One file, because each is a name for a pooling and they
are compared with each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from roipool import effort, samples
from roipool.align import roi_align
from roipool.average import average_bins
from roipool.backends import numpy as numpy_backend
from roipool.bins import Bins, cut_boxes
from roipool.conventions import ALIASES, DTYPE_LOWEST, PRESETS, Convention, Rounding
from roipool.crops import How, resized_crops
from roipool.errors import RoIPoolError
from roipool.frameworks import FRAMEWORKS
from roipool.ports import PORTS
from roipool.readings import Reading
from roipool.resize import crop_and_resize

Maps = NDArray[Any]
Size = tuple[int, int]

# What a choice can be changed to; a choice of argmax alone cannot be told from an output.
_CHOICES: dict[str, tuple[Any, ...]] = {
    "inclusive_end": (True, False),
    "rounding": ("half_away", "half_even", "floor", "outward", "none"),
    "arithmetic": ("exact", "float32", "float64", "step", "step_rest"),
    "stop": ("floor", "ceil", "nearest", "floor_or_one"),
    "min_cells": (0, 1),
    "empty_value": (0.0, float("-inf")),
    "lowest": (None, DTYPE_LOWEST, -1e9),
}
# As AdaptiveMaxPool2d has it.
_CROP = ("exact", "ceil")
# Of ports whose boxes are no corners in cells.
FORMS = {"keras_frcnn": "xywh", "keras_roi_pooling": "fractions"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A way of computing an output.

    Attributes
    ----------
    name : str
        The preset's, for its neighbours too, or "roi_align".
    operation : {"max", "average", "align", "resize", "crop"}
        What is made of the cells of a bin; "align" averages samples between them, "resize" takes
        samples from corner to corner of a box, and "crop" resizes the whole cells of one.
    convention : Convention or None
        Whose bins they are. RoIAlign and resizing have none.
    choices : tuple of (str, object)
        The fields of the preset that were changed, and their values; of RoIAlign its arguments.
    changes : int
        How far it is from what somebody has shipped.
    exact : bool
        Whether the same cells give the same bits; sums depend on their order.
    """

    name: str
    operation: Literal["max", "average", "align", "resize", "crop"]
    convention: Convention | None
    choices: tuple[tuple[str, Any], ...] = ()
    changes: int = 0
    exact: bool = True

    def pool(self, maps: Maps, reading: Reading, size: Size) -> Maps:
        """The output (N, C, PH, PW) of maps (B, C, H, W)."""
        if self.operation == "resize":
            return _resized(maps, reading, size, **dict(self.choices))
        if self.operation == "crop":
            return _cropped(maps, reading, size, **dict(self.choices))
        if self.convention is None:
            return _aligned(maps, reading, size, *self._grid, self._mode)
        pooled = _averages if self.operation == "average" else _maxima
        return pooled(maps, reading, size, self.convention)

    def key(self, maps: Maps, reading: Reading, size: Size) -> bytes:
        """Bytes that are equal where the output certainly is, and far cheaper."""
        if self.convention is None:
            numbers = repr((self.operation, self.choices, size, reading.spatial_scale))
            return numbers.encode() + reading.boxes.tobytes()
        bins = _bins(maps, reading, size, self.convention)
        kind = "average"
        if self.operation == "max":
            fill = self.convention.empty_value if bins.empty.any() else None
            kind = repr(("max", fill, self.convention.lowest, self.convention.nan))
        return kind.encode() + _cells(reading, bins)

    def effort(self, maps: Maps, reading: Reading, size: Size, *, finite: bool) -> float:
        """How long `pool` will take, in seconds; `finite` says that every cell is."""
        if self.operation in ("resize", "crop"):
            return effort.of_resize(maps.shape, len(reading.boxes), size)
        if self.convention is None:
            try:
                sampling = _sampling(maps, reading, size, *self._grid)
            except RoIPoolError:
                return 0.0  # so many samples that none are taken
            return effort.of_align(maps.shape, sampling, finite=finite)
        if self.operation == "average":
            return effort.of_average(maps.shape, len(reading.boxes), size, finite=finite)
        return effort.of_maximum(maps.shape, len(reading.boxes), size)

    @property
    def is_floored(self) -> bool:
        """Whether nothing else was changed of a preset than that coordinates are rounded down."""
        return self.choices == (("rounding", "floor"),)

    @property
    def is_adaptive(self) -> bool:
        """Whether it is adaptive pooling of the crop: whole cells, and edges in whole numbers."""
        cut = self.convention
        return self.operation == "max" and cut is not None and (cut.arithmetic, cut.stop) == _CROP

    @property
    def is_usual(self) -> bool:
        """Whether many compute so, though no preset does."""
        is_known = self.operation == "crop" or self.name in (*PORTS, *FRAMEWORKS)
        return is_known or self.is_floored or (self.is_adaptive and self.changes == 1)

    def takes(self, reading: Reading) -> bool:
        """Whether a reading is the form in which a port wants its boxes, and no change."""
        most = 2 * max(reading.size) / reading.spatial_scale  # pixels are no fractions
        return reading.key == FORMS.get(self.name) and bool((reading.boxes[:, 1:] <= most).all())

    @property
    def _grid(self) -> tuple[bool, int]:
        """Of RoIAlign: whether it is aligned, and its sampling_ratio."""
        choices = dict(self.choices)
        return choices["aligned"], choices["sampling_ratio"]

    @property
    def _mode(self) -> str:
        """Of RoIAlign: what is kept of the samples of a bin."""
        mode: str = dict(self.choices).get("mode", "avg")
        return mode

    @property
    def frameworks(self) -> tuple[str, ...]:
        """The other names under which `roipool.ALIASES` has this rule."""
        if self.changes:
            return ()
        return tuple(alias for alias, name in ALIASES.items() if name == self.name)


def presets() -> list[Rule]:
    """RoI pooling as somebody has shipped it."""
    return [maximum(preset) for preset in PRESETS.values()]


def neighbours() -> list[Rule]:
    """Presets with one choice changed, where that makes none of the presets."""
    seen = {replace(preset, name="") for preset in PRESETS.values()}
    rules = []
    for preset in PRESETS.values():
        for choice, convention in variations(preset):
            nameless = replace(convention, name="")
            if nameless not in seen:
                seen.add(nameless)
                rules.append(maximum(convention, choice))
    return rules


def ports() -> list[Rule]:
    """The conventions of ports that many have copied, and of frameworks that no preset is."""
    return [Rule(port.name, "max", port, changes=1) for port in (PORTS | FRAMEWORKS).values()]


def floored() -> list[Rule]:
    """Presets whose corners are cut off as ``int(x / 16)`` does: what most tutorials do."""
    return [rule for rule in neighbours() if rule.is_floored]


def averages() -> list[Rule]:
    """The average over the bins of each preset; 0 where a bin is empty."""
    return [_average(preset) for preset in PRESETS.values()]


def variations(preset: Convention) -> Iterator[tuple[tuple[str, Any], Convention]]:
    """Each choice that can be changed, and the convention that this makes."""
    for name, values in _CHOICES.items():
        for value in values:
            if value != getattr(preset, name):
                try:
                    yield (name, value), replace(preset, **{name: value})
                except RoIPoolError:
                    continue  # choices that contradict each other


def maximum(convention: Convention, *choices: tuple[str, Any]) -> Rule:
    """The maximum over the bins of a convention, in which these choices were changed."""
    return Rule(convention.name, "max", convention, choices, len(choices))


def _average(convention: Convention) -> Rule:
    return Rule(convention.name, "average", convention, changes=1, exact=False)


def _cropped(
    maps: Maps, reading: Reading, size: Size, how: How, rounded: Rounding, last: int
) -> Maps:
    return resized_crops(maps, reading.boxes, size, reading.spatial_scale, how, rounded, last)


def _resized(maps: Maps, reading: Reading, size: Size, pooled: int, nearest: bool) -> Maps:
    return crop_and_resize(maps, reading.boxes, size, reading.spatial_scale, pooled, nearest)


def _maxima(maps: Maps, reading: Reading, size: Size, convention: Convention) -> Maps:
    output, _ = numpy_backend.forward(
        maps, reading.boxes, size, reading.spatial_scale, convention, with_argmax=False
    )
    return output


def _averages(maps: Maps, reading: Reading, size: Size, convention: Convention) -> Maps:
    bins = _bins(maps, reading, size, convention)
    return average_bins(maps, reading.boxes[:, 0].astype(np.intp), bins)


def _aligned(
    maps: Maps, reading: Reading, size: Size, aligned: bool, ratio: int, mode: str
) -> Maps:
    arguments = (reading.boxes, size, reading.spatial_scale, ratio, aligned)
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            output: Maps = roi_align(maps, *arguments, mode=mode)
    except RoIPoolError:  # boxes so far apart, under some reading, that no samples would do
        output = np.full((len(reading.boxes), maps.shape[1], *size), np.nan, maps.dtype)
    return output


def _sampling(
    maps: Maps, reading: Reading, size: Size, aligned: bool, ratio: int
) -> samples.Sampling:
    return samples.as_sampling(
        reading.boxes, size, maps.shape[2:], reading.spatial_scale, ratio, aligned, maps.dtype
    )


def _bins(maps: Maps, reading: Reading, size: Size, convention: Convention) -> Bins:
    scale, convention = reading.spatial_scale, convention.on(maps.dtype)
    with np.errstate(over="ignore"):
        return cut_boxes(reading.boxes, size, maps.shape[2:], scale, convention)


def _cells(reading: Reading, bins: Bins) -> bytes:
    """The cells of all bins; all that are empty look the same."""
    parts = [reading.boxes[:, 0].astype(np.int64)]
    for start, stop in ((bins.y0, bins.y1), (bins.x0, bins.x1)):
        filled = start < stop
        parts += [np.where(filled, start, 0), np.where(filled, stop, 0)]
    return b"".join(part.tobytes() for part in parts)
