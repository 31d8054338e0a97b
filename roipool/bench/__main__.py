"""The command line of the bench."""

import argparse
import json
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from roipool.bench import cuda, machine, on_card, report
from roipool.bench.cases import CASES, QUICK, make_inputs
from roipool.bench.contest import FINDERS, time_case
from roipool.bench.peers import OPERATIONS, Peer, gather
from roipool.commands.values import number, writable

DESCRIPTION = (
    "RoI pooling by roipool and by whoever else is installed, in one run. "
    "All take turns, on one thread where they compute on the processor."
)


def main(
    arguments: Sequence[str] | None = None,
    finders: Mapping[str, Callable[[], Peer]] = FINDERS,
) -> int:
    """Run the bench. Exit code 0, or 2 with a message where an argument is not understood."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    parser = argparse.ArgumentParser(prog="python -m roipool.bench", description=DESCRIPTION)
    add_arguments(parser, list(finders))
    command = shlex.join(["python", "-m", "roipool.bench", *given])
    return run(parser.parse_args(given), command, finders)


def run(
    options: argparse.Namespace,
    command: str,
    finders: Mapping[str, Callable[[], Peer]] = FINDERS,
) -> int:
    """Time those that are asked for and print what came out, under the command that asked."""
    sizes = options.sizes or (QUICK if options.quick else list(CASES))
    rounds = options.rounds or (3 if options.quick else 9)
    found, missing = gather(options.only, finders)
    if not found:
        for name, why in missing.items():
            print(f"{name} takes no part: {why}", file=sys.stderr)
        return 2
    _tell("machine")
    about, bandwidth = machine.describe_machine(), {"processor": machine.copy_bandwidth()}
    if any(peer.device == cuda.DEVICE for peer in found):
        about["gpu"] = on_card.card().name
        bandwidth[cuda.DEVICE] = on_card.copy_bandwidth()
    done = report.Report(
        command=command,
        date=date.today().isoformat(),
        machine=about,
        versions={peer.name: peer.version for peer in found},
        notes={peer.name: peer.note for peer in found},
        missing=missing,
        rounds=rounds,
        copy_bandwidth=bandwidth,
        import_seconds=machine.import_seconds(1 if options.quick else 5),
    )
    _tell("")
    print(report.head(done), flush=True)
    for name in sizes:
        _tell(f"{name}: inputs")
        case = time_case(
            make_inputs(CASES[name]),
            found,
            done.copy_bandwidth,
            rounds,
            operations=options.operations,
            least=0.005 if options.quick else 0.02,
            tell=_tell,
        )
        _tell("")
        done.cases.append(case)
        print("\n" + report.case_table(case), flush=True)
    if options.json:
        options.json.write_text(json.dumps(report.as_json(done), indent=1) + "\n", "utf-8")
    return 0


def add_arguments(parser: argparse.ArgumentParser, peers: Sequence[str] = tuple(FINDERS)) -> None:
    """What the bench is asked, of these peers."""
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
    parser.add_argument("--rounds", type=number(1), metavar="N", help="turns of each (default 9)")
    parser.add_argument(
        "--quick",
        action="store_true",
        help=f"3 rounds of {', '.join(QUICK)}, unless others are asked for",
    )
    parser.add_argument("--json", type=writable, metavar="FILE", help="write all samples there")


def _tell(progress: str) -> None:
    """One line on a terminal that the next one replaces."""
    if sys.stderr.isatty():
        print(f"\r\033[K{progress}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
