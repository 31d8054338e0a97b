"""The whole exercise as a short text for the query string of a link, and back.

A code is a version digit and the base64 of compressed JSON. What it says is checked as anything
that a stranger sends: a code that cannot be read is a `LinkError`, whatever is wrong with it.
"""

import base64
import json
import math
import zlib
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

import numpy as np

from app.exercise.edit import Problem
from app.exercise.feature_maps import FIXED, make_cells
from app.exercise.gradient import canonical, is_gradient
from app.exercise.limits import MAX_BINS, MAX_BOXES, MAX_CHANNELS, MAX_IMAGES, MAX_SIDE, MIN_SIDE
from app.exercise.link_values import finite, is_infinite, items, short, side, whole
from app.exercise.maps import Maps
from app.exercise.record import Box, Exercise, Gradient
from roipool import PRESETS, Convention

CUSTOM = "custom"
"""Name of every convention that is no preset: a link brings choices, and no words."""

# Characters that chats, mails and proxies carry. A small exercise stays far below.
MOST_CHARACTERS = 8000
# Of a convention: a name is no choice, and these choices no page offers, for none can show them.
# All maps of exercises are of one dtype, and their boxes name images that are there.
_UNTOLD = ("name", "missing_image", "product", "nan")
# Bytes that a code may unfold to: more than any that is short enough to be made here needs.
_MOST_BYTES = 1 << 20


