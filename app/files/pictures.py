"""Pictures as people hand them in become pixels, or a feature map: a cell a block of pixels."""

import math
import struct
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, ImageOps

from app.exercise.limits import MAX_MEGAPIXELS, MAX_SIDE, MIN_SIDE
from app.files import depth
from app.files.contents import PICTURES, check_size, kind_of
from app.files.filters import FILTERS, Grey
from app.files.headers import check_memory, check_scans, webp_size
from app.files.problems import ReadError, reject

KERNELS = tuple(FILTERS)

# Of WebP's decoder: two canvases, the frame, and Pillow's copies of it.
_WEBP_BYTES = 20
# Pixels from which a JPEG is decoded at a smaller size.
_DRAFTED = 2 * 10**6

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, struct.error)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError)


@dataclass(frozen=True, slots=True)
class Scaling:
    """How a picture was scaled before its filter.

    Attributes
    ----------
    picture : (rows, cols) of pixels as people see it
    scaled : (rows, cols) of pixels that the filter saw; the same where the picture was small
    stride : pixels of the scaled picture along a side of a cell
    values : the least and the largest of a picture of 16 bits, which became black and white; None
        where it has 8
    """

    picture: tuple[int, int]
    scaled: tuple[int, int]
    stride: int
    values: depth.Range | None = None

    @property
    def factor(self) -> float:
        """Pixels of the scaled picture per pixel of the picture, 1 at most."""
        longest = 0 if self.picture[0] >= self.picture[1] else 1
        return self.scaled[longest] / self.picture[longest]

    @property
    def spatial_scale(self) -> float:
        """Cells per pixel of the picture, what RoI pooling multiplies its boxes with."""
        return self.factor / self.stride


def picture_map(content: bytes, kernel: str, stride: int) -> tuple[NDArray[np.float64], Scaling]:
    """The feature map (1, 1, H, W) of a picture under a filter in `KERNELS`, and its scaling.

    Pillow scales the picture down until a cell a stride leaves at most 64 along each side, never
    up. Of a moving picture the first frame is read, transparency lies over white, and colours
    become grey by their luminance. A cell is the mean of its block of pixels for "grey" and
    "blur", and the maximum for "edges" and "corners". The values are stretched to [0, 1] and
    rounded to two decimals.

    Raises
    ------
    ReadError
        No picture of a known format, a broken one, one of too many pixels or of too few, or one
        that takes too much memory or time to decode.

    Examples
    --------
    >>> stream = BytesIO()
    >>> Image.new("L", (24, 16), color=51).save(stream, "PNG")
    >>> maps, scaling = picture_map(stream.getvalue(), "grey", stride=8)
    >>> maps.tolist(), scaling.factor
    ([[[[0.2, 0.2, 0.2], [0.2, 0.2, 0.2]]]], 1.0)
    """
    check_size(content)
    pixels, picture, values = _pixels(content, MAX_SIDE * stride, "L")
    grey = pixels.astype(np.float32) / np.float32(255)
    rows, cols = grey.shape
    if min(rows, cols) <= (MIN_SIDE - 1) * stride:
        size = {"rows": picture[0], "cols": picture[1]}
        raise reject("file.picture_small", **size, least=MIN_SIDE, stride=stride)
    respond, pool = FILTERS[kernel]
    cells = _stretched(pool(respond(grey), stride))
    return cells[None, None], Scaling(picture, (rows, cols), stride, values)


def picture_pixels(
    content: bytes, longest: int, least: int, at: int | None = None
) -> tuple[NDArray[np.uint8], tuple[int, int]]:
    """The pixels (H, W, 3) of a picture, no side longer than so many, and its own (rows, cols).

    Read as in `picture_map`, but for the colours, which stay.

    Raises
    ------
    ReadError
        No picture of a known format, a broken one, one of too many pixels, one that takes too much
        memory or time to decode, or one whose shorter side is under `least` when it is scaled so
        that the longer one is `at`, or else `longest`, at most.

    Examples
    --------
    >>> stream = BytesIO()
    >>> Image.new("L", (24, 16), color=51).save(stream, "PNG")
    >>> pixels, size = picture_pixels(stream.getvalue(), longest=12, least=8)
    >>> pixels.shape, pixels[0, 0].tolist(), size
    ((8, 12, 3), [51, 51, 51], (16, 24))
    """
    check_size(content)
    pixels, picture, _ = _pixels(content, longest, "RGB")
    at = at or longest
    if min(picture) * min(1.0, at / max(picture)) < least:
        size = {"rows": picture[0], "cols": picture[1]}
        raise reject("file.picture_narrow", **size, longest=at, least=least)
    return pixels, picture


