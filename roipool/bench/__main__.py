"""The command line of the bench."""

import argparse
import functools
import json
import os
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from roipool.bench import cpu, cuda, machine, report
from roipool.bench.cases import CASES, QUICK, Case, Inputs, make_inputs
from roipool.bench.compare import Entry, Row, difference
from roipool.bench.measure import sampler, take_turns, wall_clock
from roipool.bench.peers import OPERATIONS, Peer, Work, gather

FINDERS: dict[str, Callable[[], Peer]] = {
    "numpy": cpu.find_numpy,
    "torchvision": cpu.find_torchvision,
    "onnxruntime": cpu.find_onnxruntime,
    "openvino": cpu.find_openvino,
    "cupy": cuda.find_cupy,
    "torchvision-cuda": cuda.find_torchvision_cuda,
}
"""Who may take part, in the order in which they take turns."""


def main(
    arguments: Sequence[str] | None = None,
    finders: Mapping[str, Callable[[], Peer]] = FINDERS,
) -> int:
    """Run the bench. Exit code 0, or 2 with a message where an argument is not understood."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = _parse(given, list(finders))
    found, missing = gather(options.only, finders)
    if not found:
        for name, why in missing.items():
            print(f"{name} takes no part: {why}", file=sys.stderr)
        return 2
    _tell("machine")
    about, bandwidth = machine.describe_machine(), {"processor": machine.copy_bandwidth()}
    if any(peer.device == cuda.DEVICE for peer in found):
        about["gpu"] = cuda.card().name
        bandwidth[cuda.DEVICE] = cuda.copy_bandwidth()
    run = report.Report(
        command=shlex.join(["python", "-m", "roipool.bench", *given]),
        date=date.today().isoformat(),
        machine=about,
        versions={peer.name: peer.version for peer in found},
        notes={peer.name: peer.note for peer in found},
        missing=missing,
        rounds=options.rounds,
        copy_bandwidth=bandwidth,
        import_seconds=machine.import_seconds(1 if options.quick else 5),
    )
    _tell("")
    print(report.head(run), flush=True)
    for name in options.sizes:
        done = _time_case(CASES[name], found, run, options)
        run.cases.append(done)
        print("\n" + report.case_table(done), flush=True)
    if options.json:
        options.json.write_text(json.dumps(report.as_json(run), indent=1) + "\n", "utf-8")
    return 0


def _time_case(
    case: Case, peers: Sequence[Peer], run: report.Report, options: argparse.Namespace
) -> report.CaseReport:
    _tell(f"{case.name}: inputs")
    inputs = make_inputs(case)
    rows, peaks = [], {}
    for device, bandwidth in run.copy_bandwidth.items():
        works = {
            Entry(peer.name, work.operation, work.how): work
            for peer in peers
            if peer.device == device
            for work in peer.prepare(inputs)
            if work.operation in options.operations
        }
        differs = {entry: _differs(work, inputs, entry) for entry, work in works.items()}
        for entry, work in works.items():
            if entry.peer == "numpy":
                peaks[entry.operation] = machine.peak_memory(work.call)
        least = 0.005 if options.quick else 0.02
        samplers = {
            entry: sampler(work.run or wall_clock(work.call), least)
            for entry, work in works.items()
        }
        times = take_turns(samplers, options.rounds, functools.partial(_tell_turn, case))
        rows += [Row(entry, time, differs[entry], bandwidth) for entry, time in times.items()]
    _tell("")
    order = list(OPERATIONS)
    rows.sort(key=lambda row: order.index(row.entry.operation))
    return report.CaseReport(case, rows, peaks)


def _differs(work: Work, inputs: Inputs, entry: Entry) -> str | None:
    _tell(f"{inputs.case.name}: comparing {entry.peer} {entry.operation}")
    return difference(work.read(work.call()), inputs.expected)


def _parse(arguments: Sequence[str], peers: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m roipool.bench",
        description="RoI pooling by roipool and by whoever else is installed, in one run. "
        "All take turns, on one thread where they compute on the processor.",
    )
    parser.add_argument(
        "--sizes", nargs="+", choices=CASES, metavar="SIZE", help=f"of {', '.join(CASES)}"
    )
    parser.add_argument(
        "--only",
        nargs="+",
        choices=peers,
        default=peers,
        metavar="PEER",
        help=f"who takes part, of {', '.join(peers)}",
    )
    parser.add_argument(
        "--operations",
        nargs="+",
        choices=OPERATIONS,
        default=list(OPERATIONS),
        metavar="OPERATION",
        help=f"of {', '.join(OPERATIONS)}",
    )
    parser.add_argument("--rounds", type=_rounds, metavar="N", help="turns of each (default 9)")
    parser.add_argument(
        "--quick",
        action="store_true",
        help=f"3 rounds of {', '.join(QUICK)}, unless others are asked for",
    )
    parser.add_argument("--json", type=_writable, metavar="FILE", help="write all samples there")
    options = parser.parse_args(arguments)
    options.sizes = options.sizes or (QUICK if options.quick else list(CASES))
    options.rounds = options.rounds or (3 if options.quick else 9)
    return options


def _rounds(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _writable(text: str) -> Path:
    """A path that can be written: better told before the run than after it."""
    path = Path(text)
    if path.is_dir() or not os.access(path.absolute().parent, os.W_OK):
        raise argparse.ArgumentTypeError(f"{text!r} is no file that can be written")
    return path


def _tell_turn(case: Case, entry: Entry, turn: int) -> None:
    _tell(f"{case.name}: round {turn} {entry.peer} {entry.operation}")


def _tell(progress: str) -> None:
    """One line on a terminal that the next one replaces."""
    if sys.stderr.isatty():
        print(f"\r\033[K{progress}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
