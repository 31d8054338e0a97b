"""The question which convention made an output: its parts as text or files, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.conventions.axes import index_problem, whole
from app.conventions.fields import array_of, boxes_of
from app.exercise.edit import Problem
from app.files import ReadError, Reading, Said, Ways
from app.files.typed import plain_signs
from app.text import Text
from roipool import Matches, RoIPoolError, identify

FIELDS = ("map", "boxes", "output")
# What another framework made of the same, to be compared with it.
OTHER = "other"

# Everything is tried on it, in the seconds that a reader waits and on a server that others use.
MOST_BOXES, MOST_BINS, MOST_VALUES, MOST_CELLS = 2000, 64, 100_000, 256
# Further out than this, in units of the boxes, lies no picture.
FARTHEST = 10_000
# s of a core that others wait for, as the library estimates them.
BUDGET = 5.0

Given = tuple[str, bytes]
"""Name and content of a file; of what was pasted, the name is empty."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Maps (B, C, H, W), boxes (N, 4 or 5), an output (N, C, PH, PW) and a spatial_scale.

    Attributes
    ----------
    tolerance : how far apart equal values may be; None where that is found out
    how, others : by field, how it was read, and how it might be
    other : what another framework made of the same, where that is given
    budget : s of a core that may be taken
    """

    maps: NDArray[np.floating]
    boxes: NDArray[np.floating]
    output: NDArray[np.floating]
    spatial_scale: float = 1.0
    tolerance: float | None = None
    how: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    others: Mapping[str, Ways] = field(default_factory=dict)
    other: NDArray[np.floating] | None = None
    budget: float = BUDGET

    def answer(self) -> Matches:
        """What may have made the output, the best first."""
        return identify(
            *(self.maps, self.boxes, self.output, self.spatial_scale),
            tolerance=self.tolerance,
            budget=self.budget,
        )


class Refused(dict[str, Problem]):
    """By field why a question cannot be asked; and how it might be, read otherwise."""

    def __init__(
        self, problems: Mapping[str, Problem], others: Mapping[str, Ways] | None = None
    ) -> None:
        super().__init__(problems)
        self.others = dict(others or {})


def pasted(text: str) -> Given:
    """Text that was typed or pasted, as a file.

    Examples
    --------
    >>> pasted("[[1, 2]]")
    ('', b'[[1, 2]]')
    """
    return "", plain_signs(text).encode()


def read(
    given: Mapping[str, Given],
    spatial_scale: float,
    tolerance: float | None = None,
    ways: Mapping[str, Ways] | None = None,
) -> Asked | Refused:
    """What is asked; or, by field, why it cannot be.

    Parameters
    ----------
    ways : by field, the ways that a person chose to read it in
    """
    chosen = ways or {}
    readings: dict[str, Reading[NDArray[np.floating]]] = {}
    refused = Refused({})

    def take(name: str) -> None:
        content = given[name]
        if not content[0] and not content[1].strip():
            refused[name] = Problem(f"identify.none.{name}")
            return
        try:
            if name != "boxes":
                readings[name] = array_of(name, *content, chosen.get(name, ()))
            else:
                images, size = _room(readings.get("map"))
                extent = size[0] / spatial_scale, size[1] / spatial_scale
                readings[name] = boxes_of(*content, chosen.get(name, ()), images, extent)
        except ReadError as error:
            refused[name], refused.others[name] = error.problem, error.others

    asks_two = OTHER in given and any(given[OTHER])
    for name in (*FIELDS, OTHER) if asks_two else FIELDS:
        take(name)
    if refused:
        return refused
    others = {name: reading.others for name, reading in readings.items()}
    read = shaped({name: reading.value for name, reading in readings.items()})
    if isinstance(read, Refused):
        return Refused(read, others)
    if problem := _too_much(read) or (asks_two and _too_much(read, OTHER)):
        return Refused(problem, others)
    how = {name: reading.how for name, reading in readings.items()}
    asked = read["map"], read["boxes"], read["output"], spatial_scale, tolerance, how, others
    return Asked(*asked, read.get(OTHER))


def shaped(read: Mapping[str, NDArray[np.floating]]) -> dict[str, NDArray[np.floating]] | Refused:
    """The fields with all their axes, of which those of length 1 may be missing.

    Examples
    --------
    >>> read = {"map": np.ones((4, 4)), "boxes": np.zeros(5), "output": np.ones((2, 2))}
    >>> [array.shape for array in shaped(read).values()]
    [(1, 1, 4, 4), (1, 5), (1, 1, 2, 2)]
    """
    arrays = dict(read)
    for name in read:
        try:
            arrays[name] = whole(name, arrays)
        except ReadError as error:
            return Refused({name: error.problem})
    return arrays


def _room(maps: Reading[NDArray[np.floating]] | None) -> tuple[int, tuple[int, ...]]:
    """How many images boxes can be on, and (rows, columns) of the map."""
    shape = (1, 1) if maps is None or maps.value.ndim < 2 else maps.value.shape
    return shape[0] if len(shape) == 4 else 1, shape[-2:]


def _too_much(
    read: Mapping[str, NDArray[np.floating]], output: str = "output"
) -> dict[str, Problem]:
    """What is more than can be tried here, by field."""
    high, wide = read[output].shape[2:]
    numbers = read["boxes"][:, -4:]
    limits = {
        "map": ("cells", max(read["map"].shape[2:]), MOST_CELLS),
        "boxes": ("boxes", len(numbers), MOST_BOXES),
        output: ("bins", max(high, wide), MOST_BINS),
    }
    for name, (what, found, most) in limits.items():
        if found > most:
            values = (("found", found), ("most", most))
            return {name: Problem(f"identify.much.{what}", values=values)}
    if read[output].size > MOST_VALUES:
        values = (("found", read[output].size), ("most", MOST_VALUES))
        return {output: Problem("identify.much.values", values=values)}
    if np.isfinite(numbers).all() and np.abs(numbers).max(initial=0) > FARTHEST:
        return {"boxes": Problem("identify.much.far", values=(("most", FARTHEST),))}
    return {}


def find(asked: Asked) -> Matches | Refused:
    """The answer; or, by field, why there is none, in the library's own words.

    Where `undecided` is not 0 it was too much to try all that is usually tried: see `too_much`.
    """
    try:
        return asked.answer()
    except RoIPoolError as error:
        finite = np.isfinite(asked.boxes).all()
        if finite and (problem := index_problem(asked.maps, asked.boxes)):
            return Refused({"boxes": problem}, asked.others)
        # Its messages begin with what they are about: "box 0 has ...", "output has ...".
        about = str(error).partition(" ")[0]
        about = {"box": "boxes", "boxes": "boxes", "output": "output"}.get(about, "map")
        return Refused(
            {about: Problem("identify.refused", values=(("said", error),))}, asked.others
        )


def too_much(undecided: int, text: Text) -> str:
    """How much of what is usually tried was too much, where anything was."""
    return text("identify.budget", count=undecided) if undecided else ""
