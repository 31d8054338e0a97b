"""What is checked of tensors before an operator sees them: what their values don't say.

The values of boxes are the library's to check, in the operator: while a model is traced there are
none.
"""

import operator
from typing import Any

import numpy as np
import torch
from torch._subclasses.fake_tensor import FakeTensor

from roipool.arrays import is_on_gpu
from roipool.bins import as_scale
from roipool.boxes import as_boxes
from roipool.errors import RoIPoolError, shown
from roipool.torch.graphs import in_graph

_DTYPES = (torch.float32, torch.float64, torch.float16, torch.bfloat16)
_MOST = 2**31 - 1


def check_input(input: Any, *, on_gpu: bool) -> None:
    """Refuse what is no dense tensor of floats (B, C, H, W) on a device that computes it.

    Raises
    ------
    RoIPoolError
        With how to mend it.
    """
    if not isinstance(input, torch.Tensor):
        raise RoIPoolError(
            f"input is a {type(input).__name__}; expected a torch tensor. roipool.roi_pool and "
            "roipool.roi_align take arrays."
        )
    # meta: without memory, for shapes alone.
    allowed = ("cpu", "cuda", "meta") if on_gpu else ("cpu", "meta")
    if input.device.type not in allowed:
        raise RoIPoolError(
            f"input is on the device {input.device}; expected {' or '.join(allowed[:-1])}. Move it "
            "with input.cpu(), through which gradients go back."
        )
    if input.layout is not torch.strided:
        raise RoIPoolError(
            f"input has layout {input.layout}; expected a dense tensor: input.to_dense()."
        )
    if input.dtype not in _DTYPES:
        names = ", ".join(map(str, _DTYPES))
        raise RoIPoolError(
            f"input has dtype {input.dtype}; expected one of {names}. Convert it with "
            "input.float()."
        )
    if input.ndim != 4:
        hint = {2: " A single map: input[None, None].", 3: " A single image: input[None]."}
        raise RoIPoolError(
            f"input has shape {tuple(input.shape)}; expected (B, C, H, W)."
            f"{hint.get(input.ndim, '')}"
        )


def as_table(boxes: Any, input: torch.Tensor) -> torch.Tensor:
    """Boxes as a tensor (N, 5) float64 of its own, with which the graph has nothing to do.

    A copy, since the backward pass reads them again, and whatever their dtype was.

    Raises
    ------
    RoIPoolError
        In the library's words, for boxes that cannot be read or whose shapes are none of boxes.
    """
    batch_size = input.shape[0]
    if isinstance(boxes, (list, tuple)) and any(map(_is_device_table, boxes)):
        boxes = _joined([_as_tensor(item, input) for item in boxes], batch_size)
    elif not (_is_device_table(boxes) or in_graph()):
        boxes = as_boxes(_detached(boxes), batch_size)
    table = _as_tensor(boxes, input)
    if table.ndim != 2 or table.shape[1] != 5:
        _judge(table)  # unless there is merely no box
        table = table.new_empty((0, 5))
    return table.detach().to(torch.float64, copy=True)


def as_float(spatial_scale: Any) -> float:
    """The scale, which the operator checks where a graph is made: to a compiler it is no number."""
    if not in_graph():
        as_scale(spatial_scale)
    return float(spatial_scale)


def as_ratios(sampling_ratio: Any) -> tuple[int, int]:
    """The samples of a bin, down and across.

    Examples
    --------
    >>> as_ratios(2), as_ratios((2, -1))
    ((2, 2), (2, -1))
    """
    pair = sampling_ratio
    if not isinstance(pair, (tuple, list)):
        pair = (pair, pair)
    try:
        down, across = (max(-1, min(operator.index(ratio), _MOST)) for ratio in pair)
    except Exception as error:  # what the items raise is theirs
        raise RoIPoolError(
            f"sampling_ratio is {shown(sampling_ratio)}; expected a whole number, or a pair of "
            "them, down and across: the samples of a bin, or -1 for as many as the box asks for."
        ) from error
    return down, across


def check_aligned(aligned: Any) -> None:
    if not isinstance(aligned, (bool, int, np.bool_)):
        raise RoIPoolError(f"aligned is {shown(aligned)}; expected True or False.")


def _joined(tables: list[torch.Tensor], batch_size: int) -> torch.Tensor:
    """One table of rows (5,), or of tables (L, 4) each of an image."""
    tables = [table.to(tables[0].device, torch.float64) for table in tables]
    if all(table.ndim == 1 and table.shape[0] for table in tables):
        return torch.stack(tables)
    none = [table.ndim != 2 and table.numel() == 0 for table in tables]
    tables = [
        t.new_empty((0, 4)) if is_none else t for t, is_none in zip(tables, none, strict=True)
    ]
    if len(tables) != batch_size or any(table.ndim != 2 or table.shape[1] != 4 for table in tables):
        _judge(tables, batch_size)
        tables = [table if table.shape[1] == 4 else table.new_empty((0, 4)) for table in tables]
    pad = torch.nn.functional.pad
    return torch.cat([pad(table, (1, 0), value=float(n)) for n, table in enumerate(tables)])


def _is_device_table(item: Any) -> bool:
    """Whether it is a tensor, or an array that the library would not read from a GPU."""
    return isinstance(item, torch.Tensor) or is_on_gpu(item)


def _as_tensor(item: Any, input: torch.Tensor) -> torch.Tensor:
    """A tensor that stands beside `input`: beside a fake one, of its mode."""
    if not isinstance(item, torch.Tensor):
        item = _read(item)
    if not in_graph() and isinstance(input, FakeTensor) and not isinstance(item, FakeTensor):
        item = input.fake_mode.from_tensor(item)
    tensor: torch.Tensor = item
    return tensor


def _read(item: Any) -> torch.Tensor:
    try:
        return torch.as_tensor(item)
    except Exception as error:  # what the items of a list raise is theirs
        raise RoIPoolError(
            f"boxes cannot be read as numbers ({error}); expected (N, 5) or a list of (L, 4)."
        ) from error


def _detached(boxes: Any) -> Any:
    if isinstance(boxes, (list, tuple)):
        return [_detached(item) for item in boxes]
    return boxes.detach() if isinstance(boxes, torch.Tensor) else boxes


def _judge(tables: Any, batch_size: int | None = None) -> None:
    """Let the library say what is wrong with the shape of a table, or of a list of them.

    Raises
    ------
    RoIPoolError
        If anything is.
    """
    if in_graph():  # whose maker would have to follow NumPy
        each = tables if isinstance(tables, list) else [tables]
        raise RoIPoolError(
            f"boxes has the shape {[tuple(table.shape) for table in each]}; expected (N, 5), one "
            "row [batch_index, x1, y1, x2, y2] a box, or a list of one (L, 4) array per image."
        )
    if isinstance(tables, list):
        as_boxes([_of_shape(table) for table in tables], batch_size)
    else:
        as_boxes(_of_shape(tables))


def _of_shape(table: torch.Tensor) -> Any:
    """Zeros of the table's shape that take no memory."""
    return np.broadcast_to(0.0, tuple(map(int, table.shape)))
