"""What was measured as CSV: a row for each measurement, with the machine in its last columns."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from app.speed.reporting import Report

_OF_THE_MACHINE = ("date", "cpu", "cores", "load", "system", "python", "numpy", "backend", "device")


def table(reports: Iterable[Report]) -> bytes:
    """CSV of a run's reports; times are in seconds.

    Examples
    --------
    >>> about = {"kind": "about", "cpu": "a CPU", "cores": 2}
    >>> point = {"kind": "sharing", "proposals": 5, "each": {"median": 0.25}}
    >>> print(table([about, {"kind": "progress", "part": 0.5}, point]).decode("utf-8-sig"))
    kind,proposals,each.median,cpu,cores
    sharing,5,0.25,a CPU,2
    <BLANKLINE>
    """
    machine: Report = {}
    rows = []
    for report in reports:
        if report["kind"] == "about":
            machine = {key: report[key] for key in _OF_THE_MACHINE if key in report}
        elif report["kind"] != "progress":
            rows.append(dict(_flat(report)))
    columns = [*dict.fromkeys(key for row in rows for key in row), *machine]
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row | machine for row in rows)
    # With its mark, without which a spreadsheet takes the file for another encoding.
    return written.getvalue().encode("utf-8-sig")


def _flat(report: Report, start: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in report.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{start}{key}.")
        else:
            yield f"{start}{key}", value
