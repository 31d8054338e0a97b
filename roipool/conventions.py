"""How a box becomes bins, as a record of choices: every framework is a row of them.

Everybody calls it RoI pooling, and hardly two implementations cut the same bins. They differ in
a few choices, the fields of `Convention`. The named rows are in `PRESETS`; the names under which
people know them (``"torchvision"``, ``"caffe"``, ...) are in `ALIASES`, and more in `names`.

Each row was read from its implementation's source and is held, value and argmax, bit for bit
against that implementation's own output by ``tests/roipool/test_golden.py``.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from roipool.errors import RoIPoolError, shown

Rounding = Literal["half_away", "half_even", "floor", "outward", "none"]
Arithmetic = Literal["exact", "float32", "float64", "step", "step_rest"]
Snap = Literal["floor", "ceil", "nearest", "floor_or_one"]
MissingImage = Literal["error", "empty"]

_ALLOWED = {
    "inclusive_end": (True, False),
    "rounding": ("half_away", "half_even", "floor", "outward", "none"),
    "arithmetic": ("exact", "float32", "float64", "step", "step_rest"),
    "stop": ("floor", "ceil", "nearest", "floor_or_one"),
    "missing_image": ("error", "empty"),
}
_ON_WHOLE_CELLS = ("exact", "step", "step_rest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """The choices that an implementation of RoI pooling makes.

    A RoI spans n cells of an axis and is cut in P bins. Bin i runs from
    ``floor(i * n / P)`` to ``stop((i + 1) * n / P)``, counted from the RoI's first cell, and is
    clipped to the map.

    Parameters
    ----------
    name : str
        What errors and rankings call it.
    inclusive_end : bool
        True: x2, y2 name the last cell of the box. False: the first cell after it.
    rounding : {"half_away", "half_even", "floor", "outward", "none"}
        How ``coordinate * spatial_scale``, a float32 product, becomes a cell. "floor" is what
        ``int(x / 16)`` makes of coordinates from 0 on; a negative one, which ``int`` moves towards
        0, goes to the cell that it lies in. "outward" is floor for the start and ceil for the end.
        "none" cuts the fractional box.
    arithmetic : {"exact", "float32", "float64"}
        How ``i * n / P`` is computed. The floats divide first, ``i * (n / P)``, and may overshoot
        the RoI's end: ``ceil(7 * (57 / 7))`` is 58 in float32. "exact" multiplies first, in
        integers, and never errs. "step" and "step_rest" give every bin ``floor(n / P)`` cells; what
        is left over is lost, or goes to the last bin.
    stop : {"floor", "ceil", "nearest", "floor_or_one"}
        With "floor" the bins tile the RoI; with "ceil" neighbours share a cell wherever the
        division leaves a remainder. With "nearest" both edges of a bin go to the nearest cell,
        halves up; with "floor_or_one" they are floored, and a bin holds a cell at least.
    min_cells : int
        The fewest cells a RoI spans: 1 turns an inverted box into one cell, 0 leaves it empty. With
        ``rounding="none"`` and ``stop="ceil"`` 0 does not where both ends lie inside of one cell:
        its bins run from the floor of one to the ceil of the other, and hold that cell.
    empty_value : float
        Output of a bin that holds no cell.
    empty_argmax : int
        Its argmax.
    degenerate_argmax : int or None
        Argmax of a box whose size is not positive, which is then skipped whole. None: such a box
        gets no treatment of its own.
    lowest : float or None
        The value that the scan starts from, with a strict ``>``: NaN never wins, and a bin that
        holds nothing larger yields this value and argmax -1. `DTYPE_LOWEST`, which is -inf,
        stands for the most negative finite value of the map's dtype, as C's -FLT_MAX. None: a
        plain maximum, in which NaN wins.
    missing_image : {"error", "empty"}
        What a box is whose batch index, a whole number, names no image: refused, or without cells,
        as where batches are padded with boxes of image -1.

    Examples
    --------
    What changes if torchvision's rule had floored the stops?

    >>> from dataclasses import replace
    >>> from roipool import bin_edges, get_convention
    >>> floored = replace(get_convention("torchvision"), name="floored", stop="floor")
    >>> bins = bin_edges([[0, 0, 3, 6, 7]], 2, (8, 8), convention=floored)
    >>> bins.y0.tolist(), bins.y1.tolist()
    ([[3, 5]], [[5, 8]])
    """

    name: str
    inclusive_end: bool
    rounding: Rounding
    arithmetic: Arithmetic
    stop: Snap
    min_cells: int = 1
    empty_value: float = 0.0
    empty_argmax: int = -1
    degenerate_argmax: int | None = None
    lowest: float | None = None
    missing_image: MissingImage = "error"

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise RoIPoolError(f"name is {shown(self.name)}; expected a str.")
        for field, allowed in _ALLOWED.items():
            value = getattr(self, field)
            if not isinstance(value, (str, int, np.generic)) or value not in allowed:
                names = ", ".join(map(str, allowed))
                raise RoIPoolError(f"{field} is {shown(value)}; expected one of {names}.")
        fewest: object = self.min_cells  # only a type checker has seen that it is an int
        if not isinstance(fewest, (int, np.integer)) or fewest not in (0, 1):
            raise RoIPoolError(f"min_cells is {shown(fewest)}; expected 0 or 1.")
        for field in ("empty_argmax", "degenerate_argmax"):
            place = getattr(self, field)
            if place is not None and not _is_int32(place):
                raise RoIPoolError(
                    f"{field} is {shown(place)}; expected a number that int32 can hold."
                )
        for field in ("empty_value", "lowest"):
            number = getattr(self, field)
            if not _is_float(number) and (field == "empty_value" or number is not None):
                raise RoIPoolError(
                    f"{field} is {shown(number)}; expected a number that float64 can hold."
                )
        if self.rounding == "none" and self.arithmetic in _ON_WHOLE_CELLS:
            raise RoIPoolError(
                f'rounding="none" leaves fractional boxes, which arithmetic="{self.arithmetic}" '
                "cannot cut: "
                'it works on whole cells. Use "float32" or "float64", or round the box.'
            )

    def lowest_of(self, dtype: np.dtype[Any]) -> np.floating | None:
        """Where the scan of a map of this dtype starts from; None for a plain maximum."""
        if self.lowest is None:
            return None
        if self.lowest == DTYPE_LOWEST:
            least: np.floating = np.finfo(dtype).min
        else:
            with np.errstate(over="ignore"):
                least = dtype.type(self.lowest + 0.0)
        return least

    @property
    def end_offset(self) -> int:
        """Cells between x2 and the first cell after the box: 1 where ends are inclusive."""
        return int(self.inclusive_end)


def _is_int32(place: Any) -> bool:
    return isinstance(place, (int, np.integer)) and bool(-(2**31) <= place < 2**31)


def _is_float(number: Any) -> bool:
    try:
        float(number)
    except Exception:  # not a number, or an integer that no float holds
        return False
    return isinstance(number, (int, float, np.integer, np.floating))


DTYPE_LOWEST = float("-inf")

_FAST_RCNN = Convention(
    name="fast_rcnn",
    inclusive_end=True,
    rounding="half_away",
    arithmetic="float32",
    stop="ceil",
    lowest=DTYPE_LOWEST,
)
_CHAINER = Convention(
    name="chainer_roi_pooling_2d",
    inclusive_end=True,
    rounding="half_even",
    arithmetic="float64",
    stop="ceil",
    empty_argmax=0,
)

PRESETS: dict[str, Convention] = {
    preset.name: preset
    for preset in (
        Convention(
            name="article",
            inclusive_end=False,
            rounding="half_away",
            arithmetic="exact",
            stop="floor",
            min_cells=0,
        ),
        _FAST_RCNN,
        # The op the article links: fast_rcnn, but its scan starts from a hard-coded -1e9.
        replace(_FAST_RCNN, name="deepsense", lowest=-1e9),
        replace(_FAST_RCNN, name="paddle_gpu", arithmetic="exact"),
        replace(_FAST_RCNN, name="mmcv", rounding="none", min_cells=0, degenerate_argmax=0),
        _CHAINER,
        replace(
            _CHAINER,
            name="chainer_roi_max_pooling_2d",
            inclusive_end=False,
            empty_value=float("-inf"),
            empty_argmax=-1,
        ),
    )
}
"""The conventions by name. "article" is the default everywhere."""

ALIASES: dict[str, str] = {
    "caffe": "fast_rcnn",
    "torchvision": "fast_rcnn",
    "onnxruntime": "fast_rcnn",
    "mxnet": "fast_rcnn",
    "paddle_cpu": "fast_rcnn",
}
"""Framework names that cut exactly as a preset does; in `roipool.names` are more."""


def get_convention(convention: str | Convention) -> Convention:
    """The Convention that a preset's name, a framework's name or a Convention stands for.

    Names are taken in any case, with ``-`` or a space for ``_``; see `roipool.names`.

    Raises
    ------
    RoIPoolError
        If the name is not known, or a framework's that cuts in two ways or in none.

    Examples
    --------
    >>> get_convention("torchvision").name
    'fast_rcnn'
    """
    if isinstance(convention, Convention):
        return convention
    if isinstance(convention, str) and convention in PRESETS:
        return PRESETS[convention]
    from roipool.names import named  # which are names of the presets

    return named(convention)
