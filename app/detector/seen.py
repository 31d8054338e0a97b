"""What the detector makes of a picture, stage by stage: everything that its page shows."""

from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.detector.sources import Source
from app.exercise.limits import MAX_DETECTED
from app.fast_rcnn.boxes import Boxes, areas, overlaps
from app.fast_rcnn.detect import Detections, detect
from app.fast_rcnn.evaluation import RIGHT, objects_found
from app.fast_rcnn.network import Weights
from app.fast_rcnn.pictures import CLASSES
from app.fast_rcnn.proposals import selective_search

# Detections of less are left out where they are drawn: mAP wants them all, people do not.
LEAST_SHOWN = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """The proposals for a picture, (N, 4) in its pixels, and how long their search took."""

    boxes: Boxes
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A picture on its way through the detector.

    Attributes
    ----------
    source : the picture, as selective search sees it
    network : the name of the network that looked at it
    size : (rows, columns) of pixels that the network sees; all boxes are in these pixels
    proposals : (N, 4), the largest first
    detections : what the network says of them; without the pooled maps, which can be had again
    shown : indices of the detections that are drawn; none where the classes mean nothing
    matches : for each of these, the object that it finds, or -1
    covered : for each object, the number of the first proposal that covers it, or 0
    seconds : what each stage took
    """

    source: Source
    network: str
    size: tuple[int, int]
    proposals: Boxes
    detections: Detections
    shown: list[int]
    matches: list[int]
    covered: list[int]
    seconds: dict[str, float]

    @property
    def objects(self) -> Boxes:
        """What is in the picture, (M, 4); nothing where nobody knows."""
        return _none() if self.source.objects is None else self.source.objects

    @property
    def labels(self) -> list[int]:
        """The class of each object, from 1."""
        return [] if self.source.labels is None else self.source.labels.tolist()


def search(source: Source) -> Searched:
    """The proposals for a picture: the same for every network."""
    started = perf_counter()
    boxes = without_frame(selective_search(source.pixels), source.pixels.shape[:2])
    return Searched(boxes, perf_counter() - started)


def see(
    source: Source, weights: Weights, network: str = "shipped", searched: Searched | None = None
) -> Seen:
    """Take a picture through all stages, or those after its search, with the time of each."""
    searched = searched or search(source)
    pixels = _for_network(source.pixels)
    rows, cols = pixels.shape[:2]
    proposals = rescaled(searched.boxes, source.pixels.shape[:2], (rows, cols))
    detections = detect(weights, pixels, proposals)
    shown, matches = _judged(source, detections)
    return Seen(
        source=source,
        network=network,
        size=(rows, cols),
        proposals=proposals,
        detections=replace(detections, pooled=detections.pooled[:0]),
        shown=shown,
        matches=matches,
        covered=[] if source.objects is None else first_covering(proposals, source.objects),
        seconds={"search": searched.seconds, **detections.seconds},
    )


def without_frame(boxes: Boxes, size: tuple[int, int]) -> Boxes:
    """The boxes, or none where the only one is the whole picture: then nothing stands out in it.

    Examples
    --------
    >>> without_frame(np.float32([[0, 0, 9, 9]]), (10, 10)).shape
    (0, 4)
    """
    rows, cols = size
    alone = len(boxes) == 1 and areas(boxes)[0] == rows * cols
    return boxes[:0] if alone else boxes


def rescaled(boxes: Boxes, size: tuple[int, int], to: tuple[int, int]) -> Boxes:
    """Boxes (N, 4) of a picture, in the pixels of the same picture in another (rows, columns).

    Examples
    --------
    >>> rescaled(np.float32([[2, 0, 9, 9]]), (10, 10), (5, 5))
    array([[1., 0., 4., 4.]], dtype=float32)
    """
    down, across = to[0] / size[0], to[1] / size[1]
    factors = np.array([across, down, across, down], np.float32)
    last = np.array([0, 0, 1, 1], np.float32)  # the end of the last pixel, not its beginning
    moved: Boxes = ((boxes + last) * factors - last).astype(np.float32)
    return moved


def first_covering(proposals: Boxes, objects: Boxes) -> list[int]:
    """For each object the number, from 1, of the first proposal that overlaps it by a half; or 0.

    Examples
    --------
    >>> boxes = np.float32([[50, 50, 59, 59], [0, 0, 9, 9]])
    >>> first_covering(boxes, np.float32([[0, 0, 9, 7], [90, 90, 99, 99]]))
    [2, 0]
    """
    if not len(proposals):
        return [0] * len(objects)
    enough = overlaps(proposals, objects) >= RIGHT
    first = np.where(enough.any(axis=0), 1 + enough.argmax(axis=0), 0)
    return [int(number) for number in first]


def _judged(source: Source, detections: Detections) -> tuple[list[int], list[int]]:
    """The detections to draw, and the object that each finds; of a made picture only."""
    if source.objects is None or source.labels is None:
        return [], []
    shown = np.flatnonzero(detections.scores >= LEAST_SHOWN)
    matches = np.full(len(shown), -1)
    for label in range(1, 1 + len(CLASSES)):
        mine = np.flatnonzero(detections.labels[shown] == label)
        there = np.flatnonzero(source.labels == label)
        found = objects_found(detections.boxes[shown[mine]], source.objects[there])
        matches[mine] = [there[n] if n >= 0 else -1 for n in found]
    return shown.tolist(), matches.tolist()


def _for_network(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture as large as its map fits on the stage."""
    rows, cols = pixels.shape[:2]
    if max(rows, cols) <= MAX_DETECTED:
        return pixels
    image = Image.fromarray(pixels)
    image.thumbnail((MAX_DETECTED, MAX_DETECTED))
    return np.asarray(image)


def _none() -> Boxes:
    return np.zeros((0, 4), np.float32)
