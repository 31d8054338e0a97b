"""Region proposals: boxes that may hold an object, by selective search (Uijlings et al., 2013)."""

import numpy as np
from numpy.typing import NDArray

from app.fast_rcnn.boxes import Boxes, areas, overlaps

_LEAST = 8  # pixels along a side
_ANYWHERE = 20


def selective_search(pixels: NDArray[np.uint8], most: int = 2000) -> Boxes:
    """Boxes (N, 4) around regions of a picture (H, W, 3), merged step by step by likeness.

    OpenCV's fast mode. It orders its boxes partly by chance; here those come first whose regions
    are largest, so that a picture has the same list each time. Further than `most` are left out.
    """
    # Large, and only whoever searches needs it.
    import cv2

    search = cv2.ximgproc.segmentation.createSelectiveSearchSegmentation()
    search.setBaseImage(np.ascontiguousarray(pixels[..., ::-1]))
    search.switchToSelectiveSearchFast()
    x, y, wide, high = np.reshape(search.process(), (-1, 4)).T
    boxes = np.stack([x, y, x + wide - 1, y + high - 1], axis=1)
    boxes = np.unique(boxes[(wide >= _LEAST) & (high >= _LEAST)], axis=0).astype(np.float32)
    return boxes[np.argsort(-areas(boxes), kind="stable")][:most]


def scattered(rng: np.random.Generator, objects: Boxes, side: int, most: int = 80) -> Boxes:
    """Boxes (N, 4) around objects, off by more and less, and some anywhere.

    For training, in place of selective search, which takes longer than a step of training.
    """
    size = objects[:, 2:] - objects[:, :2] + 1
    centre = objects[:, :2] + size / 2
    # As many around each, and a few more so that there are some where there is no object.
    each = (most - _ANYWHERE) // max(1, len(objects))
    off = centre[:, None] + rng.normal(0, 0.25, (len(objects), each, 2)) * size[:, None]
    half = size[:, None] * np.exp(rng.normal(0, 0.35, (len(objects), each, 2))) / 2
    corners = rng.uniform(0, side, (_ANYWHERE, 2, 2))
    boxes = np.concatenate(
        [
            np.concatenate([off - half, off + half], axis=-1).reshape(-1, 4),
            np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=-1),
        ]
    )
    boxes = np.clip(np.rint(boxes), 0, side - 1).astype(np.float32)
    kept: Boxes = boxes[(boxes[:, 2:] - boxes[:, :2] + 1 >= _LEAST).all(axis=1)]
    return kept


def recall(proposals: Boxes, objects: Boxes, least: float = 0.5) -> float:
    """How many of the objects some proposal overlaps by at least so much, as a share."""
    if not len(objects):
        return 1.0
    if not len(proposals):
        return 0.0
    return float((overlaps(proposals, objects).max(axis=0) >= least).mean())
