"""What was measured, as text for people and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from roipool.bench.cases import CONVENTION, Case
from roipool.bench.compare import Row, ratio
from roipool.bench.peers import GRAPH, OPERATIONS

_SHORT = 0.001
# Less than this lies in a cache: memory and its bandwidth have no part in it.
_LARGE = 2**20


@dataclass(frozen=True, slots=True)
class CaseReport:
    """One size: its rows, and roipool NumPy's peak memory by operation."""

    case: Case
    rows: Sequence[Row]
    peak_memory: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run.

    Attributes
    ----------
    command, date : str
    machine : dict
        From `machine.describe_machine`, and the card's name where there is one.
    versions, notes : dict
        Of every peer that took part.
    missing : dict
        Why the others did not.
    rounds : int
    copy_bandwidth : dict
        Bytes per second, by device.
    import_seconds : dict
    cases : list of CaseReport
    """

    command: str
    date: str
    machine: dict[str, Any]
    versions: dict[str, str]
    notes: dict[str, str]
    missing: dict[str, str]
    rounds: int
    copy_bandwidth: dict[str, float]
    import_seconds: dict[str, float]
    cases: list[CaseReport] = field(default_factory=list)


def as_json(report: Report) -> dict[str, Any]:
    """Everything, in seconds and bytes, every round's sample included."""
    document = asdict(report)
    document["convention"] = CONVENTION
    document["cases"] = [_case_as_json(case) for case in report.cases]
    return document


def _case_as_json(report: CaseReport) -> dict[str, Any]:
    case = report.case
    return {
        "name": case.name,
        **asdict(case),
        "outputs": case.outputs,
        "peak_memory": report.peak_memory,
        "rows": [
            {
                **asdict(row.entry),
                "seconds": asdict(row.time),
                "nanoseconds_per_value": row.nanoseconds(case),
                "must_move": case.must_move(row.entry.operation),
                "bandwidth": row.bandwidth(case),
                "of_limit": row.limit(case),
                "differs": row.differs,
                "ratios": {
                    peer: asdict(found)
                    for peer in _peers(report.rows)
                    if (found := ratio(row, report.rows, peer))
                },
            }
            for row in report.rows
        ],
    }


def head(report: Report) -> str:
    """The machine, versions and conditions."""
    machine = report.machine
    lines = [
        f"{report.command}    {report.date}",
        f"{machine['cpu']}, {machine['cores']} cores, {machine['system']}, "
        f"Python {machine['python']}" + (f", {machine['gpu']}" if "gpu" in machine else ""),
    ]
    if machine["load"] is not None:
        lines.append(f"load average at the start {machine['load']:.2f}; nothing else should run")
    for device, bandwidth in report.copy_bandwidth.items():
        lines.append(f"copying, the {device} reads and writes {bandwidth / 1e9:.1f} GB/s")
    lines.append("")
    for peer, note in report.notes.items():
        lines.append(f"{peer} {report.versions[peer]}: {note}")
    lines += [f"{peer} takes no part: {why}" for peer, why in report.missing.items()]
    seconds = report.import_seconds
    lines += [
        "",
        f"import roipool: {_milliseconds(seconds['roipool'])} ms, "
        f"of which numpy {_milliseconds(seconds['numpy'])} ms",
        f"Convention {CONVENTION}, float32, boxes of 5 to 100 % of each side in whole cells. "
        f"Medians of {report.rounds} rounds in turns, a call before each that is not timed.",
    ]
    return "\n".join(lines)


def case_table(report: CaseReport) -> str:
    """One size: a line per peer and operation."""
    case, peers = report.case, _peers(report.rows)
    maps, (high, wide) = "×".join(map(str, case.maps)), case.output_size
    boxes = "1 box" if case.boxes == 1 else f"{case.boxes} boxes"
    moves = ", ".join(
        f"{_size(case.must_move(operation))} for {gives}" for operation, gives in OPERATIONS.items()
    )
    lines = [
        f"{maps}, {boxes}, {high}×{wide} bins. Must move {moves}.",
        *align(
            ["", "gives", "median ms", "quartiles", "ns/value", "GB/s", "of limit"]
            + [f"× {peer}" for peer in peers],
            [_cells(row, report, peers) for row in report.rows],
        ),
    ]
    values = 4 * case.outputs
    if values >= _LARGE:
        lines += [
            f"roipool in NumPy holds up to {_size(peak)} for {OPERATIONS[operation]}, results "
            f"included: {peak / values:.2f} × the output's values"
            for operation, peak in report.peak_memory.items()
        ]
    for row in report.rows:
        if row.differs:
            lines.append(f"! {row.entry.peer} differs: {row.differs}")
    if any(
        not found.alike
        for row in report.rows
        for peer in peers
        if (found := ratio(row, report.rows, peer))
    ):
        lines.append("* that peer has no such operation: against the nearest that it has")
    return "\n".join(lines)


def align(header: list[str], rows: list[list[str]]) -> list[str]:
    """Columns, the first two to the left and the numbers to the right.

    Examples
    --------
    >>> align(["", "gives", "ms"], [["numpy", "values", "1.5"], ["ort", "values", "10.25"]])
    ['       gives      ms', 'numpy  values    1.5', 'ort    values  10.25']
    """
    table = [header, *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if index < 2 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]


def _cells(row: Row, report: CaseReport, peers: list[str]) -> list[str]:
    case, time = report.case, row.time
    gives = OPERATIONS[row.entry.operation] + (", kernels" if row.entry.how == GRAPH else "")
    return [
        row.entry.peer + (" !" if row.differs else ""),
        gives,
        _milliseconds(time.median),
        f"{_milliseconds(time.low)} – {_milliseconds(time.high)}",
        f"{row.nanoseconds(case):,.3g}",
        f"{row.bandwidth(case) / 1e9:,.3g}",
        f"{row.limit(case):.0%}" if case.must_move(row.entry.operation) >= _LARGE else "–",
        *(_times(row, report.rows, peer) for peer in peers),
    ]


def _times(row: Row, rows: Sequence[Row], peer: str) -> str:
    found = ratio(row, rows, peer)
    if found is None:
        return "–"
    return f"{found.times:.3g}" + (" " if found.alike else "*")


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1e3:.4f}" if seconds < _SHORT else f"{seconds * 1e3:,.2f}"


def _size(count: int) -> str:
    """Bytes as people read them.

    Examples
    --------
    >>> _size(272), _size(205_000_000)
    ('272 bytes', '205 MB')
    """
    return f"{count} bytes" if count < 10_000 else f"{count / 1e6:,.3g} MB"


def _peers(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row.entry.peer for row in rows))
