"""What a process and all that it has started take of the machine: of Linux itself, or of psutil."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")


def can_tell() -> bool:
    """Whether anybody can say what a process takes here."""
    with contextlib.suppress(ImportError):
        import psutil  # noqa: F401

        return True
    return PROC.is_dir()


def taken(pid: int) -> list[tuple[float, float]]:
    """Of a process and each that it has started: resident MB, and seconds of CPU so far.

    The seconds hold those of the children that have ended.
    """
    return _by_proc(pid) if PROC.is_dir() else _by_psutil(pid)


def _by_proc(pid: int) -> list[tuple[float, float]]:
    page, tick = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
    lines = dict(_lines())
    family, more = set(), {pid} & set(lines)
    while more:
        family |= more
        more = {one for one, fields in lines.items() if int(fields[1]) in more}
    # Counted from the state, as proc(5) has it: 12 to 15 are ticks, 22 is resident pages.
    return [
        (int(lines[one][21]) * page / 1e6, sum(map(int, lines[one][11:15])) / tick)
        for one in family
    ]


def _lines() -> Iterator[tuple[int, list[str]]]:
    """Every process: what its `stat` says after the name, which may hold anything."""
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                stat = (folder / "stat").read_text()
                yield int(folder.name), stat.rpartition(")")[2].split()


def _by_psutil(pid: int) -> list[tuple[float, float]]:
    import psutil

    told = []
    with contextlib.suppress(psutil.NoSuchProcess):
        first = psutil.Process(pid)
        for process in (first, *first.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                told.append((process.memory_info().rss / 1e6, sum(times[:4])))
    return told
