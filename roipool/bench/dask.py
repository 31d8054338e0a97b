"""``python -m roipool.bench.dask``: what blocks cost, and what a second worker brings.

Ways to the same results take turns in one run: a plain loop over the blocks, roipool.dask in the
same thread, and roipool.dask on one and on two worker processes, as distributed starts them and
with `KEPT`. Blocks are made where they are pooled and results are summed there, so that no
bandwidth is measured.
"""

import argparse
import math
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

import roipool
from roipool.bench.machine import describe_machine
from roipool.bench.measure import Spread, take_turns, wall_clock

SHAPE = (256, 38, 50)
"""Channels, rows and columns of an image: those of a detector on a picture of 600x800."""
BOXES_AN_IMAGE, BINS, SCALE = 64, 7, 1 / 16
KEPT = {f"MALLOC_{name}_THRESHOLD_": str(1 << 30) for name in ("TRIM", "MMAP")}
"""What has a worker keep memory for the next block. distributed's own MALLOC_TRIM_THRESHOLD_ also
stops glibc from raising the size from which an array is mapped afresh, page by page, each time."""

_ENVIRONMENT = "distributed.nanny.pre-spawn-environ"


def main(arguments: list[str] | None = None) -> int:
    """Run the bench. Exit code 0, or 2 where Dask is missing."""
    parser = argparse.ArgumentParser(prog="python -m roipool.bench.dask", description=__doc__)
    parser.add_argument("--blocks", type=int, default=64, help="of the batch (default 64)")
    parser.add_argument("--images", type=int, default=16, help="of a block (default 16)")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each (default 3)")
    given = parser.parse_args(arguments)
    try:
        import distributed
    except ImportError as error:
        print(f"Dask is missing ({error}): pip install roipool[dask]", file=sys.stderr)
        return 2
    boxes = make_boxes(given.blocks * given.images)
    with ExitStack() as stack:
        clients = {
            f"roipool.dask, {workers}{how}": stack.enter_context(client_of(workers, environment))
            for how, environment in ((", as it is", {}), (", memory kept", KEPT))
            for workers in ("1 worker", "2 workers")
        }
        lazy = lazy_sum(given.blocks, given.images, boxes)
        small = lazy_sum(2, 1, make_boxes(2))
        before = [max(_warm(client, small).values()) for client in clients.values()]
        calls: dict[str, Callable[[], Any]] = {
            "a loop over the blocks": partial(loop_sum, given.blocks, given.images, boxes),
            "roipool.dask, same thread": partial(lazy.compute, scheduler="synchronous"),
            **{name: partial(_computed, client, lazy) for name, client in clients.items()},
        }
        runs = {name: partial(wall_clock(call), 1) for name, call in calls.items()}
        spreads = take_turns(runs, given.rounds, lambda name, turn: None, warm_up=False)
        after = [max(client.run(_peak_memory).values()) for client in clients.values()]
    print(table(spreads, given.blocks))
    result = len(boxes) // given.blocks * SHAPE[0] * BINS**2 * 4
    one = block_bytes(given.images) + result
    print(
        f"\nA block and its results are {one / 1e6:.0f} MB. The memory of a worker grew at most by"
    )
    for name, first, last in zip(clients, before, after, strict=True):
        print(f"- {(last - first) / 1e6:.0f} MB, {(last - first) / one:.2f} times that: {name}")
    print(f"Machine: {describe_machine()}, dask {distributed.__version__}")
    return 0


@contextmanager
def client_of(workers: str, environment: dict[str, str]) -> Iterator[Any]:
    """A client of "2 workers", processes with one thread each and more in their environment."""
    import dask
    import distributed

    told = dask.config.get(_ENVIRONMENT) | environment
    with (
        dask.config.set({_ENVIRONMENT: told}),
        distributed.LocalCluster(
            n_workers=int(workers.partition(" ")[0]),
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        yield client


def make_boxes(images: int) -> NDArray[np.float64]:
    """Boxes (N, 5) of image pixels, so many an image and image by image."""
    rng = np.random.default_rng(0)
    count = images * BOXES_AN_IMAGE
    corners = np.sort(rng.uniform(0, 600, (count, 2, 2)), axis=1).reshape(-1, 4)
    return np.concatenate([np.arange(count)[:, None] // BOXES_AN_IMAGE, corners], axis=1)


def make_block(block: int, images: int) -> NDArray[np.float32]:
    """The maps of a block, which stand for what would be read."""
    return np.random.default_rng(block).random((images, *SHAPE), dtype=np.float32)


def block_bytes(images: int) -> int:
    """What the maps of so many images take.

    Examples
    --------
    >>> block_bytes(16)
    31129600
    """
    return images * math.prod(SHAPE) * 4


def loop_sum(blocks: int, images: int, boxes: NDArray[np.float64]) -> float:
    """The sum of all results, block by block without Dask."""
    total = 0.0
    for block in range(blocks):
        some = boxes[boxes[:, 0] // images == block]
        some[:, 0] -= block * images
        total += float(roipool.roi_pool(make_block(block, images), some, BINS, SCALE).sum())
    return total


def lazy_sum(blocks: int, images: int, boxes: NDArray[np.float64]) -> Any:
    """The same as a Dask array without axes."""
    import dask.array as da

    from roipool.dask import roi_pool

    def made(block_info: Any = None) -> NDArray[np.float32]:
        return make_block(block_info[None]["chunk-location"][0], images)

    chunks = ((images,) * blocks, *((size,) for size in SHAPE))
    meta = np.empty((0,) * 4, dtype=np.float32)
    maps = da.map_blocks(made, chunks=chunks, dtype=np.float32, meta=meta)
    return roi_pool(maps, boxes, BINS, SCALE).sum()


def table(spreads: dict[str, Spread], blocks: int) -> str:
    """Seconds of each, what a block costs more than in the loop, and the ratio to the loop.

    Examples
    --------
    >>> one, other = Spread(2.0, 2.0, 2.0, ()), Spread(2.2, 2.2, 2.2, ())
    >>> print(table({"loop": one, "dask": other}, 10))
    | who | seconds | ms more a block | loop's time / its own |
    |---|---|---|---|
    | loop | 2.00 (2.00 to 2.00) | 0.0 | 1.00 |
    | dask | 2.20 (2.20 to 2.20) | 20.0 | 0.91 |
    """
    loop = next(iter(spreads.values())).median
    lines = ["| who | seconds | ms more a block | loop's time / its own |", "|---|---|---|---|"]
    for who, taken in spreads.items():
        more, ratio = 1000 * (taken.median - loop) / blocks, loop / taken.median
        seconds = f"{taken.median:.2f} ({taken.low:.2f} to {taken.high:.2f})"
        lines.append(f"| {who} | {seconds} | {more:.1f} | {ratio:.2f} |")
    return "\n".join(lines)


def _computed(client: Any, lazy: Any) -> float:
    future = client.compute(lazy)
    result: float = future.result()
    future.release()  # or the next turn would find it done
    return result


def _warm(client: Any, lazy: Any) -> dict[str, int]:
    """Bytes of each worker once it has imported what it needs."""
    client.wait_for_workers(len(client.scheduler_info()["workers"]))
    _computed(client, lazy)
    found: dict[str, int] = client.run(_peak_memory)
    return found


def _peak_memory() -> int:
    """The most bytes that this process has held so far."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    sys.exit(main())
