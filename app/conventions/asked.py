"""The question which convention made an output: its parts as text or files, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.exercise.edit import Problem, no_such_image
from app.files import ReadError, read_array
from app.text import Text
from roipool import Matches, RoIPoolError, identify

FIELDS = ("map", "boxes", "output")

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
    """Maps (B, C, H, W), boxes (N, 4 or 5), an output (N, C, PH, PW) and a spatial_scale."""

    maps: NDArray[np.floating]
    boxes: NDArray[np.floating]
    output: NDArray[np.floating]
    spatial_scale: float = 1.0

    def answer(self) -> Matches:
        """What may have made the output, the best first."""
        return identify(self.maps, self.boxes, self.output, self.spatial_scale, budget=BUDGET)


def pasted(text: str) -> Given:
    """Text that was typed or pasted, as a file.

    Examples
    --------
    >>> pasted("[[1, 2]]")
    ('', b'[[1, 2]]')
    """
    return "", text.encode()


def read(given: Mapping[str, Given], spatial_scale: float) -> Asked | dict[str, Problem]:
    """What is asked; or, by field, why it cannot be."""
    read: dict[str, NDArray[np.floating]] = {}
    problems: dict[str, Problem] = {}
    for field in FIELDS:
        name, content = given[field]
        if not name and not content.strip():
            problems[field] = Problem(f"identify.none.{field}")
            continue
        try:
            read[field] = read_array(name, content)
        except ReadError as error:
            problems[field] = error.problem
    if problems:
        return problems
    for field, shaped in (("map", _maps), ("boxes", _boxes), ("output", _output)):
        try:
            read[field] = shaped(read)
        except ReadError as error:
            return {field: error.problem}
    problem = _too_much(read)
    return problem or Asked(read["map"], read["boxes"], read["output"], spatial_scale)


def _too_much(read: Mapping[str, NDArray[np.floating]]) -> dict[str, Problem]:
    """What is more than can be tried here, by field."""
    high, wide = read["output"].shape[2:]
    numbers = read["boxes"][:, -4:]
    limits = {
        "map": ("cells", max(read["map"].shape[2:]), MOST_CELLS),
        "boxes": ("boxes", len(numbers), MOST_BOXES),
        "output": ("bins", max(high, wide), MOST_BINS),
    }
    for field, (what, found, most) in limits.items():
        if found > most:
            values = (("found", found), ("most", most))
            return {field: Problem(f"identify.much.{what}", values=values)}
    if read["output"].size > MOST_VALUES:
        values = (("found", read["output"].size), ("most", MOST_VALUES))
        return {"output": Problem("identify.much.values", values=values)}
    if np.isfinite(numbers).all() and np.abs(numbers).max(initial=0) > FARTHEST:
        return {"boxes": Problem("identify.much.far", values=(("most", FARTHEST),))}
    return {}


def find(asked: Asked) -> Matches | dict[str, Problem]:
    """The answer; or, by field, why there is none, in the library's own words.

    Where `undecided` is not 0 it was too much to try all that is usually tried: see `too_much`.
    """
    try:
        return asked.answer()
    except RoIPoolError as error:
        finite = np.isfinite(asked.boxes).all()
        if finite and (problem := _index_problem(asked.maps, asked.boxes)):
            return {"boxes": problem}
        # Its messages begin with what they are about: "box 0 has ...", "output has ...".
        about = str(error).partition(" ")[0]
        field = {"box": "boxes", "boxes": "boxes", "output": "output"}.get(about, "map")
        return {field: Problem("identify.refused", values=(("said", error),))}


def too_much(undecided: int, text: Text) -> str:
    """How much of what is usually tried was too much, where anything was."""
    return text("identify.budget", count=undecided) if undecided else ""


def _maps(read: Mapping[str, NDArray[np.floating]]) -> NDArray[np.floating]:
    array = read["map"]
    if array.ndim < 2:
        raise _reject("identify.map", array)
    return array.reshape((1,) * (4 - array.ndim) + array.shape)


def _boxes(read: Mapping[str, NDArray[np.floating]]) -> NDArray[np.floating]:
    array = np.atleast_2d(read["boxes"])
    if array.ndim != 2 or array.shape[1] not in (4, 5):
        raise _reject("identify.boxes", array)
    # Of several rows the search may find what else the first column is: the first corner, say.
    if len(array) == 1 and (problem := _index_problem(read["map"], array)):
        raise ReadError(problem)
    return array


def _index_problem(maps: NDArray[np.floating], boxes: NDArray[np.floating]) -> Problem | None:
    """Why the first column is no batch index, if it is none."""
    images = len(maps)
    if boxes.shape[1] == 5:
        for i, index in enumerate(boxes[:, 0].tolist()):
            if index not in range(images):
                return no_such_image(index, images, box=i)
    return None


def _output(read: Mapping[str, NDArray[np.floating]]) -> NDArray[np.floating]:
    """(N, C, PH, PW): axes of length 1 may be missing, and planes may stand below one another."""
    array = read["output"]
    planes = len(read["boxes"]), read["map"].shape[1]
    count = planes[0] * planes[1]
    if array.ndim == 4 and array.shape[:2] == planes:
        return array
    # Channels may stand last, in the output, in the map or in both.
    channels = {read["map"].shape[1], read["map"].shape[3]}
    if array.ndim == 4 and len(array) == planes[0] and channels & {*array.shape[1::2]}:
        return array
    if array.ndim == 3 and len(array) == count:
        return array.reshape(*planes, *array.shape[1:])
    if array.ndim == 2 and len(array) % count == 0:
        return array.reshape(*planes, -1, array.shape[1])
    raise _reject("identify.output", array, boxes=planes[0], channels=planes[1])


def _reject(key: str, array: NDArray[Any], **values: object) -> ReadError:
    shape = "×".join(map(str, array.shape))
    return ReadError(Problem(key, values=(("shape", shape), *values.items())))
