"""The story on one sheet: its steps side by side, as a paper or a slide shows an animation."""

import io
from math import ceil, sqrt

import numpy as np
from PIL import Image

from app.exercise.record import Exercise, Result
from app.exports.film import Film
from app.text import Text

# Of a frame, in pixels; and how many stand in a row at least, as the article's five in two rows.
WIDE, LEAST = 640, 3
WHITE = 255


def storyboard(
    exercise: Exercise, result: Result, text: Text, *, scan: bool = False, wide: int = WIDE
) -> bytes:
    """The frames of the animation side by side, as the bytes of a PNG file.

    Parameters
    ----------
    scan : also each section when its search is done; without it the article's five frames
    wide : of a frame, in pixels

    Examples
    --------
    >>> from app.exercise.record import article_exercise, pool
    >>> exercise = article_exercise()
    >>> board = storyboard(exercise, pool(exercise), Text("en"), wide=320)
    >>> Image.open(io.BytesIO(board)).width
    960
    """
    film = Film(exercise, result, text, scan=scan, wide=wide)
    frames = [film.frame(scene)[..., :3] for scene in film.scenes if scene.stop]
    across = min(len(frames), max(LEAST, ceil(sqrt(len(frames)))))
    high, wide = frames[0].shape[:2]
    down = ceil(len(frames) / across)
    sheet = np.full((down * high, across * wide, 3), WHITE, np.uint8)
    for k, frame in enumerate(frames):
        i, j = divmod(k, across)
        sheet[i * high : (i + 1) * high, j * wide : (j + 1) * wide] = frame
    file = io.BytesIO()
    Image.fromarray(sheet).save(file, "PNG")
    return file.getvalue()
