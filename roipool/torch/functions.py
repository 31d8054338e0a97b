"""RoI pooling and RoIAlign of torch tensors, to be differentiated as often as one likes."""

from collections.abc import Callable
from typing import Any

import torch
from torch.overrides import handle_torch_function, has_torch_function

from roipool.backends import check_name
from roipool.bins import as_output_size
from roipool.conventions import Convention
from roipool.torch.align_operator import align
from roipool.torch.checks import (
    as_float,
    as_ratios,
    as_table,
    check_aligned,
    check_input,
)
from roipool.torch.pool_operator import pool
from roipool.torch.records import encoded


def roi_pool(
    input: torch.Tensor,
    boxes: Any,
    output_size: int | tuple[int, int],
    spatial_scale: float = 1.0,
    *,
    convention: str | Convention = "article",
    backend: str = "auto",
) -> torch.Tensor:
    """As `roipool.roi_pool`, from a tensor to a tensor that can be differentiated by `input`.

    Parameters
    ----------
    input : (B, C, H, W) tensor, float32, float64, float16 or bfloat16
        On the CPU it is read where it lies, whatever its strides. On a GPU it is computed there, by
        CuPy, on torch's current stream. Numbers of 16 bits are compared as float32 where the
        backend does not know them; a maximum is one of them, and so exact. A meta tensor gives one.
    boxes : (N, 5) tensor, or a list of B tensors (L, 4)
        ``[batch_index, x1, y1, x2, y2]``, or ``[x1, y1, x2, y2]`` per image. Anything that
        `roipool.roi_pool` takes will do as well, in any dtype. They get no gradient: the cut into
        cells is a step function of them.
    output_size : int or (PH, PW)
        Bins along the rows and the columns.
    spatial_scale : float
        Cells per unit of the boxes.
    convention : str or Convention
        "article" by default; "torchvision" for what ``torchvision.ops.roi_pool`` computes.
    backend : str
        As for `roipool.roi_pool`.

    Returns
    -------
    (N, C, PH, PW) tensor in the dtype and on the device of `input`
        Its gradient goes, bin by bin, to the cell where the maximum was found: the first in
        row-major order. While the maxima stay where they are the output is linear in `input`, so
        that second derivatives are those of what is made of the output.

    Raises
    ------
    RoIPoolError
        As `roipool.roi_pool`, and for an `input` that is no tensor, or on a device or of a dtype
        that no backend computes.

    Notes
    -----
    The operator is registered, ``torch.ops.roipool.roi_pool``: ``torch.compile(fullgraph=True)``
    and ``torch.export`` take it as it stands. ``torch.func`` (grad, jvp, vmap, hessian), forward
    mode and ``torch.fx`` know it too, and break a graph where they meet in one. A second derivative
    *through* a compiled function is torch's to give, and but for the backend "eager" it has none.

    Autocast leaves it alone: the output has the dtype of `input`, as torchvision's has.

    Examples
    --------
    The four cells of the article's map that its 2x2 output is made of, and so the four that learn:

    >>> import torch
    >>> from roipool import article
    >>> from roipool.torch import roi_pool
    >>> maps = torch.tensor(article.FEATURE_MAP, requires_grad=True)
    >>> output = roi_pool(maps, torch.tensor([[0, 0, 3, 7, 8]]), output_size=2)
    >>> output.tolist()
    [[[[0.85, 0.84], [0.97, 0.96]]]]
    >>> output.sum().backward()
    >>> maps.grad[0, 0].nonzero().tolist()  # (row, column)
    [[3, 0], [3, 3], [5, 6], [7, 2]]
    """
    options: dict[str, Any] = {"convention": convention, "backend": backend}
    if _is_someones(input, boxes):
        return _handed_over(roi_pool, input, boxes, output_size, spatial_scale, **options)
    check_input(input, on_gpu=True)
    check_name(backend)
    size, scale = as_output_size(output_size), as_float(spatial_scale)
    return pool(input, as_table(boxes, input), *size, scale, encoded(convention), backend)


def roi_align(
    input: torch.Tensor,
    boxes: Any,
    output_size: int | tuple[int, int],
    spatial_scale: float = 1.0,
    sampling_ratio: int | tuple[int, int] = -1,
    aligned: bool = False,
) -> torch.Tensor:
    """As `roipool.roi_align`, from a tensor to a tensor that can be differentiated by `input`.

    Parameters
    ----------
    input : (B, C, H, W) tensor, float32, float64, float16 or bfloat16
        In the CPU's memory, or a meta tensor. Of 16 bits it is computed in float32 and rounded
        once, as torchvision does under autocast.
    boxes : (N, 5) tensor, or a list of B tensors (L, 4)
        As for `roi_pool`. They get no gradient, as in torchvision.
    output_size, spatial_scale, sampling_ratio, aligned
        As for `roipool.roi_align`, and for ``torchvision.ops.roi_align``.

    Returns
    -------
    (N, C, PH, PW) tensor in the dtype of `input`
        It is linear in `input`, so that second derivatives are those of what is made of it.

    Raises
    ------
    RoIPoolError
        As `roipool.roi_align`, and for an `input` that is no tensor or of another dtype or device.
        On a GPU there is no kernel of it.

    Notes
    -----
    Average pooling of the samples alone; `roipool.roi_align` has other modes, without a gradient.
    What takes `roi_pool` (compiler, exporter, ``torch.func``, autocast) takes it in the same way.

    Examples
    --------
    >>> import torch
    >>> from roipool import article
    >>> from roipool.torch import roi_align
    >>> maps = torch.tensor(article.FEATURE_MAP, requires_grad=True)
    >>> output = roi_align(maps, [torch.tensor([[0.0, 3, 7, 8]])], 2, aligned=True)
    >>> [[round(value, 4) for value in row] for row in output[0, 0].tolist()]
    [[0.4744, 0.4795], [0.4326, 0.4234]]
    >>> output.sum().backward()
    >>> print(round(maps.grad.sum().item(), 12))
    4.0
    """
    arguments = (output_size, spatial_scale, sampling_ratio, aligned)
    if _is_someones(input, boxes):
        return _handed_over(roi_align, input, boxes, *arguments)
    check_input(input, on_gpu=False)
    check_aligned(aligned)
    size, scale, ratios = (
        as_output_size(output_size),
        as_float(spatial_scale),
        as_ratios(sampling_ratio),
    )
    return align(input, as_table(boxes, input), *size, scale, *ratios, bool(aligned))


def _is_someones(input: Any, boxes: Any) -> bool:
    """Whether something else than a tensor wants to be asked: a proxy of torch.fx, a subclass."""
    items = boxes if isinstance(boxes, (list, tuple)) else (boxes,)
    return bool(has_torch_function((input, *items)))


def _handed_over(
    function: Callable[..., torch.Tensor], input: Any, boxes: Any, *args: Any, **options: Any
) -> torch.Tensor:
    items = boxes if isinstance(boxes, (list, tuple)) else (boxes,)
    result: torch.Tensor = handle_torch_function(
        function, (input, *items), input, boxes, *args, **options
    )
    return result
