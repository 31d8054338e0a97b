"""Readers on a server of the app: ``python -m tests.load``, on a quiet machine.

Each opens a page and edits, with pauses; every answer is checked against what was asked, and
against `roipool`. Times are those of the last message of an answer; what a browser then draws is
not in them. Readers and server share the machine.
"""

import argparse
import asyncio
import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from tests.server import ROOT, Server

from . import report
from .crowd import Crowd, come_and_go
from .visit import HOMES, THINGS


def main() -> None:
    asked = arguments()
    allow_many_sockets()
    trees = [asked.tree] + ([asked.beside] if asked.beside else [])
    told = {}
    for tree in trees:
        told[str(tree)] = measured(tree, asked)
        if not asked.json:
            print("\n".join(report.lines(str(tree), told[str(tree)])), flush=True)
    if asked.json:
        print(json.dumps(told, indent=2))
    sys.exit(any(one["wrong"] or one["dropped"] for one in told.values()))


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser("python -m tests.load", description=__doc__.splitlines()[0])
    crowd = Crowd()
    add = parser.add_argument
    add("--readers", type=int, default=crowd.readers, help="how many (%(default)s)")
    add("--seconds", type=float, default=crowd.seconds, help="how long they read (%(default)s)")
    add("--pause", type=float, default=crowd.pause, help="mean s between two things (%(default)s)")
    add("--ramp", type=float, default=crowd.ramp, help="s in which all arrive (%(default)s)")
    add("--acts", type=int, help="so many things each, in place of --seconds")
    add("--seed", type=int, default=crowd.seed, help="decides what each does (%(default)s)")
    add("--pages", nargs="+", choices=sorted(set(HOMES)), default=HOMES, help="where they read")
    add("--things", nargs="+", choices=[*THINGS], default=[*THINGS], help="what they do there")
    add("--from", type=Path, dest="folder", help="the folder that the server is started from")
    add("--tree", type=Path, default=ROOT, help="a checkout to measure instead of this one")
    add("--beside", type=Path, help="another checkout to measure after it, in the same way")
    add("--churn", type=int, help="so many readers come and go; only the memory is of interest")
    add("--json", action="store_true", help="numbers to be read by a program")
    return parser.parse_args()


def measured(tree: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """The numbers of one checkout's server."""
    with Server(tree, asked.folder) as server:
        if asked.churn:
            return report.churned(asyncio.run(come_and_go(server, asked.churn)))
        crowd = Crowd(
            asked.readers,
            asked.seconds,
            asked.pause,
            asked.ramp,
            asked.seed,
            asked.acts,
            tuple(asked.pages),
            tuple(asked.things),
        )
        return report.numbers(asyncio.run(crowd.read(server)))


def allow_many_sockets() -> None:
    """As many files as the system lets this user open: each reader holds two."""
    with contextlib.suppress(ImportError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    main()
