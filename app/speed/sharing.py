"""One feature map for all proposals, against the ConvNet once for each of them.

    python -m app.speed.sharing --counts 1 10 100 1000

    R-CNN       each proposal is cut from the picture, scaled to the network's input and sent
                through the backbone; its own map is pooled, and the head scores it
    Fast R-CNN  the backbone sees the picture once; RoI pooling cuts each proposal from the map,
                and the head scores it

Both sides have the same picture, proposals and weights, and take turns.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

import roipool
from app.fast_rcnn import network
from app.fast_rcnn.boxes import Boxes
from app.fast_rcnn.detect import as_input
from app.fast_rcnn.layers import namespace, roi_pooled
from app.fast_rcnn.network import SECTIONS, SPATIAL_SCALE, Weights
from app.fast_rcnn.pictures import SIDE
from app.fast_rcnn.proposals import selective_search
from app.speed.counts import COUNTS
from app.speed.reporting import Hear, Progress, Report, about, spread_as_json, tell, tell_part
from roipool.arrays import Array, load_cupy, to_host
from roipool.bench.measure import Spread, take_turns, wall_clock

PICTURE = Path(__file__).parents[2] / "assets/images/photos/astronaut.jpg"
BATCH = 16  # crops at a time; of 128 x 128 they have as many pixels as the picture
_LONG = 200  # from so many proposals on calls last seconds: fewer rounds do, and no warm-up
_ROUNDS, _ROUNDS_OF_LONG = 5, 3
EACH, SHARED = "each", "shared"
REST = "rest"


@dataclass(frozen=True, slots=True)
class Task:
    """What both sides are given.

    Attributes
    ----------
    weights : of the network, where it computes
    pixels : (H, W, 3) uint8
    proposals : (N, 4), in the picture's pixels
    """

    weights: Weights
    pixels: NDArray[np.uint8]
    proposals: Boxes

    def first(self, count: int) -> "Task":
        """The same with the first so many proposals."""
        return Task(self.weights, self.pixels, self.proposals[:count])


@dataclass(slots=True)
class Stopwatch:
    """Seconds that each step took; a step ends where it is named."""

    seconds: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=perf_counter)

    def took(self, step: str, result: Array | None = None) -> None:
        """A step has ended, and with it all that the GPU was told to do for its result."""
        if result is not None and (xp := namespace(result)) is not np:
            xp.cuda.get_current_stream().synchronize()
        now = perf_counter()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._last
        self._last = now


def photograph(count: int) -> Task:
    """A photograph with so many proposals by selective search, in a random order.

    Any number of the first are then like all of them: some large, some small. Computed by the GPU
    where there is one.
    """
    pixels = np.asarray(Image.open(PICTURE).convert("RGB"))
    found = selective_search(pixels, most=max(COUNTS))
    if count > len(found):
        raise ValueError(f"{count} proposals, and selective search finds {len(found)}")
    order = np.random.default_rng(0).permutation(len(found))[:count]
    xp = load_cupy() if roipool.backend_status().backend == "cupy" else np
    return Task(network.copied(network.load(), xp), pixels, found[order])


def shared(task: Task, watch: Stopwatch) -> NDArray[np.float32]:
    """Class scores (N, 1 + classes) from one feature map of the whole picture."""
    maps, _ = network.backbone(task.weights, as_input(task.pixels, task.weights))
    watch.took("backbone", maps)
    boxes = np.insert(task.proposals, 0, 0, axis=1)
    pooled = roi_pooled(maps, boxes, SECTIONS, SPATIAL_SCALE)
    watch.took("pooling", pooled)
    scores = to_host(network.head(task.weights, pooled)[0])
    watch.took("head")
    return scores


def each(
    task: Task, watch: Stopwatch, side: int = SIDE, progress: Progress | None = None
) -> NDArray[np.float32]:
    """Class scores (N, 1 + classes) from a feature map of each proposal's own, `side` pixels wide.

    The map of a crop is pooled as a whole to what the head takes.
    """
    scores = []
    for start in range(0, len(task.proposals), BATCH):
        crops = [
            as_input(crop, task.weights)
            for crop in cropped(task.pixels, task.proposals[start : start + BATCH], side)
        ]
        planes = namespace(crops[0]).concatenate(crops)
        watch.took("cropping", planes)
        maps, _ = network.backbone(task.weights, planes)
        watch.took("backbone", maps)
        whole = np.array([[n, 0, 0, side - 1, side - 1] for n in range(len(crops))], np.float32)
        pooled = roi_pooled(maps, whole, SECTIONS, SPATIAL_SCALE)
        watch.took("pooling", pooled)
        scores.append(to_host(network.head(task.weights, pooled)[0]))
        watch.took("head")
        if progress:
            progress.add(len(crops))
    return np.concatenate(scores)


def cropped(pixels: NDArray[np.uint8], proposals: Boxes, side: int) -> Iterator[NDArray[np.uint8]]:
    """Each proposal's part of a picture, scaled to `side` x `side` whatever its shape."""
    for x1, y1, x2, y2 in proposals.astype(int).tolist():
        part = pixels[y1 : y2 + 1, x1 : x2 + 1]
        yield cv2.resize(part, (side, side), interpolation=cv2.INTER_LINEAR).astype(np.uint8)


