"""Everybody who is here, on the same inputs, in turns."""

from collections.abc import Callable, Collection, Mapping, Sequence

from roipool.bench import cpu, cuda, machine
from roipool.bench.cases import Inputs
from roipool.bench.compare import Entry, Row, difference
from roipool.bench.measure import sampler, take_turns, wall_clock
from roipool.bench.peers import OPERATIONS, Peer
from roipool.bench.report import CaseReport

FINDERS: dict[str, Callable[[], Peer]] = {
    "numpy": cpu.find_numpy,
    "torchvision": cpu.find_torchvision,
    "onnxruntime": cpu.find_onnxruntime,
    "openvino": cpu.find_openvino,
    "cupy": cuda.find_cupy,
    "torchvision-cuda": cuda.find_torchvision_cuda,
}
"""Who may take part, in the order in which they take turns."""


def time_case(
    inputs: Inputs,
    peers: Sequence[Peer],
    copy_bandwidth: Mapping[str, float],
    rounds: int,
    *,
    operations: Collection[str] = tuple(OPERATIONS),
    least: float = 0.02,
    tell: Callable[[str], None] = lambda progress: None,
) -> CaseReport:
    """Time what each peer does of these operations, and compare the numbers.

    Parameters
    ----------
    inputs : Inputs
    peers : sequence of Peer
    copy_bandwidth : mapping
        Bytes per second of each device; peers of a device that is not in it are left out.
    rounds : int
    operations : collection of str
    least : float
        Seconds that a sample lasts at least.
    tell : callable
        Hears what comes next.
    """
    name = inputs.case.name
    rows, peaks = [], {}
    for device, bandwidth in copy_bandwidth.items():
        works = {
            Entry(peer.name, work.operation, work.how): work
            for peer in peers
            if peer.device == device
            for work in peer.prepare(inputs)
            if work.operation in operations
        }
        differs = {}
        for entry, work in works.items():
            tell(f"{name}: comparing {entry.peer} {entry.operation}")
            differs[entry] = difference(work.read(work.call()), inputs.expected)
        for entry, work in works.items():
            if entry.peer == "numpy":
                peaks[entry.operation] = machine.peak_memory(work.call)
        samplers = {
            entry: sampler(work.run or wall_clock(work.call), least)
            for entry, work in works.items()
        }
        times = take_turns(
            samplers,
            rounds,
            lambda entry, turn: tell(f"{name}: round {turn} {entry.peer} {entry.operation}"),
        )
        rows += [Row(entry, time, differs[entry], bandwidth) for entry, time in times.items()]
    order = list(OPERATIONS)
    rows.sort(key=lambda row: order.index(row.entry.operation))
    return CaseReport(inputs.case, rows, peaks)
