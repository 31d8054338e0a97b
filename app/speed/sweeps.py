"""What RoI pooling costs, against one size at a time.

python -m app.speed.sweeps
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import NDArray

import roipool
from app.speed.reporting import Hear, Progress, Report, about, spread_as_json, tell, tell_part
from roipool.arrays import load_cupy
from roipool.bench.cases import CONVENTION
from roipool.bench.measure import Sampler, sampler, take_turns, wall_clock

MAP_SIDE = 64
ROUNDS = 5
_LEAST = 0.02  # s that a sample lasts at least


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the cost may depend on; each axis of a sweep is one of the fields.

    Attributes
    ----------
    rois : how many
    side : cells along each side of a RoI
    channels : of the map, which is 64 x 64
    sections : along each side of the output
    """

    rois: int = 300
    side: int = 16
    channels: int = 128
    sections: int = 7


BASE = Sizes()
SWEEPS = {
    "rois": (30, 100, 300, 1000, 3000),
    "side": (4, 8, 16, 32, 64),
    "channels": (16, 32, 64, 128, 256, 512),
    "sections": (2, 4, 7, 14, 28),
}


def inputs(sizes: Sizes) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Maps (1, C, 64, 64) of normal numbers, and boxes (N, 5) of one size, anywhere on them."""
    rng = np.random.default_rng(0)
    maps = rng.standard_normal((1, sizes.channels, MAP_SIDE, MAP_SIDE), dtype=np.float32)
    starts = rng.integers(0, MAP_SIDE - sizes.side, (sizes.rois, 2), endpoint=True)
    # The ends of this convention belong to the box.
    corners = [starts, starts + sizes.side - 1]
    return maps, np.insert(np.concatenate(corners, axis=1), 0, 0, axis=1).astype(np.float32)


def measure(
    sweeps: Mapping[str, Sequence[int]], rounds: int, hear: Hear = tell_part
) -> Iterator[Report]:
    """Time a forward pass at every size of each sweep, those of a sweep in turns."""
    turns = sum(map(len, sweeps.values())) * (rounds + 1)
    progress = Progress(turns, hear)
    for axis, values in sweeps.items():
        cases = {value: replace(BASE, **{axis: value}) for value in values}
        samplers = {value: _sampler(sizes) for value, sizes in cases.items()}
        times = take_turns(samplers, rounds, lambda value, turn: progress.add(1))
        for value, time in times.items():
            yield {
                "kind": "sweep",
                "axis": axis,
                "value": value,
                **asdict(cases[value]),
                "time": spread_as_json(time),
            }


def _sampler(sizes: Sizes) -> Sampler:
    maps, boxes = inputs(sizes)
    if roipool.backend_status().backend == "cupy":
        cp = load_cupy()
        on_gpu = cp.asarray(maps), cp.asarray(boxes)

        def call() -> None:
            roipool.roi_pool(*on_gpu, sizes.sections, convention=CONVENTION)
            cp.cuda.get_current_stream().synchronize()
    else:

        def call() -> None:
            roipool.roi_pool(maps, boxes, sizes.sections, convention=CONVENTION)

    return sampler(wall_clock(call), _LEAST)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m app.speed.sweeps", description=__doc__)
    parser.add_argument("--axes", nargs="+", choices=SWEEPS, default=list(SWEEPS))
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="turns of each size")
    options = parser.parse_args(arguments)
    tell(about() | {"map_side": MAP_SIDE, "base": asdict(BASE)})
    for report in measure({axis: SWEEPS[axis] for axis in options.axes}, options.rounds):
        tell(report)


if __name__ == "__main__":
    main()
