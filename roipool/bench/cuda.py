"""Peers on an NVIDIA GPU: roipool's kernels and torchvision's, on one stream, timed by its events.

Inputs are copied as often as it takes to outgrow the card's L2 cache and used one after another, so
that no call finds its maps there. Plain rows are calls made back to back, with allocation and
whatever the host does; rows "kernels" are the replay of a graph of them, without the host.

No card has run this yet: tests run it on a stand-in made of NumPy.
"""

import functools
import itertools
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.bench import on_card
from roipool.bench.cases import Inputs
from roipool.bench.cpu import import_all
from roipool.bench.peers import (
    CALL,
    GRAPH,
    Peer,
    Work,
    library_calls,
    named,
    torchvision_calls,
)

DEVICE = "GPU"
# Copies of the inputs: so many times the L2 cache, and no more of them than this.
_BEYOND_L2, _COPIES = 3, 64

Capture = Callable[[Callable[[], Any], int], Callable[[], Any]]
"""From a call and how often to record it, to the graph's replay, which returns the last result."""


def find_cupy() -> Peer:
    """The library's kernels."""
    here = on_card.card()
    cp = here.cupy

    def prepare(inputs: Inputs) -> Sequence[Work]:
        with here.stream:
            arrays = _DeviceInputs.of(inputs)
        calls = [
            library_calls(inputs, maps, arrays.boxes, grad_output, argmax, "cupy")
            for maps, grad_output, argmax in arrays.rotated()
        ]
        return _works("cupy", calls, on_card.capture, cp.asnumpy)

    note = "roipool's kernels; backward is the deterministic one"
    return Peer("cupy", cp.__version__, note, prepare, DEVICE)


def find_torchvision_cuda() -> Peer:
    """The operators of torchvision on the GPU."""
    torch, torchvision = import_all("torch", "torchvision")
    here = on_card.card()
    if not torch.cuda.is_available():
        raise RuntimeError(f"torch {torch.__version__} finds no GPU")
    stream = torch.cuda.ExternalStream(here.stream.ptr)

    def prepare(inputs: Inputs) -> Sequence[Work]:
        with here.stream:
            arrays = _DeviceInputs.of(inputs)
            boxes = torch.from_dlpack(arrays.boxes)
            copies = [[*map(torch.from_dlpack, copy)] for copy in arrays.rotated()]
        calls = [
            torchvision_calls(torch, inputs, maps, boxes, grad_output, argmax)
            for maps, grad_output, argmax in copies
        ]

        def capture(call: Callable[[], Any], times: int) -> Callable[[], Any]:
            call()  # loads the kernels, which cannot be done while a graph is recorded
            graph = torch.cuda.CUDAGraph()
            results: list[Any] = []
            with torch.cuda.graph(graph, stream=stream):
                for _ in range(times):
                    results[:] = [call()]

            def replay() -> Any:
                graph.replay()
                return results[0]

            return replay

        return _works(
            "torchvision-cuda",
            calls,
            capture,
            lambda tensor: np.asarray(tensor.cpu()),
            lambda: torch.cuda.stream(stream),
        )

    note = "CUDA, always argmax; fills outputs and argmax with zeros first, which is in its times"
    return Peer("torchvision-cuda", torchvision.__version__, note, prepare, DEVICE)


@dataclass(frozen=True, slots=True)
class _DeviceInputs:
    """A case's arrays on the card, in as many copies as outgrow its L2 cache."""

    maps: list[Any]
    grad_output: list[Any]
    argmax: list[Any]
    boxes: Any

    @classmethod
    def of(cls, inputs: Inputs) -> "_DeviceInputs":
        cp = on_card.card().cupy
        cache = cp.cuda.runtime.getDeviceProperties(cp.cuda.Device().id)["l2CacheSize"]
        argmax = inputs.expected["argmax"]

        def copies(array: NDArray[Any], read: int) -> list[Any]:
            return [cp.array(array) for _ in range(min(-(-_BEYOND_L2 * cache // read), _COPIES))]

        return cls(
            copies(inputs.maps, inputs.maps.nbytes),
            copies(inputs.grad_output, inputs.grad_output.nbytes + argmax.nbytes),
            copies(argmax, inputs.grad_output.nbytes + argmax.nbytes),
            cp.asarray(inputs.boxes),
        )

    def rotated(self) -> Iterator[tuple[Any, Any, Any]]:
        """(maps, grad_output, argmax), until all copies have been used."""
        for turn in range(max(len(self.maps), len(self.argmax))):
            arrays = (self.maps, self.grad_output, self.argmax)
            yield tuple(copies[turn % len(copies)] for copies in arrays)


def _works(
    peer: str,
    copies: Sequence[dict[str, Callable[[], Any]]],
    capture: Capture,
    to_numpy: Callable[[Any], NDArray[Any]],
    also: Callable[[], AbstractContextManager[Any]] | None = None,
) -> list[Work]:
    """Both ways of timing every operation; the graph only where the operation can be recorded."""

    @contextmanager
    def on_stream() -> Iterator[None]:
        with ExitStack() as stack:
            stack.enter_context(on_card.card().stream)
            if also is not None:
                stack.enter_context(also())
            yield

    works = []
    for operation in copies[0]:
        times = len(copies)
        turns = itertools.cycle([copy[operation] for copy in copies])

        def read(result: Any, operation: str = operation) -> Any:
            with on_stream():
                return named(operation, result, to_numpy)

        def once(call: Callable[[], Any]) -> Any:
            with on_stream():
                return call()

        call = functools.partial(_next, turns)
        timed = on_card.events(call, on_stream)
        works.append(Work(operation, functools.partial(once, call), read, CALL, timed))
        try:
            with on_stream():
                replay = capture(call, times)
        except RuntimeError as error:
            reason = str(error).partition("\n")[0]
            print(f"{peer} {operation} cannot be recorded in a graph: {reason}", file=sys.stderr)
            continue
        timed = on_card.events(replay, on_stream, times)
        works.append(Work(operation, functools.partial(once, replay), read, GRAPH, timed))
    return works


def _next(turns: Iterator[Callable[[], Any]]) -> Any:
    return next(turns)()
