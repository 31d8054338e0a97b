"""``roipool bench``: the library beside its peers."""

import argparse

from roipool.bench.__main__ import DESCRIPTION, add_arguments, run
from roipool.commands.command import Command


def _run(options: argparse.Namespace) -> int:
    return run(options, options.line)


COMMAND = Command(
    name="bench",
    usage="[options]",
    help="time the library beside its peers",
    description=f"""{DESCRIPTION}

    python -m roipool.bench is the same.""",
    examples=(
        ("--quick", "a minute, to see who takes part"),
        ("--json run.json", "everything, on a machine that does nothing else"),
    ),
    arguments=add_arguments,
    run=_run,
)
