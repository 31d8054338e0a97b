"""Who looks on while a function is called: whether a graph is made, or a derivative."""

from typing import Any

import torch
from torch.autograd import forward_ad


def in_graph() -> bool:
    """Whether a compiler, an exporter or a tracer writes down the operators that are called."""
    return bool(torch.compiler.is_compiling() or torch.jit.is_tracing())


def is_transformed() -> bool:
    """Whether a transform of ``torch.func`` is at work, or forward mode.

    They nest, and not all of them show in a tensor; torch has no public way to ask.
    """
    return bool(torch._C._are_functorch_transforms_active() or forward_ad._current_level >= 0)


def is_followed(input: torch.Tensor) -> bool:
    """Whether the result may be differentiated by `input`, in any of torch's ways."""
    return is_transformed() or bool(input.requires_grad and torch.is_grad_enabled())


def applied(operator: Any, function: Any, *arguments: Any) -> Any:
    """The result of an operator in a graph, otherwise of the Function that does the same.

    See `pool_operator` for why there are both.
    """
    if not in_graph():
        return function.apply(*arguments)
    if is_transformed():
        return _outside(function, *arguments)
    return operator(*arguments)


@torch.compiler.disable(
    reason="torch.compile cannot follow torch.func, nor forward mode, through roipool.torch: "
    "compile without fullgraph=True, or compile the parts around it."
)
def _outside(function: Any, *arguments: Any) -> Any:
    return function.apply(*arguments)
