"""RoI max pooling of torch tensors, with a gradient.

The rest of the library neither needs nor imports torch: this module is for whoever has it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import roipool
from roipool.arrays import load_cupy
from roipool.conventions import Convention
from roipool.errors import RoIPoolError

try:
    import torch
except ImportError as error:
    raise ImportError(
        f"roipool.torch needs PyTorch ({error}). Get it with pip install torch, or for a GPU as "
        "https://pytorch.org/get-started says. roipool.roi_pool does without, on NumPy arrays."
    ) from error

__all__ = ["roi_pool"]


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
    input : (B, C, H, W) tensor, float32 or float64; on a GPU also float16
        On the CPU it is read where it lies, whatever its strides. On a GPU it is computed there, by
        CuPy, on torch's current stream.
    boxes : (N, 5) tensor, or a list of B tensors (L, 4)
        ``[batch_index, x1, y1, x2, y2]``, or ``[x1, y1, x2, y2]`` per image. Anything that
        `roipool.roi_pool` takes will do as well. They get no gradient: the cut into cells is a step
        function of them.
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
        row-major order. There is no second derivative.

    Raises
    ------
    RoIPoolError
        As `roipool.roi_pool`, and for an `input` that is no tensor, or on a device or of a dtype
        that no backend computes.

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
    pool = _pool
    if torch.compiler.is_compiling():
        # A compiler cannot look into NumPy: it calls this as it stands.
        pool = torch.compiler.disable(_pool)
    return pool(input, boxes, output_size, spatial_scale, convention, backend)


def _pool(
    input: torch.Tensor,
    boxes: Any,
    output_size: int | tuple[int, int],
    spatial_scale: float,
    convention: str | Convention,
    backend: str,
) -> torch.Tensor:
    _check(input)
    rows = _plain(boxes)
    options: dict[str, Any] = {"convention": convention, "backend": backend}
    if input.requires_grad and torch.is_grad_enabled():
        output: torch.Tensor = _RoIPool.apply(input, rows, output_size, spatial_scale, options)
        return output
    with _shared(input) as maps:
        return _as_tensor(roipool.roi_pool(maps, rows, output_size, spatial_scale, **options))


class _RoIPool(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        input: torch.Tensor,
        boxes: Any,
        output_size: Any,
        spatial_scale: float,
        options: dict[str, Any],
    ) -> torch.Tensor:
        with _shared(input) as maps:
            output, argmax = roipool.roi_pool_with_argmax(
                maps, boxes, output_size, spatial_scale, **options
            )
            ctx.save_for_backward(_as_tensor(argmax))
            ctx.boxes, ctx.input_shape = boxes, tuple(input.shape)
            ctx.backend = options["backend"]
            return _as_tensor(output)

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, grad_output: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        (argmax,) = ctx.saved_tensors
        with _shared(grad_output) as grads, _shared(argmax) as places:
            grad_input = roipool.roi_pool_backward(
                grads, places, ctx.boxes, ctx.input_shape, backend=ctx.backend
            )
            return _as_tensor(grad_input), None, None, None, None


def _check(input: Any) -> None:
    if not isinstance(input, torch.Tensor):
        raise RoIPoolError(
            f"input is a {type(input).__name__}; expected a torch tensor. roipool.roi_pool takes "
            "arrays."
        )
    if input.device.type not in ("cpu", "cuda"):
        raise RoIPoolError(
            f"input is on the device {input.device}; expected cpu or cuda. Move it with "
            "input.cpu()."
        )
    if input.layout is not torch.strided:
        raise RoIPoolError(
            f"input has layout {input.layout}; expected a dense tensor: input.to_dense()."
        )
    allowed = [torch.float32, torch.float64]
    if input.device.type == "cuda":
        allowed.append(torch.float16)
    if input.dtype not in allowed:
        names = " or ".join(map(str, allowed))
        raise RoIPoolError(
            f"input has dtype {input.dtype}; expected {names} on {input.device.type}. Convert it "
            "with input.float()."
        )


def _plain(boxes: Any) -> Any:
    """Boxes with which the graph has nothing to do; what isn't a tensor is the library's to judge.

    They are copied, since the backward pass reads them again, and whatever their dtype was: few
    libraries know bfloat16.
    """
    if isinstance(boxes, torch.Tensor):
        return boxes.detach().to(torch.float64, copy=True)
    if isinstance(boxes, (list, tuple)):
        return [_plain(item) for item in boxes]
    return boxes.copy() if hasattr(boxes, "copy") else boxes


@contextmanager
def _shared(tensor: torch.Tensor) -> Iterator[Any]:
    """The tensor's memory as an array of NumPy, or of CuPy on torch's device and current stream."""
    if tensor.device.type == "cpu":
        # The library takes it by DLPack, which does not know tensors that are to be differentiated
        # or negated lazily.
        yield tensor.detach().resolve_neg()
        return
    cupy = _cupy()
    stream = torch.cuda.current_stream(tensor.device).cuda_stream
    with cupy.cuda.Device(tensor.device.index), cupy.cuda.ExternalStream(stream):
        yield cupy.from_dlpack(tensor.detach().resolve_neg())


def _as_tensor(array: Any) -> torch.Tensor:
    return torch.from_dlpack(array)


def _cupy() -> Any:
    try:
        return load_cupy()
    except Exception as error:  # see `roipool.backends.device.load_cupy`
        raise RoIPoolError(
            f"input is on a GPU, where roipool computes with CuPy, and that cannot be imported "
            f"({error}). Get it with pip install -r requirements-gpu.txt, or move the input with "
            "input.cpu()."
        ) from error
