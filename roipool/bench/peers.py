"""What a peer is, and the calls that are the same on a processor and on a card."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

import roipool
from roipool.bench.cases import CONVENTION, Inputs
from roipool.bench.measure import Run

Results = Mapping[str, NDArray[Any]]

OPERATIONS = {"values": "values", "argmax": "values + argmax", "backward": "gradient"}
"""The operations, and what each gives: forward, forward with argmax, backward."""

CALL = "call"
GRAPH = "graph"
"""How an operation is timed: by whole calls; on a card also by a graph's replay, kernels alone."""


@dataclass(frozen=True, slots=True)
class Work:
    """One operation of one peer on one input.

    Attributes
    ----------
    operation : str
        Of `OPERATIONS`.
    call : callable
        Returns whatever the peer returns.
    read : callable
        That result as NumPy arrays, by name: "values", "argmax", "gradient".
    how : {"call", "graph"}
    run : callable or None
        How calls are timed; None for the wall clock.
    """

    operation: str
    call: Callable[[], Any]
    read: Callable[[Any], Results]
    how: str = CALL
    run: Run | None = None


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody who takes part.

    Attributes
    ----------
    name : str
        As ``--only`` takes it and the table shows it.
    version : str
    note : str
        What a reader has to know to compare.
    prepare : callable
        From inputs to the operations that this peer has. What a user does once (building a model,
        compiling it, moving arrays to a card) is done here; what is timed is calls.
    device : {"processor", "GPU"}
        Those of one device take turns.
    """

    name: str
    version: str
    note: str
    prepare: Callable[[Inputs], Sequence[Work]]
    device: str = "processor"


def library_calls(
    inputs: Inputs, maps: Any, boxes: Any, grad_output: Any, argmax: Any, backend: str
) -> dict[str, Callable[[], Any]]:
    """The library's own operations, on arrays that live where `backend` computes."""
    size = inputs.case.output_size

    def values() -> Any:
        return roipool.roi_pool(maps, boxes, size, convention=CONVENTION, backend=backend)

    def with_argmax() -> Any:
        return roipool.roi_pool_with_argmax(
            maps, boxes, size, convention=CONVENTION, backend=backend
        )

    def backward() -> Any:
        return roipool.roi_pool_backward(
            grad_output, argmax, boxes, inputs.case.maps, backend=backend
        )

    return {"values": values, "argmax": with_argmax, "backward": backward}


def torchvision_calls(
    torch: Any, inputs: Inputs, maps: Any, boxes: Any, grad_output: Any, argmax: Any
) -> dict[str, Callable[[], Any]]:
    """The operators of torchvision, without autograd around them, wherever their tensors live."""
    registered, size = torch.ops.torchvision, inputs.case.output_size
    forward, backward = registered.roi_pool.default, registered._roi_pool_backward.default
    return {
        "argmax": lambda: forward(maps, boxes, 1.0, *size),
        "backward": lambda: backward(grad_output, boxes, argmax, 1.0, *size, *inputs.case.maps),
    }


def named(operation: str, result: Any, to_numpy: Callable[[Any], NDArray[Any]]) -> Results:
    """A result as NumPy arrays by name."""
    if operation == "argmax":
        return {"values": to_numpy(result[0]), "argmax": to_numpy(result[1])}
    return {"gradient" if operation == "backward" else operation: to_numpy(result)}


def gather(
    names: Iterable[str], finders: Mapping[str, Callable[[], Peer]]
) -> tuple[list[Peer], dict[str, str]]:
    """The peers that are there, and of the others why not, in one line each."""
    found, missing = [], {}
    for name in names:
        try:
            found.append(finders[name]())
        # A package that is broken fails in ways of its own: torchvision beside another torch raises
        # RuntimeError or AttributeError, a library that lacks a symbol OSError.
        except (ImportError, RuntimeError, OSError, AttributeError) as error:
            lines = str(error).strip().splitlines()
            missing[name] = lines[0] if lines else type(error).__name__
    return found, missing
