"""The photograph beside the article's map on Replay: what such a map could have come from."""

from typing import Any

from app.exercise.record import Exercise
from app.serving.addresses import PHOTO, address
from app.text import Text
from roipool import article

PIXELS = 256
"""Along each side of the photograph."""


def photo(exercise: Exercise, text: Text) -> dict[str, Any] | None:
    """Where the photograph is and what is said of it; None where the map can't be its.

    A map of another size, or of several images or channels, or one with a stride of its own, would
    need another picture. On the article's 8×8 cells the photograph stays when their values are
    changed, so that nothing jumps, and it is said that they are the reader's.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> photo(article_exercise(), Text("en"))["own"]
    False
    """
    array = exercise.maps.array
    if array.shape != article.FEATURE_MAP.shape or exercise.spatial_scale != 1:
        return None
    rows, _ = exercise.size
    own = bool((array != article.FEATURE_MAP).any())
    pixels = {"size": PIXELS, "cell": PIXELS // rows}
    return {
        "at": address(PHOTO),
        "own": own,
        "alt": text("photo.described"),
        "said": text("photo.own" if own else "photo.could", **pixels),
    }