def _pixels(
    content: bytes, longest: int, mode: str
) -> tuple[NDArray[np.uint8], tuple[int, int], depth.Range | None]:
    """The picture in one of Pillow's modes, upright and over white.

    With it come the (rows, cols) that it had, and its range of values where it has 16 bits.
    """
    with _opened(content) as opened:
        cols, rows = opened.size
        try:
            values: depth.Range | None = None
            shallow: Image.Image = opened
            if depth.is_deep(opened):
                shallow, values = depth.shallow(opened, lambda: _opened(content))
            small = _small(shallow, longest)
            upright = ImageOps.exif_transpose(small)
            pixels = np.asarray(_over_white(upright).convert(mode))
        except MemoryError as error:
            raise reject("file.picture_large", most=MAX_MEGAPIXELS) from error
        except ReadError:
            raise
        except _BROKEN as error:
            raise reject("file.picture_broken") from error
    turned = upright.size != small.size
    return pixels, (cols, rows) if turned else (rows, cols), values


def _opened(content: bytes) -> ImageFile.ImageFile:
    """The picture by its header; its pixels are not decoded before their number is known."""
    kind = kind_of(content)
    if kind not in PICTURES:
        raise reject("file.picture_none")
    if kind == "WEBP":  # Pillow makes room for its pixels when it opens it
        check_memory(kind, webp_size(content), _WEBP_BYTES)
    try:
        opened = Image.open(BytesIO(content), formats=tuple(PICTURES))
    except _BOMB as error:
        raise reject("file.picture_large", most=MAX_MEGAPIXELS) from error
    except _BROKEN as error:
        raise reject("file.picture_broken") from error
    try:
        if opened.width * opened.height > MAX_MEGAPIXELS * 10**6:
            raise reject("file.picture_large", most=MAX_MEGAPIXELS)
        if kind == "JPEG":
            check_scans(content, opened.size)
        check_memory(kind, opened.size, _bytes_per_pixel(opened))
    except ReadError:
        opened.close()
        raise
    return opened


def _bytes_per_pixel(image: ImageFile.ImageFile) -> int:
    """Of what decoding and `_small` hold at once; a pixel of colour takes Pillow 4 bytes."""
    own = {"1": 1, "L": 1, "P": 1}.get(image.mode, 4)
    if image.info.get("progressive"):  # its coefficients, of which half may be needed at once
        return 2 * len(image.getbands()) + 2
    if depth.is_deep(image):
        return depth.BYTES
    if image.mode in ("LA", "RGBA"):
        return 2 * own  # and with colours that are weighed by their alpha
    if image.has_transparency_data:
        return own + 8
    return own + 4 if image.mode in ("1", "P") else own


def _small(image: Image.Image, longest: int) -> Image.Image:
    if image.mode in ("LA", "RGBA"):
        pass
    elif image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode in ("1", "P"):
        image = image.convert("RGB")
    elif image.width * image.height > _DRAFTED:
        # A JPEG is decoded at a half, a quarter or an eighth, as long as that is not too small.
        factor = longest / max(image.size)
        image.draft(None, (math.ceil(factor * image.width), math.ceil(factor * image.height)))
    image.thumbnail((longest, longest))
    return image


def _over_white(image: Image.Image) -> Image.Image:
    if "A" not in image.getbands():
        return image
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image.convert("RGBA"))


def _stretched(response: Grey) -> NDArray[np.float64]:
    """Responses in [0, 1], the least 0 and the largest 1; those of a flat picture stay."""
    cells = response.astype(np.float64)
    low, high = cells.min(), cells.max()
    if low < high:
        cells = (cells - low) / (high - low)
    return cells.round(2)
