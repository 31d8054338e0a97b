"""Maps, boxes and outputs understood otherwise than they were given.

Some are boxes given in another form, of which the right output was made; the others are boxes given
as they should be, and an output made of them wrongly.
"""

import numpy as np

from tests.roipool.mistakes.kind import Kind

_SWAPPED = [0, 2, 1, 4, 3]


def centred(boxes):
    """(index, cx, cy, w, h) of boxes."""
    index, x1, y1, x2, y2 = boxes.T
    return np.stack([index, (x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1], axis=1)


def sized(boxes):
    """(index, x, y, w, h) of boxes."""
    index, x1, y1, x2, y2 = boxes.T
    return np.stack([index, x1, y1, x2 - x1, y2 - y1], axis=1)


def _given(name, form, *readings, **scene):
    """Boxes are given in another form, and the output is the right one."""

    def make(scene):
        return scene.instance(scene.pooled(), boxes=form(scene))

    return Kind(name, make, readings, **scene)


def _of_fractions(name, form, whole, *readings, **scene):
    """Fractions are given to six digits, and the output is made of just what they stand for."""

    def make(scene):
        rows = (form(scene.boxes) / scene.extent).round(6)
        cells = rows * scene.extent
        return scene.instance(scene.pooled(boxes=whole(cells)), boxes=rows)

    return Kind(name, make, readings, **scene)


def cornered(rows):
    """(index, x1, y1, x2, y2) of rows of a centre and a size."""
    index, x, y, w, h = rows.T
    return np.stack([index, x - w / 2, y - h / 2, x + w / 2, y + h / 2], axis=1)


def _done(name, misread, *readings, **scene):
    """Boxes are given as they should be, and pooled otherwise."""

    def make(scene):
        return scene.instance(scene.pooled(**misread(scene)))

    return Kind(name, make, readings, **scene)


def _yolo(scene):
    """YOLO's rows: a class, and fractions of the centre and the size."""
    rows = (centred(scene.boxes) / scene.extent).round(6)
    boxes = cornered(rows * scene.extent)
    rows[:, 0] = np.arange(len(rows)) % 7 + 2
    return scene.instance(scene.pooled(boxes=boxes), boxes=rows)


def _tensorflow(scene):
    """Fractions y1, x1, y2, x2."""
    rows = (scene.boxes / scene.extent).round(6)
    return scene.instance(scene.pooled(boxes=rows * scene.extent), boxes=rows[:, _SWAPPED])


def _class_last(scene):
    return np.column_stack([scene.boxes[:, 1:], 3 + np.arange(len(scene.boxes))])


def _index_by(by):
    def form(scene):
        boxes = scene.boxes.copy()
        boxes[:, 0] += by
        return boxes

    return form


def _index_misread(scene):
    boxes = scene.boxes.copy()
    boxes[:, 0] = (boxes[:, 0] - 1) % len(scene.maps)
    return {"boxes": boxes}


def _two_scales(axes):
    def misread(scene):
        stride = round(1 / scene.scale)
        other = stride + np.array([-1, 1]) if axes == "both" else np.array([stride, stride - 1])
        across, down = other if axes != "across" else other[::-1]
        by = np.array([1, 1 / across, 1 / down, 1 / across, 1 / down])
        return {"boxes": scene.boxes * by, "scale": 1.0}

    return misread


def _of_picture(scene):
    """The map's height and width by the picture's, which is no multiple of the stride."""
    less = scene.rng.uniform(0.1, 0.95, 2) / scene.scale
    wide, high = scene.extent[1:3] - np.floor(less)
    rows, cols = scene.maps.shape[2:]
    by = np.array([1, cols / wide, rows / high, cols / wide, rows / high])
    return {"boxes": scene.boxes * by, "scale": 1.0}


_OTHER_SCALES = ("scales", "scale_down", "scale_across")


def _in_another_order(how):
    def misread(scene):
        boxes = scene.boxes
        order = {
            "reversed": np.arange(len(boxes))[::-1],
            "by_image": np.argsort(boxes[:, 0], kind="stable"),
        }[how]
        return {"boxes": boxes[order]}

    return misread


def _shuffled(scene):
    order = np.roll(np.arange(len(scene.boxes)), 1)
    return scene.instance(scene.pooled(boxes=scene.boxes[order]))


def _nhwc(which):
    to_last = (0, 2, 3, 1)

    def make(scene):
        output = scene.pooled()
        maps = scene.maps if which == "output" else scene.maps.transpose(to_last)
        output = output if which == "map" else output.transpose(to_last)
        return scene.instance(output, maps=maps)

    return Kind(f"channels last: {which}", make, (_NHWC[which],))


_NHWC = {"map": "map_nhwc", "output": "output_nhwc", "both": "map_nhwc+output_nhwc"}

# No kind of its own: how large pictures were can be told from a few boxes no closer than they are.
PICTURES = _done(
    "pictures of another size", _of_picture, *_OTHER_SCALES, strides=(8, 16), counts=(6, 9)
)

MISREADINGS = (
    _of_fractions("fractions of the map", np.array, np.array, "fractions"),
    _done("taken for fractions", lambda s: {"boxes": s.boxes / s.extent}, "as_fractions"),
    Kind("fractions y1, x1, y2, x2", _tensorflow, ("swapped_xy+fractions",)),
    _of_fractions("fractions of centre and size", centred, cornered, "centre_size+fractions"),
    _of_fractions(
        "fractions x, y, w, h",
        sized,
        lambda rows: np.hstack([rows[:, :3], rows[:, 1:3] + rows[:, 3:]]),
        "xywh+fractions",
    ),
    Kind("YOLO's rows", _yolo, ("one_image+centre_size+fractions",), images=(1,)),
    _given("index last", lambda s: s.boxes[:, [1, 2, 3, 4, 0]], "index_last", "class_last"),
    _given("class last", _class_last, "class_last", images=(1,)),
    _given(
        "class first",
        lambda s: np.column_stack([3 + np.arange(len(s.boxes)), s.boxes[:, 1:]]),
        "one_image",
        images=(1,),
    ),
    _given("index and corners from 1", lambda s: s.boxes + 1, "from_1", strides=(1,)),
    _given("index from 1", _index_by(1), "index_by", "one_image"),
    _done("index off by one", _index_misread, "index_by", images=(3, 4)),
    _done(
        "index left out",
        lambda s: {"boxes": s.boxes * [0, 1, 1, 1, 1]},
        "one_image",
        images=(2, 3),
    ),
    _given("y1, x1, y2, x2", lambda s: s.boxes[:, _SWAPPED], "swapped_xy"),
    _given("x, y, w, h", lambda s: sized(s.boxes), "xywh"),
    _given("centre and size", lambda s: centred(s.boxes), "centre_size"),
    _done("centre and size as corners", lambda s: {"boxes": centred(s.boxes)}, "as_centre_size"),
    _done("x, y, w, h as corners", lambda s: {"boxes": sized(s.boxes)}, "as_xywh"),
    _done("scale twice", lambda s: {"scale": s.scale**2}, "scale_twice", strides=(4, 8, 16)),
    _done("scale forgotten", lambda s: {"scale": 1.0}, "scale_forgotten", strides=(4, 8, 16)),
    _done("another stride", lambda s: {"scale": s.scale * 2}, "stride", strides=(8, 16, 32)),
    _done("another scale down", _two_scales("down"), "scale_down", strides=(8, 16)),
    _done("another scale across", _two_scales("across"), "scale_across", strides=(8, 16)),
    _done("other scales both ways", _two_scales("both"), *_OTHER_SCALES, strides=(8, 16)),
    _nhwc("map"),
    _nhwc("output"),
    _nhwc("both"),
    _done(
        "channels reversed",
        lambda s: {"maps": s.maps[:, ::-1]},
        "channels_reversed",
        channels=(2, 3),
    ),
    _done("mirrored", lambda s: {"maps": s.maps[..., ::-1]}, "mirrored_x"),
    _done("upside down", lambda s: {"maps": s.maps[:, :, ::-1]}, "mirrored_y"),
    _done("turned", lambda s: {"maps": s.maps[:, :, ::-1, ::-1]}, "turned"),
    _done("last box first", _in_another_order("reversed"), "reversed", "by_image"),
    _done("image by image", _in_another_order("by_image"), "by_image", "reversed", images=(2, 3)),
    Kind("any order", _shuffled, ("reordered", "reversed", "by_image"), images=(1, 2), alike=True),
)
