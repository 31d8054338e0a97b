"""What a figure in the browser sends, read and checked. Pure.

Anybody can send anything, so it is looked at here as it came, and nowhere else. What is not as it
should be is left out and the rest counts; nothing raises.
"""

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from app.exercise.limits import MAX_BINS, MAX_BOXES, MAX_SIDE

Row = tuple[float | str, ...]
"""A row of the table of boxes, as long as it came; what is no number in it is its words."""

MOST_CHANGES = 50
"""Of one message. A figure sends the others again, until they are answered."""

# Further ahead no figure can be, which counts its changes one by one. The numbers stay far below
# those that the browser can count to, whatever somebody sends in between.
_MOST_AHEAD = 10_000
# How far a message is searched for changes.
_MOST_READ = 10_000
_MOST_WORDS = 40
_LARGEST = int(sys.float_info.max)


@dataclass(frozen=True, slots=True)
class Change:
    """One change that a reader has made in a figure; None where it says nothing.

    Attributes
    ----------
    seq : its number
    undo : the step before is taken back, and nothing else is done
    redo : what was taken back last is done again, and nothing else
    restore : code of a link: what was on screen before the server lost the session
    partly : there was more of it, which no code and no figure holds
    boxes : all of them
    cells : the changed ones, (row, column, value)
    plane : (image, channel) that they were painted on
    selected, image, channel : what is looked at
    cell : (row, column) of the chosen output cell
    gradient : of every box's outputs in row-major order, None for ones
    ratio, aligned : how RoIAlign samples
    """

    seq: int
    undo: bool = False
    redo: bool = False
    restore: str | None = None
    partly: bool = False
    boxes: tuple[Row, ...] | None = None
    cells: tuple[tuple[int, int, float], ...] = ()
    plane: tuple[int, int] | None = None
    selected: int | None = None
    image: int | None = None
    channel: int | None = None
    cell: tuple[int, int] | None = None
    gradient: tuple[tuple[float, ...] | None, ...] | None = None
    ratio: int | None = None
    aligned: bool | None = None


def part(sent: object, name: str) -> Any:
    """The value of this name in what a figure's state holds; None where there is none.

    Examples
    --------
    >>> part({"edit": 1}, "edit"), part("no state", "edit")
    (1, None)
    """
    return sent.get(name) if isinstance(sent, Mapping) else None


def read_changes(sent: object, session: int, ack: int) -> tuple[Change, ...]:
    """The changes of a message that come after number `ack`, if it is meant for this session.

    Examples
    --------
    >>> message = {"session": 7, "changes": [{"seq": 1}, "junk", {"seq": 2, "selected": 3}]}
    >>> [(change.seq, change.selected) for change in read_changes(message, 7, 1)]
    [(2, 3)]
    >>> read_changes(message, 8, 1)
    ()
    """
    changes = part(sent, "changes")
    if part(sent, "session") not in (None, session) or not isinstance(changes, list):
        return ()
    read = list[Change]()
    for told in islice(changes, _MOST_READ):
        seq = _whole(part(told, "seq"))
        if seq is None or not ack < seq <= ack + _MOST_AHEAD:
            continue
        change = read_change(told, seq)
        # Nothing is restored twice, and nothing else takes as long.
        read.append(replace(change, restore=None) if read else change)
        ack = seq
        if len(read) == MOST_CHANGES:
            break
    return tuple(read)


def read_change(told: Mapping[str, Any], seq: int = 0) -> Change:
    """What a change says, under its number.

    Examples
    --------
    >>> change = read_change({"cells": [[0, 1, 2.5], [0, "x", 1]], "selected": True})
    >>> change.cells, change.selected
    (((0, 1, 2.5),), None)
    """
    restore, aligned = told.get("restore"), told.get("aligned")
    return Change(
        seq=seq,
        undo=told.get("undo") is True,
        redo=told.get("redo") is True,
        restore=restore if isinstance(restore, str) else None,
        partly=told.get("partly") is True,
        boxes=_boxes(told.get("boxes")),
        cells=_cells(told.get("cells")),
        plane=_pair(told.get("plane")),
        selected=_whole(told.get("selected")),
        image=_whole(told.get("image")),
        channel=_whole(told.get("channel")),
        cell=_pair(told.get("cell")),
        gradient=_gradient(told.get("gradient")),
        ratio=_whole(told.get("ratio")),
        aligned=aligned if isinstance(aligned, bool) else None,
    )


def _whole(told: object) -> int | None:
    """A number or an index of something. A bool is no number here, though Python's are."""
    return told if type(told) is int and told >= 0 else None


def _number(told: object) -> float | None:
    if type(told) is int and abs(told) <= _LARGEST:
        return float(told)
    return told if isinstance(told, float) and math.isfinite(told) else None


def _pair(told: object) -> tuple[int, int] | None:
    if not isinstance(told, list) or len(told) != 2:
        return None
    first, second = map(_whole, told)
    return None if first is None or second is None else (first, second)


def _boxes(told: object) -> tuple[Row, ...] | None:
    if not isinstance(told, list):
        return None
    # One more than there may be tells that there were more.
    return tuple(_row(row) for row in told[: MAX_BOXES + 1])


def _row(told: object) -> Row:
    values = told[:6] if isinstance(told, list) else []
    numbers = map(_number, values)
    pairs = zip(values, numbers, strict=True)
    return tuple(_words(value) if number is None else number for value, number in pairs)


def _words(told: object) -> str:
    if isinstance(told, (str, float)):
        return str(told)[:_MOST_WORDS]
    return "…"


def _cells(told: object) -> tuple[tuple[int, int, float], ...]:
    if not isinstance(told, list):
        return ()
    # A figure names a cell once.
    read = map(_cell, told[: MAX_SIDE**2])
    return tuple(cell for cell in read if cell is not None)


def _cell(told: object) -> tuple[int, int, float] | None:
    if not isinstance(told, list) or len(told) != 3:
        return None
    row, col, value = _whole(told[0]), _whole(told[1]), _number(told[2])
    return None if row is None or col is None or value is None else (row, col, value)


def _gradient(told: object) -> tuple[tuple[float, ...] | None, ...] | None:
    """The gradient of every box, if all of it is one."""
    if not isinstance(told, list) or len(told) > MAX_BOXES:
        return None
    read = [None if values is None else _values(values) for values in told]
    return None if () in read else tuple(read)


def _values(told: object) -> tuple[float, ...]:
    if not isinstance(told, list) or not 0 < len(told) <= MAX_BINS**2:
        return ()
    read = [_number(value) for value in told]
    return () if None in read else tuple(value for value in read if value is not None)