def measure(
    task: Task, counts: Sequence[int], rounds: int | None = None, hear: Hear = tell_part
) -> Iterator[Report]:
    """Time both sides with each number of proposals, one after the other; a report for each.

    Parameters
    ----------
    task : with at least as many proposals as the most of `counts`
    counts : ascending
    rounds : how often each side has its turn; unless given, fewer where calls are long
    hear : hears how far it is
    """
    plans = [(count, *_plan(count, rounds)) for count in counts]
    whole = sum((turns + warm) * (count + BATCH) for count, turns, warm in plans)
    progress = Progress(whole, hear)
    for count, turns, warm in plans:
        part = task.first(count)
        # By side the seconds of each step, a round each.
        steps: dict[str, list[dict[str, float]]] = {SHARED: [], EACH: []}

        def run_shared(part: Task = part, taken: list[dict[str, float]] = steps[SHARED]) -> None:
            watch = Stopwatch()
            shared(part, watch)
            taken.append(watch.seconds)
            progress.add(BATCH)

        def run_each(part: Task = part, taken: list[dict[str, float]] = steps[EACH]) -> None:
            watch = Stopwatch()
            each(part, watch, progress=progress)
            taken.append(watch.seconds)

        runs = {SHARED: wall_clock(run_shared), EACH: wall_clock(run_each)}
        once = {side: partial(run, 1) for side, run in runs.items()}
        times = take_turns(once, turns, lambda side, turn: None, warm_up=bool(warm))
        yield {
            "kind": "sharing",
            "proposals": count,
            **{side: spread_as_json(time) for side, time in times.items()},
            "steps": {side: middle(taken[warm:], times[side]) for side, taken in steps.items()},
        }


def _plan(count: int, rounds: int | None) -> tuple[int, int]:
    """How many rounds are counted, and how many are not."""
    long = count >= _LONG
    return rounds or (_ROUNDS_OF_LONG if long else _ROUNDS), 0 if long else 1


def middle(rounds: list[dict[str, float]], time: Spread) -> dict[str, float]:
    """The steps of the round whose time is the median, and the `REST` of that time.

    Of one and the same round they add up to its time, which medians of each step do not. The rest
    is no step's: what the last one leaves is given back to the system, say.
    """
    nearest = min(range(len(rounds)), key=lambda n: abs(time.samples[n] - time.median))
    steps = rounds[nearest]
    return {**steps, REST: max(0.0, time.samples[nearest] - sum(steps.values()))}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m app.speed.sharing", description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS, help="of proposals")
    parser.add_argument("--rounds", type=int, help="turns of each side")
    options = parser.parse_args(arguments)
    counts = sorted(options.counts)
    if not 1 <= counts[0] <= counts[-1] <= max(COUNTS):
        parser.error(f"--counts are from 1 to {max(COUNTS)}, and {counts} are asked for")
    task = photograph(max(counts))
    height, width, _ = task.pixels.shape
    tell(about() | {"picture": [height, width], "crop": SIDE, "batch": BATCH, "counts": counts})
    for report in measure(task, counts, options.rounds):
        tell(report)


if __name__ == "__main__":
    main()
