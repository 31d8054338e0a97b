"""Training from scratch: `python -m app.fast_rcnn.training` makes the weights that are shipped.

    python -m app.fast_rcnn.training --steps 3000 --seed 1 --out assets/detector/weights.npz

It says how far it is in lines of JSON, for whoever watches: first ``{"prepared": n, "of": N}`` for
each held-out picture that is ready to be measured on, then a `Report` each.
"""

import argparse
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.fast_rcnn import network
from app.fast_rcnn.boxes import Boxes
from app.fast_rcnn.detect import as_input, detect
from app.fast_rcnn.evaluation import mean_average_precision
from app.fast_rcnn.layers import namespace
from app.fast_rcnn.losses import detection_loss
from app.fast_rcnn.network import Weights
from app.fast_rcnn.pictures import SIDE, Picture, picture
from app.fast_rcnn.proposals import scattered, selective_search
from app.fast_rcnn.targets import sample
from roipool import backend_status
from roipool.arrays import load_cupy

PICTURES, BOXES = 2, 64  # a step: pictures, and boxes of each

_RATE = 2e-3
_WARM_UP = 30  # steps until the full rate
_SLOWER = ((0.6, 0.3), (0.85, 0.1))  # from this part of the training on, this part of the rate

# Pictures that no training sees: `picture(seed)` of these.
HELD_OUT = range(1_000_000, 1_000_200)
_FIRST, _PER_SEED = 2_000_000, 1_000_000


@dataclass(frozen=True, slots=True)
class Report:
    """How far a training is.

    Attributes
    ----------
    part : of the whole, 0 to 1
    step : steps until now
    seconds : of training, those for measuring left out
    loss : mean since the last report
    precision : mAP on held-out pictures, where it was measured
    """

    part: float
    step: int
    seconds: float
    loss: float | None
    precision: float | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """How long a training is, in steps or, on a machine that is not known, in seconds."""

    steps: int | None = None
    seconds: float | None = None

    def part(self, step: int, seconds: float) -> float:
        """How much of it is done after so much."""
        done = step / self.steps if self.steps else 0.0
        return min(1.0, max(done, seconds / self.seconds if self.seconds else 0.0))


class Adam:
    """Steps along the gradient's running mean, shorter where it varies (Kingma and Ba, 2015)."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.means = {name: array * 0 for name, array in weights.items()}
        self.squares = {name: array * 0 for name, array in weights.items()}
        self.count = 0

    def step(self, gradients: Weights, rate: float) -> None:
        """Change the weights in place; those without a gradient stay as they are."""
        self.count += 1
        keep, keep2 = 0.9, 0.999
        for name, gradient in gradients.items():
            mean, square = self.means[name], self.squares[name]
            mean += (1 - keep) * (gradient - mean)
            square += (1 - keep2) * (gradient**2 - square)
            spread = (square / (1 - keep2**self.count)) ** 0.5 + 1e-8
            self.weights[name] -= rate * mean / (1 - keep**self.count) / spread


def train(
    weights: Weights, length: Length, seed: int, *, blocked: bool = False, every: float = 0.02
) -> Iterator[Report]:
    """Change weights in place until they detect, and report after each such part of the whole.

    Where it is `blocked`, no gradient passes RoI pooling and only the head learns.
    """
    rng, optimizer = np.random.default_rng(seed), Adam(weights)
    seconds, step, told, losses = 0.0, 0, 0.0, []
    yield Report(0.0, 0, 0.0, None)
    while (part := length.part(step, seconds)) < 1:
        started = time.perf_counter()
        step += 1
        first = _FIRST + seed * _PER_SEED + step * PICTURES
        losses.append(
            _step(optimizer, [picture(first + n) for n in range(PICTURES)], rng, part, blocked)
        )
        seconds += time.perf_counter() - started
        part = length.part(step, seconds)
        if part >= told + every or part == 1:
            yield Report(part, step, seconds, float(np.mean(losses)))
            told, losses = part, []


def _step(
    optimizer: Adam, pictures: list[Picture], rng: np.random.Generator, part: float, blocked: bool
) -> float:
    weights = optimizer.weights
    xp = namespace(weights["conv1.weight"])
    targets = [sample(rng, scattered(rng, each.boxes, SIDE), each, BOXES) for each in pictures]
    boxes = np.concatenate(
        [np.insert(target.boxes, 0, n, axis=1) for n, target in enumerate(targets)]
    )
    labels = xp.asarray(np.concatenate([target.labels for target in targets]))
    moves = xp.asarray(np.concatenate([target.moves for target in targets]))
    planes = xp.concatenate([as_input(each.pixels, weights) for each in pictures])
    scores, refinements, pullback = network.forward(weights, planes, boxes, blocked=blocked)
    loss, at_scores, at_moves = detection_loss(scores, refinements, labels, moves)
    slower = [factor for start, factor in _SLOWER if part >= start]
    rate = _RATE * min(1.0, (optimizer.count + 1) / _WARM_UP) * (slower[-1] if slower else 1.0)
    optimizer.step(pullback(at_scores, at_moves), rate)
    return loss


def held_out(count: int) -> Iterator[tuple[Picture, Boxes]]:
    """The first so many held-out pictures, each with its proposals by selective search."""
    for each in map(picture, HELD_OUT[:count]):
        yield each, selective_search(each.pixels)


def precision(weights: Weights, pictures: Iterable[tuple[Picture, Boxes]]) -> float:
    """The mAP of a network on pictures and their proposals."""
    return mean_average_precision(
        (each, detect(weights, each.pixels, proposals)) for each, proposals in pictures
    )


def new_on_device(seed: int) -> Weights:
    """Random weights, on the GPU where there is one."""
    weights = network.new_weights(np.random.default_rng(seed))
    return network.copied(weights, load_cupy() if backend_status().backend == "cupy" else np)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m app.fast_rcnn.training", description=__doc__)
    parser.add_argument("--steps", type=int, help="how many steps of two pictures")
    parser.add_argument("--seconds", type=float, help="or for how long")
    parser.add_argument("--seed", type=int, default=1, help="of weights, pictures and boxes")
    parser.add_argument("--blocked", action="store_true", help="no gradient for the backbone")
    parser.add_argument("--pictures", type=int, default=200, help="to measure precision on")
    parser.add_argument("--times", type=int, default=10, help="how often it is measured")
    parser.add_argument("--out", type=Path, help="where the weights are kept")
    options = parser.parse_args(arguments)
    if not (options.steps or options.seconds):
        parser.error("give --steps or --seconds")
    length = Length(options.steps, options.seconds)
    pictures = []
    for pair in held_out(options.pictures):
        pictures.append(pair)
        _say({"prepared": len(pictures), "of": options.pictures})
    weights, measured = new_on_device(options.seed), 0
    for report in train(weights, length, options.seed, blocked=options.blocked):
        values: dict[str, Any] = asdict(report)
        if report.part >= measured / options.times:
            values["precision"] = precision(weights, pictures)
            measured += 1
        # Before it is said: whoever stops the training now has what has been learned, if anything.
        if options.out and report.step:
            network.save(weights, options.out)
        _say(values)


def _say(values: dict[str, Any]) -> None:
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    main()
