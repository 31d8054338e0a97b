"""The layers of the network. Each returns its output and its pullback.

A pullback takes the gradient of the loss at the output back to the layer's arguments: it returns
one gradient for each, in their order. NumPy arrays in, NumPy arrays out; CuPy's stay on the GPU.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from roipool import roi_pool, roi_pool_backward, roi_pool_with_argmax
from roipool.arrays import Array, is_on_gpu, load_cupy

Pullback = Callable[[Array], tuple[Array, ...]]

KERNEL = 3  # cells along a side of a convolution's kernel

CONVENTION = "fast_rcnn"


def namespace(array: Array) -> Any:
    """The module that computes with an array: numpy, or cupy for what lives on a GPU."""
    return load_cupy() if is_on_gpu(array) else np


def convolution(input: Array, weight: Array, bias: Array) -> tuple[Array, Pullback]:
    """Slide 3x3 kernels over maps with a border of zeros; the maps keep their size.

    Parameters
    ----------
    input : (B, C, H, W)
    weight : (K, C, 3, 3)
    bias : (K,)

    Returns
    -------
    output : (B, K, H, W)
    pullback : (B, K, H, W) -> gradients of input, weight and bias

    Examples
    --------
    >>> output, pullback = convolution(np.ones((1, 1, 3, 3)), np.ones((1, 1, 3, 3)), np.zeros(1))
    >>> output[0, 0]  # how many cells of the map each kernel covers
    array([[4., 6., 4.],
           [6., 9., 6.],
           [4., 6., 4.]])
    """
    xp = namespace(input)
    batch, channels, height, width = input.shape
    kernels = weight.reshape(len(weight), -1)
    # One column for each cell of the output: the 3x3 neighbours of all channels, one below the
    # other. The convolution is then a product of matrices.
    bordered = xp.pad(input, ((0, 0), (0, 0), (1, 1), (1, 1)))
    shifts = [(y, x) for y in range(KERNEL) for x in range(KERNEL)]
    views = [bordered[:, :, y : y + height, x : x + width] for y, x in shifts]
    columns = xp.stack(views, axis=2).reshape(batch, -1, height * width)
    output = kernels @ columns
    output += bias[:, None]  # in place: fresh memory costs more than the sum

    def pullback(grad: Array) -> tuple[Array, ...]:
        grad = grad.reshape(batch, -1, height * width)
        grad_weight = (grad @ columns.transpose(0, 2, 1)).sum(axis=0).reshape(weight.shape)
        grad_columns = (kernels.T @ grad).reshape(batch, channels, -1, height, width)
        grad_bordered = xp.zeros_like(bordered)
        for n, (y, x) in enumerate(shifts):
            grad_bordered[:, :, y : y + height, x : x + width] += grad_columns[:, :, n]
        return grad_bordered[:, :, 1:-1, 1:-1], grad_weight, grad.sum(axis=(0, 2))

    return output.reshape(batch, -1, height, width), pullback


def relu(input: Array) -> tuple[Array, Pullback]:
    """Keep what is positive, and make the rest zero.

    Examples
    --------
    >>> output, pullback = relu(np.array([-1.0, 2.0]))
    >>> output, *pullback(np.array([5.0, 5.0]))
    (array([0., 2.]), array([0., 5.]))
    """
    xp = namespace(input)
    return xp.maximum(input, 0), lambda grad: (grad * (input > 0),)


def max_pooling(input: Array) -> tuple[Array, Pullback]:
    """Keep the largest of each 2x2 cells; the gradient goes to the first of the largest.

    Parameters
    ----------
    input : (B, C, H, W), H and W even

    Returns
    -------
    output : (B, C, H/2, W/2)
    pullback : (B, C, H/2, W/2) -> gradient of input

    Examples
    --------
    >>> output, pullback = max_pooling(np.arange(4.0).reshape(1, 1, 2, 2))
    >>> output.item(), pullback(np.array([[[[7.0]]]]))[0].ravel()
    (3.0, array([0., 0., 0., 7.]))
    """
    xp = namespace(input)
    corners = [(..., slice(y, None, 2), slice(x, None, 2)) for y in range(2) for x in range(2)]
    output = input[corners[0]]
    for corner in corners[1:]:
        output = xp.maximum(output, input[corner])

    def pullback(grad: Array) -> tuple[Array, ...]:
        grad_input, waiting = xp.zeros_like(input), xp.ones(output.shape, bool)
        for corner in corners:
            largest = waiting & (input[corner] == output)
            grad_input[corner] = grad * largest
            waiting &= ~largest
        return (grad_input,)

    return output, pullback


def roi_pooled(input: Array, boxes: Array, output_size: int, spatial_scale: float) -> Array:
    """As `roi_pooling`, where no gradient will be asked for: where the maxima lie is not kept."""
    return roi_pool(input, boxes, output_size, spatial_scale, convention=CONVENTION)


def roi_pooling(
    input: Array, boxes: Array, output_size: int, spatial_scale: float
) -> tuple[Array, Pullback]:
    """RoI pooling by `roipool`, the layer that this network is here to show.

    Parameters
    ----------
    input : (B, C, H, W)
    boxes : (N, 5), ``[batch_index, x1, y1, x2, y2]`` in pixels of the pictures
    output_size : sections along each side
    spatial_scale : cells a pixel

    Returns
    -------
    output : (N, C, output_size, output_size), whatever the sizes of the boxes and of the map
    pullback : gradient of the output -> gradient of input. Boxes get none: their edges are
        rounded, and a small step of them changes nothing.

    Examples
    --------
    >>> maps = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> output, pullback = roi_pooling(maps, np.array([[0, 0, 0, 3, 3]]), 2, 1.0)
    >>> output.ravel()
    array([ 5.,  7., 13., 15.])
    >>> pullback(np.ones((1, 1, 2, 2)))[0][0, 0, 1]
    array([0., 1., 0., 1.])
    """
    output, argmax = roi_pool_with_argmax(
        input, boxes, output_size, spatial_scale, convention=CONVENTION
    )
    return output, lambda grad: (roi_pool_backward(grad, argmax, boxes, input.shape),)


def linear(input: Array, weight: Array, bias: Array) -> tuple[Array, Pullback]:
    """Weigh all inputs for each output.

    Parameters
    ----------
    input : (N, D)
    weight : (D, K)
    bias : (K,)

    Returns
    -------
    output : (N, K)
    pullback : (N, K) -> gradients of input, weight and bias

    Examples
    --------
    >>> output, pullback = linear(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.zeros(1))
    >>> output, pullback(np.array([[1.0]]))[0]
    (array([[11.]]), array([[3., 4.]]))
    """
    return input @ weight + bias, lambda grad: (grad @ weight.T, input.T @ grad, grad.sum(axis=0))
