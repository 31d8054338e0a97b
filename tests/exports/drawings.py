"""What the tests of the exports draw, and what they find in a drawing."""

import io
import re
from dataclasses import replace
from functools import lru_cache

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Circle, Rectangle
from PIL import Image

from app.exercise.record import article_exercise, pool
from app.exports.colour import RED
from app.exports.draw import draw
from app.exports.gif import gif
from app.story.scenes import scenes
from app.text import Text

ARTICLE = article_exercise()
EN, ZH = Text("en"), Text("zh")
FIVE = ("input", "proposal", "sections", "maxima", "output")
EMPTY = replace(ARTICLE, boxes=((0, 0, 0, 2, 1),))
SHARED = replace(ARTICLE, boxes=((0, 0, 3, 6, 7),), convention="fast_rcnn")
SVG = "{http://www.w3.org/2000/svg}"


def scene_of(exercise, kind, text=EN):
    return next(s for s in scenes(exercise, pool(exercise), text) if s.kind == kind)


def drawn(exercise, kind, text=EN):
    (axes,) = draw(exercise, pool(exercise), scene_of(exercise, kind, text), text).axes
    return axes


def numbers(axes):
    """{(x, y) in cells: (what is written, colour)} of what is written on the map."""
    texts = {t.get_position(): (t.get_text(), to_hex(t.get_color())) for t in axes.texts}
    return {at: said for at, said in texts.items() if re.fullmatch(r"-?\d\.\d\d|∅", said[0])}


def words(axes):
    return [t.get_text() for t in axes.texts]


def lines(axes):
    """Black outlines as (left, top, right, bottom) in cells, from all polygons and rectangles."""
    found = set()
    for collection in axes.collections:
        if (
            isinstance(collection, PolyCollection)
            and to_hex(collection.get_edgecolor()[0]) == "#000000"
        ):
            found |= {tuple(path.get_extents().extents.tolist()) for path in collection.get_paths()}
    return found | set(rectangles(axes))


def rectangles(axes):
    return {
        tuple(float(side) for side in patch.get_bbox().extents): to_hex(patch.get_facecolor())
        for patch in axes.patches
        if isinstance(patch, Rectangle)
    }


def rings(axes):
    return [
        patch.center
        for patch in axes.patches
        if isinstance(patch, Circle) and to_hex(patch.get_edgecolor()) == RED
    ]


def opened(data):
    return Image.open(io.BytesIO(data))


def frames(data):
    """(pixels, duration) of each frame of a GIF."""
    animation = opened(data)
    told = []
    for k in range(animation.n_frames):
        animation.seek(k)
        told.append((np.asarray(animation.convert("RGB")), animation.info["duration"]))
    return told


@lru_cache
def scanned(exercise):
    return frames(gif(exercise, pool(exercise), EN, scan=True))


def reds(pixels):
    """How many pixels are red, whatever is mixed with it at the edges."""
    red, green, blue = pixels.astype(int).transpose(2, 0, 1)
    return int(((red > 170) & (green < 90) & (blue < 110)).sum())
