"""The kernel to read beside its NumPy twin, and which of its threads computes an output cell.

Names are the kernel's own. Nothing here is a copy: both sources are cut from the files that run.
"""

import inspect
from dataclasses import dataclass
from functools import cache

from app.exercise.record import Exercise, Result
from app.text import Text, number
from roipool.backends import device
from roipool.backends.device import BLOCK
from roipool.backends.numpy import one_by_one

KERNEL, TWIN = "reference", one_by_one


@dataclass(frozen=True, slots=True)
class Thread:
    """The thread that computes one element of the output (N, C, PH, PW), and its variables.

    Attributes
    ----------
    roi, channel, i, j : the element
    shape : (C, PH, PW)
    y0, y1, x0, x1 : rows y0 .. y1 - 1 and columns x0 .. x1 - 1 that it reads
    place : h * W + w of the maximum, -1 where there is none
    value : what it writes
    width : W
    """

    roi: int
    channel: int
    i: int
    j: int
    shape: tuple[int, int, int]
    y0: int
    y1: int
    x0: int
    x1: int
    place: int
    value: float
    width: int

    @property
    def element(self) -> int:
        """Index of the element in memory."""
        channels, high, wide = self.shape
        return ((self.roi * channels + self.channel) * high + self.i) * wide + self.j

    @property
    def block(self) -> int:
        """blockIdx.x."""
        return self.element // BLOCK

    @property
    def index(self) -> int:
        """threadIdx.x."""
        return self.element % BLOCK

    @property
    def cells(self) -> int:
        """How many cells it reads."""
        return max(0, self.y1 - self.y0) * max(0, self.x1 - self.x0)


def thread_of(exercise: Exercise, result: Result, cell: tuple[int, int]) -> Thread | None:
    """The thread of an output cell (row, column) of the selected box; None without a box."""
    n, (i, j), bins = exercise.played, cell, result.bins
    if n is None:
        return None
    return Thread(
        roi=n,
        channel=exercise.channel,
        i=i,
        j=j,
        shape=(exercise.maps.channels, *exercise.output_size),
        y0=int(bins.y0[n, i]),
        y1=int(bins.y1[n, i]),
        x0=int(bins.x0[n, j]),
        x1=int(bins.x1[n, j]),
        place=int(result.argmax[n, i, j]),
        value=float(result.output[n, i, j]),
        width=exercise.size[1],
    )


def sentences(thread: Thread | None, text: Text) -> tuple[str, str]:
    """What a thread does, and how its number comes about."""
    if thread is None:
        return text("thread.none"), ""
    channels, high, wide = thread.shape
    at = {"block": thread.block, "thread": thread.index, "threads": BLOCK}
    element = {"roi": thread.roi, "channel": thread.channel, "i": thread.i, "j": thread.j}
    reads = {
        "rows": text.rows(thread.y0, thread.y1),
        "cols": text.cols(thread.x0, thread.x1),
        "cells": text("thread.cell" if thread.cells == 1 else "thread.cells", count=thread.cells),
    }
    written = {"i": thread.i, "j": thread.j, "roi": thread.roi, "value": number(thread.value)}
    does = (
        text("thread.reads", **at, **written, **reads)
        if thread.cells
        else text("thread.empty", **at, **written)
    )
    sizes = {"channels": channels, "high": high, "wide": wide}
    return does, text("thread.number", **at, **element, **sizes, element=thread.element)


def variables(thread: Thread) -> dict[str, str]:
    """The kernel's variables by name, with their values in this thread."""
    place = str(thread.place)
    if thread.place >= 0:
        place = f"{place} = {thread.place // thread.width}·{thread.width}"
        place += f" + {thread.place % thread.width}"
    names = ("element", "roi", "channel", "i", "j", "y0", "y1", "x0", "x1")
    return {
        "blockIdx.x": str(thread.block),
        "blockDim.x": str(BLOCK),
        "threadIdx.x": str(thread.index),
        **{name: str(getattr(thread, name)) for name in names},
        "place": place,
        "value": number(thread.value),
    }


@cache
def kernel_source() -> str:
    """The kernel, from the file that the GPU's compiler is given."""
    return cut_function(device.source(), KERNEL)


@cache
def twin_source() -> str:
    """The same rule in NumPy."""
    return inspect.getsource(TWIN).rstrip()


def cut_function(source: str, name: str) -> str:
    r"""A kernel of a CUDA source with the comment and the template line above it.

    Examples
    --------
    >>> print(cut_function("int a;\n\n// Why.\n__global__ void f(int b)\n{\n  {}\n}\nint c;", "f"))
    // Why.
    __global__ void f(int b)
    {
      {}
    }
    """
    lines = source.splitlines()
    head = next(i for i, line in enumerate(lines) if line.startswith(f"__global__ void {name}("))
    start = head
    while start and lines[start - 1].strip():
        start -= 1
    depth = 0
    for stop in range(head, len(lines)):
        code = lines[stop].partition("//")[0]
        depth += code.count("{") - code.count("}")
        if depth == 0 and "}" in code:
            return "\n".join(lines[start : stop + 1])
    raise ValueError(f"{name} has no end")
