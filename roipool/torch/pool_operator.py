"""``torch.ops.roipool.roi_pool``: the operators, their fake kernels and their derivatives.

The output is the map's value at argmax, and so linear in the map while argmax stays: the gradient
is scattered to argmax, and the gradient of that is gathered from there::

    roi_pool                     map -> output      derivative: scatter
    roi_pool_backward (scatter)  output -> map      derivative: gather
    gather, torch's own indexing                    derivative: torch's own

Each operator carries its formula (`register_autograd`), for graphs that were compiled or exported.
The Function that torch makes of it is refused by ``torch.func``, and forward mode passes it by in
silence. So outside of graphs the same formulas are Functions of our own, which know both. Sizes
are numbers each, because ``torch.func`` counts a Function's arguments through lists and tuples.
"""

from typing import Any

import torch
from torch import Tensor

import roipool
from roipool.torch.folding import fold, fold_arguments, fold_boxes, unfold
from roipool.torch.graphs import applied, is_followed
from roipool.torch.memory import as_tensor, shared
from roipool.torch.records import decoded


def pool(input: Tensor, *arguments: Any) -> Tensor:
    """The output, through the operator that also finds argmax only where somebody will ask."""
    if not is_followed(input):
        output: Tensor = values_operator(input, *arguments)
        return output
    output, _ = applied(argmax_operator, _Pool, input, *arguments)
    return output


@torch.library.custom_op("roipool::roi_pool", mutates_args=())
def values_operator(
    input: Tensor,
    boxes: Tensor,
    output_height: int,
    output_width: int,
    spatial_scale: float,
    convention: str,
    backend: str,
) -> Tensor:
    """The maxima alone, which are found sooner."""
    size, rule = (output_height, output_width), decoded(convention)
    with shared(input) as maps, shared(boxes) as table:
        output = roipool.roi_pool(
            maps, table, size, spatial_scale, convention=rule, backend=backend
        )
        return as_tensor(output, input.dtype)


@torch.library.custom_op("roipool::roi_pool_with_argmax", mutates_args=())
def argmax_operator(
    input: Tensor,
    boxes: Tensor,
    output_height: int,
    output_width: int,
    spatial_scale: float,
    convention: str,
    backend: str,
) -> tuple[Tensor, Tensor]:
    """The maxima, and where each was found."""
    size, rule = (output_height, output_width), decoded(convention)
    with shared(input) as maps, shared(boxes) as table:
        output, argmax = roipool.roi_pool_with_argmax(
            maps, table, size, spatial_scale, convention=rule, backend=backend
        )
        return as_tensor(output, input.dtype), as_tensor(argmax)


@torch.library.custom_op("roipool::roi_pool_backward", mutates_args=())
def scatter_operator(
    grad_output: Tensor,
    argmax: Tensor,
    boxes: Tensor,
    batch_size: int,
    channels: int,
    height: int,
    width: int,
    backend: str,
) -> Tensor:
    """The gradient of the input, summed where bins share a cell."""
    shape = batch_size, channels, height, width
    with shared(grad_output) as grads, shared(argmax) as places, shared(boxes) as table:
        gradient = roipool.roi_pool_backward(grads, places, table, shape, backend=backend)
        return as_tensor(gradient, grad_output.dtype)


def gathered(values: Tensor, argmax: Tensor, boxes: Tensor) -> Tensor:
    """(N, C, PH, PW) of the values (B, C, H, W) at argmax, 0 where that is -1."""
    images = boxes[:, 0].to(values.device, torch.int64).clamp(0, max(values.shape[0] - 1, 0))
    channels = torch.arange(values.shape[1], device=values.device)
    found = argmax.to(torch.int64).clamp(min=0)
    rows, columns = found // values.shape[3], found % values.shape[3]
    cells = values[images[:, None, None, None], channels[:, None, None], rows, columns]
    return torch.where(argmax < 0, 0, cells)


def _scattered(grad_output: Tensor, *arguments: Any) -> Tensor:
    gradient: Tensor = applied(scatter_operator, _Scatter, grad_output, *arguments)
    return gradient


@values_operator.register_fake
def _fake_values(
    input: Tensor, boxes: Tensor, height: int, width: int, scale: float, convention: str, *_: Any
) -> Tensor:
    decoded(convention)
    return input.new_empty((boxes.shape[0], input.shape[1], height, width))


