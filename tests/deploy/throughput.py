"""Answers a second of one process and of several: ``python -m tests.deploy.throughput``.

The same readers, who make no pause, take turns on one process of the app and on several, behind
nginx each time; every answer is checked. Readers, nginx and processes share the machine, so what
the readers and nginx themselves take of its cores is told beside it.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from roipool.bench.machine import describe_machine
from tests.load.crowd import Crowd, Noted
from tests.load.report import ANSWERS, percentile

from .proxy import NGINX, Proxy
from .supervised import Processes


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn of the readers has shown.

    Attributes
    ----------
    answers : a second, over the turn
    late : ms, the 95th percentile of their waits
    busy : cores that the processes kept busy, and those that readers and nginx did
    failed : what was wrong or left without an answer
    """

    answers: float
    late: float
    busy: tuple[float, float]
    failed: list[str]


class Served:
    """Processes of the app behind nginx, as a crowd of readers looks at a server."""

    def __init__(self, folder: Path, count: int, stack: ExitStack) -> None:
        for name in ("processes", "proxy"):
            (folder / name).mkdir(parents=True)
        self.count = count
        self._processes = stack.enter_context(Processes(folder / "processes", count))
        proxy = Proxy(folder / "proxy", self._processes.addresses)
        self._proxy = stack.enter_context(proxy)
        self.url = proxy.url

    def memory(self) -> float:
        return sum(self._processes.memory(n) for n in range(self.count))

    def processor(self) -> float:
        return self._processes.processor()

    def turn(self, crowd: Crowd) -> Turn:
        """Have the readers read once."""
        readers = time.process_time() + self._proxy.processor()
        noted: Noted = asyncio.run(crowd.read(self))
        readers = time.process_time() + self._proxy.processor() - readers
        # Without the openings, which are another kind of work.
        waits = [one.seconds for kind in ANSWERS for one in noted.answers.get(kind, ())]
        return Turn(
            len(waits) / noted.seconds,
            1000 * percentile(waits, 95),
            (noted.processor / noted.seconds, readers / noted.seconds),
            noted.wrong + noted.dropped,
        )


def main() -> int:
    asked = arguments()
    if NGINX is None:
        print("nginx is not installed", file=sys.stderr)
        return 2
    crowd = Crowd(
        asked.readers,
        asked.seconds,
        asked.pause,
        1.0,
        things=("box", "rows", "cell"),
        every=asked.seconds,  # to look through all processes takes what the readers would
    )
    turns: dict[int, list[Turn]] = {1: [], asked.processes: []}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        served = [Served(folder / str(count), count, stack) for count in turns]
        for _ in range(asked.rounds + 1):
            for one in served:
                turns[one.count].append(one.turn(crowd))
    # The first turn of each has found nothing made.
    later = {count: some[1:] for count, some in turns.items()}
    print("\n".join(table(later)))
    print(f"Machine: {describe_machine()}")
    return any(turn.failed for some in turns.values() for turn in some)


def table(turns: dict[int, list[Turn]]) -> list[str]:
    """Medians of the turns, and each as a ratio to those of one process."""
    lines = [
        "| processes | answers a second | times one's | 95 % | cores | readers' and nginx' |",
        "|---|---|---|---|---|---|",
    ]
    one = median(turn.answers for turn in turns[1])
    for count, some in turns.items():
        rates = sorted(turn.answers for turn in some)
        middle = median(rates)
        late = median(turn.late for turn in some)
        app, others = (median(turn.busy[n] for turn in some) for n in range(2))
        lines.append(
            f"| {count} | {middle:.1f} ({rates[0]:.1f} to {rates[-1]:.1f}) | {middle / one:.2f} "
            f"| {late:.0f} ms | {app:.2f} | {others:.2f} |"
        )
    failed = [what for some in turns.values() for turn in some for what in turn.failed]
    return [*lines, f"failed: {len(failed)}", *sorted(set(failed))[:5]]


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser("python -m tests.deploy.throughput", description=__doc__)
    add = parser.add_argument
    add("--processes", type=int, default=2, help="beside one (%(default)s)")
    add("--readers", type=int, default=24, help="how many (%(default)s)")
    add("--seconds", type=float, default=20, help="of a turn (%(default)s)")
    add("--pause", type=float, default=0.001, help="mean s between two things (%(default)s)")
    add("--rounds", type=int, default=3, help="turns of each that count (%(default)s)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