class LinkError(ValueError):
    """A link that cannot be opened, or made; `problem` says why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.problem = Problem(f"link.{key}", values=tuple(values.items()))


def encode(exercise: Exercise) -> str:
    """The code of an exercise, which `decode` makes the same exercise of.

    Raises
    ------
    LinkError
        If it would be longer than a link can be.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> code = encode(article_exercise())
    >>> len(code) < 100, decode(code) == article_exercise()
    (True, True)
    """
    code = _code(exercise)
    if code is None:
        raise LinkError("too_long", most=MOST_CHARACTERS)
    return code


@lru_cache(maxsize=16)
def _code(exercise: Exercise) -> str | None:
    told: dict[str, Any] = {
        "m": _write_maps(exercise.maps),
        "b": [[short(value) for value in box] for box in exercise.boxes],
        "o": exercise.output_size,
        "c": _write_convention(exercise.rule),
        "k": short(exercise.spatial_scale),
        "l": [exercise.selected, exercise.image, exercise.channel],
    }
    if exercise.gradient:
        told["g"] = [[[short(value) for value in row] for row in box] for box in exercise.gradient]
    if told["m"] is None:
        return None
    packed = zlib.compress(json.dumps(told, separators=(",", ":")).encode(), 9)
    code = "1" + base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return code if len(code) <= MOST_CHARACTERS else None


def decode(code: str) -> Exercise:
    """The exercise of a code.

    Raises
    ------
    LinkError
        If the code is broken, of a version that is not known, or says what no exercise can be.
    """
    if len(code) > MOST_CHARACTERS:
        raise LinkError("broken")
    read = _VERSIONS.get(code[:1])
    if read is None:
        raise LinkError("version" if code[:1].isdigit() else "broken")
    try:
        return read(_unpack(code[1:]))
    # Whatever a stranger made of it, and each of these is a sign that it was not made here.
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError) as error:
        raise LinkError("broken") from error


def _unpack(text: str) -> Any:
    packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    unfolding = zlib.decompressobj()
    try:
        unfolded = unfolding.decompress(packed, _MOST_BYTES)
    except zlib.error as error:
        raise ValueError("damaged") from error
    # The end holds a checksum: where it is missing the code was cut, or unfolds to too much.
    if not unfolding.eof or unfolding.unused_data:
        raise ValueError("cut, or too much")
    return json.loads(unfolded)


def _read_first(told: Any) -> Exercise:
    maps = _read_maps(told["m"])
    boxes = tuple(_read_box(row, maps.images) for row in items(told["b"], 0, MAX_BOXES))
    high, wide = (whole(count, 1, MAX_BINS) for count in items(told["o"], 2, 2))
    selected, image, channel = items(told["l"], 3, 3)
    return Exercise(
        maps=maps,
        boxes=boxes,
        output_size=(high, wide),
        convention=_read_convention(told["c"]),
        selected=whole(selected, 0, max(0, len(boxes) - 1)),
        spatial_scale=_scale(told["k"]),
        image=whole(image, 0, maps.images - 1),
        channel=whole(channel, 0, maps.channels - 1),
        # Links from before there was one say nothing of it.
        gradient=_read_gradient(told.get("g", [])),
    )


_VERSIONS: dict[str, Callable[[Any], Exercise]] = {"1": _read_first}


def _write_maps(maps: Maps) -> list[Any] | None:
    for kind in FIXED:
        # The shape goes with the name, since not every map that is as large is this one.
        if maps.array.shape[:2] == (1, 1) and maps == Maps(make_cells(kind, *maps.size)):
            return [kind, *maps.size]
    # Not even repeated digits would fit, and writing a million of them would take a second.
    if maps.array.size > 8 * MOST_CHARACTERS:
        return None
    return [list(maps.array.shape), [short(value) for value in maps.array.ravel().tolist()]]


def _read_maps(told: Any) -> Maps:
    if isinstance(told[0], str):
        kind, rows, cols = items(told, 3, 3)
        if kind not in FIXED:
            raise ValueError("no such map")
        return Maps(make_cells(kind, whole(rows, MIN_SIDE, MAX_SIDE), side(cols)))
    shape, values = items(told, 2, 2)
    images, channels, rows, cols = items(shape, 4, 4)
    shape = (
        whole(images, 1, MAX_IMAGES),
        whole(channels, 1, MAX_CHANNELS),
        side(rows),
        side(cols),
    )
    count = math.prod(shape)
    numbers = [finite(value) for value in items(values, count, count)]
    return Maps(np.array(numbers).reshape(shape))


def _write_convention(rule: Convention) -> str | list[Any]:
    if PRESETS.get(rule.name) == rule:
        return rule.name
    # JSON knows no infinities.
    return [str(value) if is_infinite(value) else value for value in _choices(rule).values()]


def _choices(rule: Convention) -> dict[str, Any]:
    return {field: value for field, value in asdict(rule).items() if field not in _UNTOLD}


def _read_convention(told: Any) -> str | Convention:
    if isinstance(told, str):
        return PRESETS[told].name
    model = _choices(PRESETS["article"])
    values = [float(value) if value in ("inf", "-inf") else value for value in items(told, 9, 9)]
    chosen: dict[str, Any] = dict(zip(model, values, strict=True))
    for field in ("min_cells", "empty_argmax"):
        chosen[field] = whole(chosen[field], -1, 1)
    if chosen["degenerate_argmax"] is not None:
        chosen["degenerate_argmax"] = whole(chosen["degenerate_argmax"], -1, 0)
    for field in ("empty_value", "lowest"):
        value = chosen[field]
        if value is not None and not is_infinite(value):
            chosen[field] = finite(value)
    if not isinstance(chosen["inclusive_end"], bool) or chosen["arithmetic"] == "map":
        raise ValueError("no choice")
    return with_name(Convention(name=CUSTOM, **chosen))


def _read_box(told: Any, images: int) -> Box:
    index, x1, y1, x2, y2 = items(told, 5, 5)
    corners = finite(x1), finite(y1), finite(x2), finite(y2)
    return (float(whole(index, 0, images - 1)), *corners)


def _read_gradient(told: Any) -> Gradient:
    boxes = [
        [items(row, 0, MAX_BINS) for row in items(box, 0, MAX_BINS)]
        for box in items(told, 0, MAX_BOXES)
    ]
    if not all(is_gradient(value) for box in boxes for row in box for value in row):
        raise ValueError("no gradient")
    return canonical(boxes)


def _scale(told: Any) -> float:
    scale = finite(told)
    if not 1e-3 <= scale <= 1e3:
        raise ValueError("no scale")
    return scale


def with_name(rule: Convention) -> str | Convention:
    """A convention by its preset's name where it is one, else under the name of all others."""
    for name, preset in PRESETS.items():
        if replace(rule, name=name) == preset:
            return name
    return replace(rule, name=CUSTOM)
