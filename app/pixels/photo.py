"""The photograph under the box: what the image might show whose pixels the page speaks of."""

from base64 import b64encode
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).parents[2] / "assets" / "images" / "photos"
"""assets/images/photos/LICENCES.md says where each comes from."""

NAME = "cat"
# The part of it that is shown, as wide to its height as the image that the page starts with; the
# box lies on the cat's face there.
_PART = (58, 0, 418, 300)
_WIDE = 480  # px; it goes along with every answer


@cache
def photograph() -> str:
    """The photograph as an address with its bytes in it.

    Examples
    --------
    >>> photograph()[:23]
    'data:image/jpeg;base64,'
    """
    left, top, right, bottom = _PART
    high = round(_WIDE * (bottom - top) / (right - left))
    stream = BytesIO()
    with Image.open(FOLDER / f"{NAME}.jpg") as image:
        image.crop(_PART).resize((_WIDE, high)).save(stream, "JPEG", quality=60)
    return f"data:image/jpeg;base64,{b64encode(stream.getvalue()).decode()}"
