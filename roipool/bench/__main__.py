"""The command line."""

import sys
from typing import Any

from roipool.bench.cases import CASES, make_inputs
from roipool.bench.measure import Sampler, take_turns, wall_clock
from roipool.bench.peers import FINDERS, gather


def main() -> int:
    """Run it."""
    sizes = sys.argv[1:] or ["1x512x38x50/300", "1x512x38x50/2000"]
    found, missing = gather(FINDERS, FINDERS)
    for name, why in missing.items():
        print(f"{name} takes no part: {why}")
    for size in sizes:
        inputs = make_inputs(CASES[size])
        samplers: dict[str, Sampler] = {}
        reference: dict[str, Any] = {}
        for peer in found:
            for operation, work in peer.prepare(inputs).items():
                result = dict(work.read(work.call()))
                for what, array in result.items():
                    wrong = (reference.setdefault(what, array.copy()) != array).sum()
                    if wrong:
                        print(f"{peer.name} {operation}: {wrong} of {array.size} {what} differ")
                samplers[f"{peer.name} {operation}"] = wall_clock(work.call, 0.005)
        print(size)
        timed = take_turns(
            samplers, 7, lambda name, turn: print(turn, name, end="   \r", file=sys.stderr)
        )
        for name, s in timed.items():
            print(f"{name:24} {s.median * 1e3:9.2f} ms [{s.low * 1e3:.2f} {s.high * 1e3:.2f}]")
    return 0


if __name__ == "__main__":
    sys.exit(main())
