"""Pictures of 16 bits a value become pictures of 8, over the range that their values have.

Cameras and microscopes store 8, 10 or 12 bits in 16, of which the upper eight hold little.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from app.files.problems import reject

Range = tuple[int, int]
"""The least and the largest value of a picture of 16 bits."""

# Of both halves of the values, the values, and them as floats.
BYTES = 24

# The high bytes are those that Pillow keeps of colours. In the other order of bytes it keeps the
# low ones.
_LOW_BYTES = {"RGB;16B": "RGB;16L", "RGBA;16B": "RGBA;16L"}
_GREY_AND_ALPHA = "LA;16B"
# High bytes that are all under this leave fewer levels than can be told apart.
_FEW = 32


def is_deep(image: ImageFile.ImageFile) -> bool:
    """Whether a picture that is opened and not decoded has more than 8 bits a value."""
    return image.mode.startswith("I") or str(_raw(image)).endswith(";16B")


def shallow(
    image: ImageFile.ImageFile, again: Callable[[], ImageFile.ImageFile]
) -> tuple[Image.Image, Range | None]:
    """The picture with 8 bits a value, and the range that became 0 to 255, if it was stretched.

    Parameters
    ----------
    again : opens the picture another time
    """
    if image.mode.startswith("I"):
        return _stretched(np.asarray(image).astype(np.float32), ())
    raw = str(_raw(image))
    high = np.asarray(image)
    if raw == _GREY_AND_ALPHA:
        if high[..., 0].max() < _FEW:
            raise reject("file.picture_deep")
        return image, None
    with again() as other:
        other.tile = [tile._replace(args=_LOW_BYTES[raw]) for tile in other.tile]
        low = np.asarray(other)
    values = high.astype(np.float32) * 256 + low
    # Transparency has its own range.
    return _stretched(values[..., :3], (high[..., 3],) if raw.startswith("RGBA") else ())


def _raw(image: ImageFile.ImageFile) -> object:
    """How Pillow calls the bytes of a picture's file."""
    return image.tile[0].args if image.tile else None


def _stretched(
    values: NDArray[np.float32], alpha: tuple[NDArray[np.uint8], ...]
) -> tuple[Image.Image, Range]:
    low, high = float(values.min()), float(values.max())
    # Of a flat picture only the level is left.
    levels = values / 257 if low == high else (values - low) * (255 / (high - low))
    eight = levels.round().clip(0, 255).astype(np.uint8)
    bands = (eight, *(band[..., None] for band in alpha))
    pixels = np.concatenate(bands, axis=2) if alpha else eight
    return Image.fromarray(pixels), (int(low), int(high))
