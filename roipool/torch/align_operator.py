"""``torch.ops.roipool.roi_align``: the operators, their fake kernels and their derivatives.

RoIAlign is linear in the map, and its gradient, the transposed sum, is linear in the output's. So
each is the derivative of the other, as often as one likes. See `pool_operator` for why there is
both a formula and a Function, and why sizes are numbers each.
"""

from typing import Any

import torch
from torch import Tensor

import roipool
from roipool.torch.folding import fold, fold_arguments, fold_boxes, unfold
from roipool.torch.graphs import applied
from roipool.torch.memory import as_tensor, shared


def align(input: Tensor, *arguments: Any) -> Tensor:
    """The averages of each bin's samples."""
    output: Tensor = applied(align_operator, _Align, input, *arguments)
    return output


def _spread(grad_output: Tensor, *arguments: Any) -> Tensor:
    gradient: Tensor = applied(spread_operator, _Spread, grad_output, *arguments)
    return gradient


@torch.library.custom_op("roipool::roi_align", mutates_args=())
def align_operator(
    input: Tensor,
    boxes: Tensor,
    output_height: int,
    output_width: int,
    spatial_scale: float,
    samples_down: int,
    samples_across: int,
    aligned: bool,
) -> Tensor:
    """The averages of each bin's samples."""
    size, ratio = (output_height, output_width), (samples_down, samples_across)
    with shared(input) as maps, shared(boxes) as table:
        output = roipool.roi_align(maps, table, size, spatial_scale, ratio, aligned)
        return as_tensor(output, input.dtype)


@torch.library.custom_op("roipool::roi_align_backward", mutates_args=())
def spread_operator(
    grad_output: Tensor,
    boxes: Tensor,
    batch_size: int,
    channels: int,
    height: int,
    width: int,
    spatial_scale: float,
    samples_down: int,
    samples_across: int,
    aligned: bool,
) -> Tensor:
    """The gradient of the input: each output's, spread over its samples by their weights."""
    shape, ratio = (batch_size, channels, height, width), (samples_down, samples_across)
    with shared(grad_output) as grads, shared(boxes) as table:
        gradient = roipool.roi_align_backward(grads, table, shape, spatial_scale, ratio, aligned)
        return as_tensor(gradient, grad_output.dtype)


@align_operator.register_fake
def _fake_align(input: Tensor, boxes: Tensor, height: int, width: int, *_: Any) -> Tensor:
    return input.new_empty((boxes.shape[0], input.shape[1], height, width))


@spread_operator.register_fake
def _fake_spread(grad_output: Tensor, _: Tensor, *arguments: Any) -> Tensor:
    return grad_output.new_empty(arguments[:4])


def _keep_for_spread(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
    maps, boxes, *ctx.size_and_rule = inputs
    ctx.shape_and_rule = (*maps.shape, *ctx.size_and_rule[2:])
    ctx.save_for_backward(boxes)
    ctx.save_for_forward(boxes)


def _align_backward(ctx: Any, grad_output: Tensor) -> tuple[Tensor | None, ...]:
    return _spread(grad_output, *ctx.saved_tensors, *ctx.shape_and_rule), *[None] * 7


def _keep_for_align(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
    grad_output, boxes, *ctx.shape_and_rule = inputs
    ctx.size_and_rule = (*grad_output.shape[2:], *ctx.shape_and_rule[4:])
    ctx.save_for_backward(boxes)
    ctx.save_for_forward(boxes)


def _spread_backward(ctx: Any, grad_input: Tensor) -> tuple[Tensor | None, ...]:
    return align(grad_input, *ctx.saved_tensors, *ctx.size_and_rule), *[None] * 9


align_operator.register_autograd(_align_backward, setup_context=_keep_for_spread)
spread_operator.register_autograd(_spread_backward, setup_context=_keep_for_align)


class _Align(torch.autograd.Function):
    generate_vmap_rule = True
    forward = staticmethod(align_operator)
    setup_context = staticmethod(_keep_for_spread)
    backward = staticmethod(_align_backward)

    @staticmethod
    def jvp(ctx: Any, tangent: Tensor, *_: Any) -> Tensor:
        return align(tangent, *ctx.saved_tensors, *ctx.size_and_rule)


class _Spread(torch.autograd.Function):
    generate_vmap_rule = True
    forward = staticmethod(spread_operator)
    setup_context = staticmethod(_keep_for_align)
    backward = staticmethod(_spread_backward)

    @staticmethod
    def jvp(ctx: Any, tangent: Tensor, *_: Any) -> Tensor:
        return _spread(tangent, *ctx.saved_tensors, *ctx.shape_and_rule)


@align_operator.register_vmap
def _vmap_align(info: Any, dims: Any, *arguments: Any) -> Any:
    return unfold(align_operator(*fold_arguments(info, dims, arguments)), info.batch_size)


@spread_operator.register_vmap
def _vmap_spread(
    info: Any, dims: Any, grad_output: Tensor, boxes: Tensor, batch_size: int, *others: Any
) -> Any:
    gradient = spread_operator(
        fold(grad_output, dims[0], info.batch_size),
        fold_boxes(boxes, dims[1], info.batch_size, batch_size),
        info.batch_size * batch_size,
        *others,
    )
    return unfold(gradient, info.batch_size)
