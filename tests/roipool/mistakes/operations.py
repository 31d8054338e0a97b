"""What is done in place of RoI pooling, written down plainly."""

import numpy as np

from roipool import roi_align
from roipool.resize import crop_and_resize
from tests.roipool.mistakes.kind import Kind


def _smooth(scene):
    """Maps whose samples and averages are no cells, and of the size that features have."""
    return scene.maps / np.float32(scene.maps.max())


def _align(ratio, aligned, mode="avg"):
    def make(scene):
        maps = _smooth(scene)
        output = roi_align(maps, scene.boxes, scene.size, scene.scale, ratio, aligned, mode=mode)
        return scene.instance(output, maps=maps)

    choices = {"operation": "align", "aligned": aligned, "sampling_ratio": ratio}
    if mode != "avg":
        choices["mode"] = mode
    return Kind(f"RoIAlign, {mode}, aligned={aligned}, {ratio} samples", make, rules=(choices,))


def _crop_and_resize(many, nearest=False):
    def make(scene):
        maps = _smooth(scene)
        output = crop_and_resize(maps, scene.boxes, scene.size, scene.scale, many, nearest)
        return scene.instance(output, maps=maps)

    name = f"crop_and_resize, {'nearest' if nearest else 'bilinear'}, {many} samples"
    rule = {"operation": "resize", "pooled": many, "nearest": nearest}
    return Kind(name, make, rules=(rule,))


def _lines(cells, count, how):
    """Of each sample along an axis: the cell below, the one above, the weight of the latter."""
    for i in range(count):
        if how == "nearest":
            place = i * cells // count
        elif how == "nearest_middle":
            place = (2 * i + 1) * cells // (2 * count)
        elif how == "bilinear":
            place = max(0.0, (i + 0.5) * cells / count - 0.5)
        elif how == "bilinear_legacy":
            place = i * cells / count
        else:
            place = i * (cells - 1) / (count - 1)
        low = min(int(place), cells - 1)
        yield low, min(low + 1, cells - 1), place - low


def _resized_crop(how, rounded, last):
    def make(scene):
        maps, (high, wide) = _smooth(scene), scene.size
        output = np.zeros((len(scene.boxes), maps.shape[1], high, wide), np.float32)
        up = 0.0 if rounded == "floor" else 0.5
        for n, corners in enumerate(scene.cells.tolist()):
            x1, y1, x2, y2 = (int(corner + up) for corner in corners)
            crop = maps[int(scene.boxes[n, 0]), :, y1 : y2 + last, x1 : x2 + last].astype(float)
            for i, (top, bottom, down) in enumerate(_lines(crop.shape[1], high, how)):
                for j, (left, right, across) in enumerate(_lines(crop.shape[2], wide, how)):
                    above = crop[:, top, left] * (1 - across) + crop[:, top, right] * across
                    below = crop[:, bottom, left] * (1 - across) + crop[:, bottom, right] * across
                    output[n, :, i, j] = above * (1 - down) + below * down
        return scene.instance(output, maps=maps)

    rule = {"operation": "crop", "how": how, "rounded": rounded, "last": last}
    return Kind(f"crop resized, {how}, {rounded}, last={last}", make, rules=(rule,))


OPERATIONS = (
    *(
        _resized_crop(how, rounded, last)
        for how, rounded, last in (
            ("nearest", "floor", 0),
            ("nearest_middle", "floor", 0),
            ("bilinear", "floor", 0),
            ("bilinear_legacy", "floor", 0),
            ("bilinear_corners", "floor", 0),
            ("bilinear", "half_away", 1),
            ("nearest", "half_away", 0),
        )
    ),
    *(_align(ratio, aligned) for ratio in (0, 1, 2, 3, 5, 8, 16) for aligned in (True, False)),
    *(_align(*one) for one in ((2, True, "max"), (0, False, "max"), (2, True, "onnx_max"))),
    _crop_and_resize(1),
    _crop_and_resize(2),
    _crop_and_resize(1, nearest=True),
    _crop_and_resize(2, nearest=True),
)
