"""Where two answers of one kind differ, as far as it is shown."""

from typing import NamedTuple

from app.lessons.question import Cell, Cut, Received, Span

# Two decimals are shown.
_SHOWN = 0.005 + 1e-9

Edge = tuple[int, int, int]
"""(axis, section, end): rows are axis 0, a section's start is end 0."""


def agree(one: float, other: float) -> bool:
    """Whether two numbers are the same, as far as they are shown.

    Examples
    --------
    >>> agree(0.5669, 0.57), agree(float("-inf"), float("-inf")), agree(0.5669, 0.56)
    (True, True, False)
    """
    return one == other or abs(one - other) <= _SHOWN


def cells_held(cut: Cut) -> list[list[Span | None]]:
    """The cells of the sections; those of an empty one are none, wherever it is said to lie.

    Examples
    --------
    >>> cells_held(Cut(((1, 1), (1, 3)), ((0, 4),)))
    [[None, (1, 3)], [(0, 4)]]
    """
    return [[span if span[0] < span[1] else None for span in spans] for spans in cut]


def edges_that_differ(given: Cut, right: Cut) -> list[Edge]:
    """The ends of sections that lie elsewhere; none of a section that is empty in both.

    Examples
    --------
    >>> edges_that_differ(Cut(((0, 0), (1, 3)), ((0, 4),)), Cut(((1, 1), (1, 3)), ((0, 3),)))
    [(1, 0, 1)]
    """
    return [
        (axis, k, end)
        for axis, (found, wanted) in enumerate(zip(given, right, strict=True))
        for k, pair in enumerate(zip(found, wanted, strict=True))
        for end in (0, 1)
        if pair[0][end] != pair[1][end] and not all(start >= stop for start, stop in pair)
    ]


class Amounts(NamedTuple):
    """What a cell receives: by the answer that was given and by the right one; None for nothing."""

    cell: Cell
    given: float | None
    right: float | None


def amounts_that_differ(given: Received, right: Received) -> list[Amounts]:
    """The cells that receive something else, in row-major order.

    Examples
    --------
    >>> amounts_that_differ(((0, 1, 2.0), (1, 1, 1.0)), ((0, 1, 2.001), (2, 0, 1.0)))
    [Amounts(cell=(1, 1), given=1.0, right=None), Amounts(cell=(2, 0), given=None, right=1.0)]
    """
    mine, true = ({(row, col): amount for row, col, amount in of} for of in (given, right))
    every = (Amounts(at, mine.get(at), true.get(at)) for at in sorted(mine.keys() | true.keys()))
    return [
        one
        for one in every
        if one.given is None or one.right is None or not agree(one.given, one.right)
    ]
