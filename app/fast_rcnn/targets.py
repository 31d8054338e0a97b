"""What the head is to say: which class each proposal is of, and how far from its object."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.fast_rcnn.boxes import Boxes, moves, overlaps
from app.fast_rcnn.pictures import Picture

# As in the paper: on an object from a half on; background is what an object is near to, which is
# where mistakes are made.
ON_OBJECT, NEAR_OBJECT = 0.5, 0.1
# In the paper a quarter. Training here is short, and classes are learnt on objects.
_PART_ON_OBJECT = 0.5


@dataclass(frozen=True, slots=True)
class Targets:
    """Boxes of one picture and what is right for them.

    Attributes
    ----------
    boxes : (N, 4)
    labels : (N,) int64, 0 for the background
    moves : (N, 4), to the object that each overlaps most; of use where the label is not 0
    """

    boxes: Boxes
    labels: NDArray[np.int64]
    moves: NDArray[np.float32]


def sample(rng: np.random.Generator, proposals: Boxes, picture: Picture, count: int) -> Targets:
    """At most `count` of the proposals, up to a half on objects, the rest on background.

    The objects' own boxes are among those that can be drawn.
    """
    boxes = np.concatenate([picture.boxes, proposals])
    if len(picture.boxes):
        shared = overlaps(boxes, picture.boxes)
        nearest, best = shared.argmax(axis=1), shared.max(axis=1)
    else:
        return _background(rng, boxes, count)
    on = np.flatnonzero(best >= ON_OBJECT)
    near = np.flatnonzero((best < ON_OBJECT) & (best >= NEAR_OBJECT))
    far = np.flatnonzero(best < NEAR_OBJECT)
    chosen_on = _draw(rng, on, round(count * _PART_ON_OBJECT))
    chosen_near = _draw(rng, near, count - len(chosen_on))
    chosen_far = _draw(rng, far, count - len(chosen_on) - len(chosen_near))
    chosen = np.concatenate([chosen_on, chosen_near, chosen_far])
    return Targets(
        boxes[chosen],
        np.where(best[chosen] >= ON_OBJECT, picture.labels[nearest[chosen]], 0),
        moves(boxes[chosen], picture.boxes[nearest[chosen]]),
    )


def _background(rng: np.random.Generator, boxes: Boxes, count: int) -> Targets:
    chosen = _draw(rng, np.arange(len(boxes)), count)
    none = np.zeros((len(chosen), 4), np.float32)
    return Targets(boxes[chosen], np.zeros(len(chosen), np.int64), none)


def _draw(rng: np.random.Generator, places: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    return rng.permutation(places)[:most]
