"""Boxes in JSON as annotation programs write them: objects, each with its box and its picture.

COCO's annotations and results have ``"bbox": [x, y, width, height]``, LabelMe's shapes two corners
or a polygon, torchvision's dictionaries rows of corners, and others name the four numbers.
"""

from math import hypot
from typing import Any

import numpy as np

from app.exercise.limits import MAX_BOXES
from app.exercise.record import Box
from app.files import columns
from app.files.box_tables import Extent, image_indices, placed
from app.files.doubts import Doubts
from app.files.problems import reject

# Under which name an object holds its box, its picture, and boxes of a whole picture.
_BOX = ("bbox", "box", "bndbox", "bounding_box", "boundingBox", "BoundingBox", "rect")
_IMAGE = ("image_id", "imageId", "image_index", "file_name", "filename", "image")
_BESIDE_BOXES = ("labels", "scores", "classes", "class_ids")
# Detectron2's BoxMode.
_MODES = {0: "corners", 1: "size", "XYXY_ABS": "corners", "XYWH_ABS": "size"}

_Found = tuple[object, list[float]]
"""The picture that an object names, and the corners of its box."""


def are(data: Any) -> bool:
    """Whether what a JSON text holds are annotations, and not lists of numbers under a name."""
    if isinstance(data, list):
        return bool(data) and all(isinstance(one, dict) for one in data)
    if not isinstance(data, dict):
        return False
    lists = [data.get(name) for name in ("annotations", "shapes")]
    return any(isinstance(one, list) for one in lists) or _is_record(data) or _is_picture(data)


def boxes(data: Any, images: int, extent: Extent | None, doubts: Doubts) -> tuple[Box, ...]:
    """The boxes of annotations.

    Raises
    ------
    ReadError
        Objects without a box that is known, more pictures than images, too many boxes.
    """
    found = _labelme(data, doubts) if _holds(data, "shapes") else _objects(data, doubts)
    if not found:
        return ()
    index = image_indices([picture for picture, _ in found], images, doubts)
    corners = np.array([numbers for _, numbers in found])
    return placed(np.array(index), corners, images, extent, doubts)


def _holds(data: Any, name: str) -> bool:
    return isinstance(data, dict) and isinstance(data.get(name), list)


def _objects(data: Any, doubts: Doubts) -> list[_Found]:
    objects = data["annotations"] if _holds(data, "annotations") else data
    objects = objects if isinstance(objects, list) else [objects]
    if len(objects) > MAX_BOXES:
        raise reject("boxes.too_many", count=len(objects), most=MAX_BOXES)
    found: list[_Found] = []
    for i, one in enumerate(objects):
        if not isinstance(one, dict):
            raise reject("annotations.object", index=i)
        if _is_picture(one):
            doubts.say("torchvision")
            found += [(float(i), _four(row, i)) for row in one["boxes"]]
        else:
            picture = next((one[name] for name in _IMAGE if _is_name(one.get(name))), 0.0)
            found.append((picture, _corners(one, i, doubts)))
    if len(found) > MAX_BOXES:
        raise reject("boxes.too_many", count=len(found), most=MAX_BOXES)
    return found


def _is_name(value: object) -> bool:
    return isinstance(value, (str, float))


def _is_picture(data: dict[str, Any]) -> bool:
    """Whether an object holds all boxes of a picture, as torchvision's detectors return them."""
    return isinstance(data.get("boxes"), list) and any(name in data for name in _BESIDE_BOXES)


def _is_record(data: dict[str, Any]) -> bool:
    held = next((data[name] for name in _BOX if name in data), data)
    return not isinstance(held, dict) or columns.roles(list(held)) is not None


def _corners(one: dict[str, Any], i: int, doubts: Doubts) -> list[float]:
    held = next((one[name] for name in _BOX if name in one), one)
    if isinstance(held, list):
        four = _four(held, i)
        mode = one.get("bbox_mode")
        known = _MODES.get(mode) if isinstance(mode, (str, float)) else None
        way = known or doubts.settle("coco", ["size", "corners"])
        doubts.say(f"coco.{way}")
        return _as_corners(four, ("x", "y", "w", "h") if way == "size" else ("x1",))
    names = list(held) if isinstance(held, dict) else []
    roles = columns.roles(names)
    four_names = columns.geometry(roles) if roles else None
    if roles is None or four_names is None:
        raise reject("annotations.object", index=i)
    four = _four([held[names[roles.index(role)]] for role in four_names], i)
    doubts.say("annotations", columns=", ".join(names[roles.index(role)] for role in four_names))
    return _as_corners(four, four_names)


def _labelme(data: dict[str, Any], doubts: Doubts) -> list[_Found]:
    """Boxes around LabelMe's shapes."""
    shapes = data["shapes"]
    if len(shapes) > MAX_BOXES:
        raise reject("boxes.too_many", count=len(shapes), most=MAX_BOXES)
    doubts.say("labelme")
    found: list[_Found] = []
    for i, shape in enumerate(shapes):
        points = shape.get("points") if isinstance(shape, dict) else None
        if not isinstance(points, list) or len(points) < 2:
            raise reject("annotations.object", index=i)
        flat = [value for point in points for value in _numbers(point, 2, i)]
        xs, ys = flat[::2], flat[1::2]
        if shape.get("shape_type") == "circle":
            reach = hypot(xs[1] - xs[0], ys[1] - ys[0])
            xs, ys = ([at - reach, at + reach] for at in (xs[0], ys[0]))
        if shape.get("shape_type", "rectangle") != "rectangle":
            doubts.say("labelme.around")
        found.append((0.0, [min(xs), min(ys), max(xs), max(ys)]))
    return found


def _as_corners(four: list[float], names: tuple[str, ...]) -> list[float]:
    corners: list[float] = columns.as_corners(np.array([four]), names)[0].tolist()
    return corners


def _four(row: Any, i: int) -> list[float]:
    return _numbers(row, 4, i)


def _numbers(row: Any, count: int, i: int) -> list[float]:
    if not isinstance(row, list) or len(row) != count or not all(map(_is_number, row)):
        raise reject("annotations.numbers", index=i, count=count)
    return [float(value) for value in row]


def _is_number(value: object) -> bool:
    return isinstance(value, float) and bool(np.isfinite(value))
