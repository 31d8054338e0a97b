"""A run that was recorded elsewhere, for readers who have not measured yet.

    python -m app.speed.recorded sharing sweeps peers

It runs the commands that the page runs too, and keeps what they report, machine and date with it,
in assets/speed/.
"""

import argparse
import json
import platform
import subprocess
import sys
from functools import cache
from pathlib import Path

from app.speed.reporting import Report

FOLDER = Path(__file__).parents[2] / "assets" / "speed"
VIEWS = {"sharing": "sharing", "peers": "peer", "sweeps": "sweep"}
"""The commands, and the kind of their reports."""


@cache
def recorded(kind: str) -> tuple[Report, ...]:
    """All reports of the run of a kind that comes with the app, the one about its machine first.

    Examples
    --------
    >>> about, first, *_ = recorded("sharing")
    >>> about["kind"], first["proposals"]
    ('about', 1)
    """
    (command,) = (command for command, reported in VIEWS.items() if reported == kind)
    kept = json.loads((FOLDER / f"{command}.json").read_text("utf-8"))
    return tuple(kept["reports"])


def record(command: str) -> None:
    """Run a command of `VIEWS`, and keep what it reports."""
    words = ["-m", f"app.speed.{command}"]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    for report in reports:
        if report["kind"] == "about":
            # Which build of it, and what else is not there, says nothing of the times.
            report["system"] = platform.system()
            report.pop("missing", None)
    kept = {
        "command": " ".join(["python", *words]),
        "reports": [report for report in reports if report["kind"] != "progress"],
    }
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{command}.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m app.speed.recorded", description=__doc__)
    parser.add_argument("commands", nargs="+", choices=VIEWS, help="what to measure")
    for command in parser.parse_args(arguments).commands:
        record(command)


if __name__ == "__main__":
    main()
