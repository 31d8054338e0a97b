"""An NVIDIA GPU that is timed on one stream, by the stream's own events and by graphs of calls."""

import functools
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

import roipool
from roipool.bench.cpu import import_all
from roipool.bench.measure import Run, sampler

_COPIED = 2**30


@dataclass(frozen=True, slots=True)
class Card:
    """The GPU, CuPy, and the stream on which everything is timed."""

    name: str
    cupy: Any
    stream: Any


@functools.cache
def card() -> Card:
    """The card, or a RuntimeError that says why there is none."""
    status = roipool.backend_status()
    if status.backend != "cupy":
        raise RuntimeError(status.reason)
    (cupy,) = import_all("cupy")
    return Card(status.device, cupy, cupy.cuda.Stream(non_blocking=True))


def copy_bandwidth() -> float:
    """Bytes per second that the card reads and writes while it copies a gigabyte."""
    cp, stream = card().cupy, card().stream
    free, _ = cp.cuda.runtime.memGetInfo()
    count = min(_COPIED, free // 4)
    source, target = (cp.zeros(count, dtype=np.uint8) for _ in range(2))
    cp.cuda.Device().synchronize()
    sample = sampler(
        events(lambda: target.data.copy_from_device_async(source.data, count, stream)), 0.02
    )
    return float(2 * count / median(sample() for _ in range(9)))


def capture(call: Callable[[], Any], times: int) -> Callable[[], Any]:
    """The replay of a graph of so many calls; it returns the last result."""
    cp, stream = card().cupy, card().stream
    # What a graph writes to must be nobody else's as long as it is replayed: it gets its own pool.
    pool = cp.cuda.MemoryPool()
    with cp.cuda.using_allocator(pool.malloc):
        # Compiles, and leaves the pool the blocks that the recording takes from it.
        results = [call() for _ in range(2)]
        stream.synchronize()
        stream.begin_capture()
        try:
            for _ in range(times):
                results[:] = [call()]
        except Exception:
            # The stream must not stay in capture, and what ended it is told, not that it ended.
            with suppress(RuntimeError):
                stream.end_capture()
            raise
        graph = stream.end_capture()

    def replay(pool: Any = pool) -> Any:  # which lives as long as this does
        graph.launch(stream)
        return results[0]

    return replay


def events(
    call: Callable[[], Any],
    on_stream: Callable[[], AbstractContextManager[Any]] | None = None,
    calls: int = 1,
) -> Run:
    """A `Run` by the stream's events; `calls` operations are made by each call."""
    cuda, stream = card().cupy.cuda, card().stream
    start, stop = cuda.Event(), cuda.Event()

    def run(repeats: int) -> float:
        with on_stream() if on_stream is not None else stream:
            start.record(stream)
            for _ in range(repeats):
                call()
            stop.record(stream)
        stop.synchronize()
        milliseconds: float = cuda.get_elapsed_time(start, stop)
        return milliseconds / 1e3 / calls

    return run
