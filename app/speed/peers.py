"""RoI pooling here, in NumPy and on the GPU, beside whoever else is installed.

    python -m app.speed.peers

The same contest as `python -m roipool.bench`, told line by line.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.speed.reporting import Hear, Progress, Report, about, spread_as_json, tell, tell_part
from roipool.bench import cuda, machine, on_card
from roipool.bench.cases import CASES, Inputs, make_inputs
from roipool.bench.contest import FINDERS, time_case
from roipool.bench.peers import CALL, OPERATIONS, Peer, Work, gather

CASE = "1x512x38x50/300"
ROUNDS = 5


def measure(
    inputs: Inputs,
    peers: Sequence[Peer],
    copy_bandwidth: Mapping[str, float],
    rounds: int,
    hear: Hear = tell_part,
) -> Iterator[Report]:
    """Time everybody, operation by operation: a report for each peer that has it."""
    # Prepared once for all operations, which also says how many there are: not everybody has each.
    works = {peer.name: peer.prepare(inputs) for peer in peers}
    ready = [replace(peer, prepare=_prepared(works[peer.name])) for peer in peers]
    # Each is compared, then timed in all rounds and one before that does not count.
    progress = Progress(sum(map(len, works.values())) * (rounds + 2), hear)
    for operation in OPERATIONS:
        done = time_case(
            inputs,
            ready,
            copy_bandwidth,
            rounds,
            operations=[operation],
            tell=lambda _: progress.add(1),
        )
        for row in done.rows:
            if row.entry.how == CALL:
                yield {
                    "kind": "peer",
                    "peer": row.entry.peer,
                    "operation": operation,
                    "time": spread_as_json(row.time),
                    "differs": row.differs,
                }


def _prepared(works: Sequence[Work]) -> Callable[[Inputs], Sequence[Work]]:
    return lambda inputs: works


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m app.speed.peers", description=__doc__)
    parser.add_argument("--size", choices=CASES, default=CASE, help="of maps, and how many boxes")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="turns of each")
    options = parser.parse_args(arguments)
    found, missing = gather(FINDERS, FINDERS)
    inputs = make_inputs(CASES[options.size])
    bandwidth = {"processor": machine.copy_bandwidth()}
    if any(peer.device == cuda.DEVICE for peer in found):
        bandwidth[cuda.DEVICE] = on_card.copy_bandwidth()
    tell(
        about()
        | {
            "maps": inputs.case.maps,
            "boxes": inputs.case.boxes,
            "output_size": inputs.case.output_size,
            "versions": {peer.name: peer.version for peer in found},
            "missing": missing,
        }
    )
    for report in measure(inputs, found, bandwidth, options.rounds):
        tell(report)


if __name__ == "__main__":
    main()
