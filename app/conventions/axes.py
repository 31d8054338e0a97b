"""The axes of what was read for a question: those of length 1 may be missing."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.exercise.edit import Problem, no_such_image
from app.files import ReadError


def whole(name: str, read: Mapping[str, NDArray[np.floating]]) -> NDArray[np.floating]:
    """What was read as a field, with all its axes; the map and the boxes come before the outputs.

    Raises
    ------
    ReadError
        It has too few or too many of them.

    Examples
    --------
    >>> whole("map", {"map": np.ones((4, 4))}).shape
    (1, 1, 4, 4)
    """
    if name == "map":
        return _maps(read)
    return _boxes(read) if name == "boxes" else _output(read, name)


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
    if len(array) == 1 and (problem := index_problem(read["map"], array)):
        raise ReadError(problem)
    return array


def index_problem(maps: NDArray[np.floating], boxes: NDArray[np.floating]) -> Problem | None:
    """Why the first column is no batch index, if it is none."""
    images = len(maps)
    if boxes.shape[1] == 5:
        for i, index in enumerate(boxes[:, 0].tolist()):
            if index not in range(images):
                return no_such_image(index, images, box=i)
    return None


def _output(read: Mapping[str, NDArray[np.floating]], name: str = "output") -> NDArray[np.floating]:
    """(N, C, PH, PW): axes of length 1 may be missing, and planes may stand below one another."""
    array = read[name]
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