@argmax_operator.register_fake
def _fake_argmax(*arguments: Any) -> tuple[Tensor, Tensor]:
    output = _fake_values(*arguments)
    return output, torch.empty_like(output, dtype=torch.int32)


@scatter_operator.register_fake
def _fake_scatter(grad_output: Tensor, _: Tensor, __: Tensor, *arguments: Any) -> Tensor:
    return grad_output.new_empty(arguments[:4])


def _keep_input(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
    ctx.save_for_backward(*inputs[:2])
    ctx.arguments = inputs[2:]


def _values_backward(ctx: Any, grad_output: Tensor) -> tuple[Tensor | None, ...]:
    """Of a graph that was made where no gradient was asked for: argmax is found now."""
    maps, boxes = ctx.saved_tensors
    _, argmax = argmax_operator(maps.detach(), boxes, *ctx.arguments)
    gradient = _scattered(grad_output, argmax, boxes, *maps.shape, ctx.arguments[-1])
    return gradient, *[None] * 6


def _keep_argmax(ctx: Any, inputs: tuple[Any, ...], output: tuple[Tensor, Tensor]) -> None:
    maps, boxes, *_, backend = inputs
    _, argmax = output
    ctx.mark_non_differentiable(argmax)
    ctx.save_for_backward(argmax, boxes)
    ctx.save_for_forward(argmax, boxes)
    ctx.shape, ctx.backend = maps.shape, backend


def _argmax_backward(ctx: Any, grad_output: Tensor, _: Any) -> tuple[Tensor | None, ...]:
    argmax, boxes = ctx.saved_tensors
    return _scattered(grad_output, argmax, boxes, *ctx.shape, ctx.backend), *[None] * 6


def _keep_places(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
    _, argmax, boxes, *ctx.arguments = inputs
    ctx.save_for_backward(argmax, boxes)
    ctx.save_for_forward(argmax, boxes)


def _scatter_backward(ctx: Any, grad_input: Tensor) -> tuple[Tensor | None, ...]:
    return gathered(grad_input, *ctx.saved_tensors), *[None] * 7


values_operator.register_autograd(_values_backward, setup_context=_keep_input)
argmax_operator.register_autograd(_argmax_backward, setup_context=_keep_argmax)
scatter_operator.register_autograd(_scatter_backward, setup_context=_keep_places)


class _Pool(torch.autograd.Function):
    generate_vmap_rule = True
    forward = staticmethod(argmax_operator)
    setup_context = staticmethod(_keep_argmax)
    backward = staticmethod(_argmax_backward)

    @staticmethod
    def jvp(ctx: Any, tangent: Tensor, *_: Any) -> tuple[Tensor, None]:
        return gathered(tangent, *ctx.saved_tensors), None


class _Scatter(torch.autograd.Function):
    generate_vmap_rule = True
    forward = staticmethod(scatter_operator)
    setup_context = staticmethod(_keep_places)
    backward = staticmethod(_scatter_backward)

    @staticmethod
    def jvp(ctx: Any, tangent: Tensor, *_: Any) -> Tensor:
        return _scattered(tangent, *ctx.saved_tensors, *ctx.arguments)


@values_operator.register_vmap
def _vmap_values(info: Any, dims: Any, *arguments: Any) -> Any:
    return unfold(values_operator(*fold_arguments(info, dims, arguments)), info.batch_size)


@argmax_operator.register_vmap
def _vmap_argmax(info: Any, dims: Any, *arguments: Any) -> Any:
    return unfold(argmax_operator(*fold_arguments(info, dims, arguments)), info.batch_size)


@scatter_operator.register_vmap
def _vmap_scatter(
    info: Any,
    dims: Any,
    grad_output: Tensor,
    argmax: Tensor,
    boxes: Tensor,
    batch_size: int,
    *others: Any,
) -> Any:
    gradient = scatter_operator(
        fold(grad_output, dims[0], info.batch_size),
        fold(argmax, dims[1], info.batch_size),
        fold_boxes(boxes, dims[2], info.batch_size, batch_size),
        info.batch_size * batch_size,
        *others,
    )
    return unfold(gradient, info.batch_size)
