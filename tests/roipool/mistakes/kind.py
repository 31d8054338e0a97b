"""An instance of a mistake, and a kind of mistake, which makes instances."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from roipool import PRESETS, RoIPoolError, roi_pool

# Of those who make a mistake most use the rule of most frameworks.
_RULES = ("fast_rcnn",) * 5 + ("article", "chainer_roi_max_pooling_2d", "mmcv")


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """What somebody asks about: maps, boxes, what was made of them, the scale that was meant."""

    maps: np.ndarray
    boxes: np.ndarray
    output: np.ndarray
    scale: float


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What a mistake is made on: maps of distinct values, and boxes as they should be given.

    Attributes
    ----------
    maps : (B, C, H, W) float32
    boxes : (N, 5), from two cells on, inside of the map
    size : (PH, PW)
    scale : cells per unit of the boxes
    rule : the convention of the one who makes it
    places : decimals of the boxes
    rng : for what else the mistake has to choose
    """

    maps: np.ndarray
    boxes: np.ndarray
    size: tuple[int, int]
    scale: float
    rule: str
    places: int
    rng: np.random.Generator

    def instance(self, output, *, maps=None, boxes=None, scale=None):
        """What is asked about the output: as it should be, but for what is given here."""
        return Instance(
            self.maps if maps is None else maps,
            self.boxes if boxes is None else boxes,
            np.ascontiguousarray(output),
            self.scale if scale is None else scale,
        )

    def pooled(self, maps=None, boxes=None, scale=None):
        """The maxima of the rule, of what is given here in place of what should be."""
        return roi_pool(
            np.ascontiguousarray(self.maps if maps is None else maps),
            self.boxes if boxes is None else boxes,
            self.size,
            self.scale if scale is None else scale,
            convention=self.rule,
        )

    @property
    def extent(self):
        """(5,) what a row of boxes is divided by to be fractions of the map."""
        high, wide = np.array(self.maps.shape[2:]) / self.scale
        return np.array([1, wide, high, wide, high])

    @property
    def cells(self):
        """(N, 4) float32: corners in cells, as frameworks multiply."""
        return self.boxes[:, 1:].astype(np.float32) * np.float32(self.scale)


Make = Callable[[Scene], Instance]


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A mistake.

    Attributes
    ----------
    name : of the mistake
    make : what it makes of a scene
    readings : keys of the readings that say what happened; the first is the plain one
    rules : (operation, choices) that say how it was computed, where that is no preset; choices
        are those that have to be there
    strides, images, channels, decimals, rule, counts : what the scene may be
    slack : how far the output may be from what an explanation makes, for lack of digits
    alike : whether it only makes sense of as many boxes, and maps of one size
    """

    name: str
    make: Make
    readings: tuple[str, ...] = ("as_given",)
    rules: tuple[dict, ...] = ()
    strides: tuple[int, ...] = (16, 16, 8, 1)
    images: tuple[int, ...] = (1, 2, 3)
    channels: tuple[int, ...] = (1, 2, 3)
    decimals: tuple[int, ...] = (0, 1, 2)
    rule: tuple[str, ...] = field(default=_RULES)
    counts: tuple[int, int] = (2, 9)
    slack: float = 0.0
    alike: bool = False

    def scene(self, seed, like=None):
        """A random scene; or one that only shares scale and rule with another."""
        rng = np.random.default_rng([seed, *map(ord, self.name)])
        images, channels = int(rng.choice(self.images)), int(rng.choice(self.channels))
        stride, rule = int(rng.choice(self.strides)), str(rng.choice(self.rule))
        size = tuple(int(rng.choice([2, 2, 3, 4, 6, 7])) for _ in range(2))
        size = like.size if like else size
        map_size = rng.integers(max(12, *size), 34, 2)
        if rng.random() < 0.7 and like is None:
            size = (size[0], size[0])
        if like is not None:
            stride, rule = round(1 / like.scale), like.rule
            map_size = np.array(like.maps.shape[2:]) if self.alike else map_size
            images, channels = like.maps.shape[:2]
        maps = rng.permutation(images * channels * int(map_size.prod())) / 1000 + rng.random() / 1e3
        count = int(rng.integers(*self.counts))
        count = len(like.boxes) if like is not None and self.alike else count
        wide = map_size[::-1]
        length = rng.uniform(2, wide * 0.8, (count, 2))
        start = rng.uniform(0, wide - length)
        index = rng.integers(0, images, count)
        index[: min(images, count)] = np.arange(images)[:count]
        rng.shuffle(index)
        places = int(rng.choice(self.decimals))
        places += 1 if places and stride == 1 else 0
        places = places if like is None else like.places
        corners = np.round(np.hstack([start, start + length]) * stride, places)
        return Scene(
            maps.reshape(images, channels, *map_size).astype(np.float32),
            np.column_stack([index, corners]),
            size,
            1 / stride,
            rule,
            places,
            np.random.default_rng(7),
        )

    def instances(self, seed):
        """An instance of the mistake, and another that whoever makes it would make next.

        The first is one that shows: what no convention makes of what is given as it should be. Ten
        boxes in a row that don't show are a mistake that never does.
        """
        for attempt in range(10):
            scene = self.scene(seed + 1000 * attempt)
            one = self.make(scene)
            if self._shows(one):
                break
        return one, self.make(self.scene(seed + 100_000, like=scene))

    def _shows(self, one):
        if np.count_nonzero(one.output) < one.output.size / 2:
            return False  # boxes that mostly lie off the map
        if self.slack or (self.readings == ("as_given",) and not self.rules):
            return True
        try:
            plain = [
                roi_pool(one.maps, one.boxes, one.output.shape[2:], one.scale, convention=rule)
                for rule in PRESETS
            ]
        except RoIPoolError:
            return True
        return not any(np.array_equal(one.output, made) for made in plain)

    def reproduces(self, match, one):
        """Whether a match makes the output of an instance."""
        size = match.reading.returned_size(one.output)
        made = match.pool(one.maps, one.boxes, size, one.scale)
        slack = max(self.slack, 0.0 if match.rule.exact else 1e-5)
        return np.allclose(made, one.output, rtol=slack, atol=slack)

    def explains(self, match):
        """Whether a match says what happened."""
        if match.differing or match.reading.key not in self.readings:
            return False
        if not self.rules:
            return match.rule.operation == "max"
        return any(_has(match, wanted) for wanted in self.rules)


def _has(match, wanted):
    held = {"operation": match.rule.operation, **dict(match.rule.choices), "name": match.name}
    if match.convention is not None:
        held |= {"convention": match.convention}
        fields = ("rounding", "inclusive_end", "arithmetic", "stop")
        held |= {one: getattr(match.convention, one) for one in fields}
    return all(held.get(key) == value for key, value in wanted.items())
