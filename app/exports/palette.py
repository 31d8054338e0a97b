"""One palette for all frames of an animation, so that no colour changes from one to the next."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

COLOURS = 256
Pixels = NDArray[np.uint8]


class Palette:
    """256 colours that some frames have in common; every colour becomes the nearest of them.

    Pillow also finds the nearest colour, but in steps of four of the 256 shades: white would not
    stay white.

    Parameters
    ----------
    frames : of (H, W, 4) pixels each
    """

    def __init__(self, frames: Sequence[Pixels]) -> None:
        # Every second pixel of every second row has the same colours, in a quarter of the time.
        pixels = np.concatenate([_packed(frame[::2, ::2]).ravel() for frame in frames])
        colours, counts = np.unique(pixels, return_counts=True)
        # Areas keep their very colours; half of the places are for the edges between them.
        areas = colours[np.argsort(-counts, kind="stable")[: COLOURS // 2]]
        # The place of each of the 2^24 colours; -1 where nobody has asked yet.
        self._places = np.full(1 << 24, -1, dtype=np.int16)
        self._places[areas] = np.arange(len(areas))
        self._colours = _parts(areas)
        edges = _parts(pixels[self._places[pixels] < 0])
        if len(edges):
            image = Image.fromarray(edges[None].astype(np.uint8))
            most = COLOURS - len(areas)
            found = image.quantize(most, dither=Image.Dither.NONE).getpalette() or []
            self._colours = np.concatenate([self._colours, np.reshape(found, (-1, 3))])

    def indexed(self, pixels: Pixels) -> Image.Image:
        """A frame in the colours of the palette."""
        colours = _packed(pixels)
        places = self._places[colours]
        new = np.unique(colours[places < 0])
        if new.size:
            apart = ((_parts(new)[:, None] - self._colours) ** 2).sum(axis=2)
            self._places[new] = apart.argmin(axis=1)
            places = self._places[colours]
        image = Image.fromarray(places.astype(np.uint8))
        image.putpalette(self._colours.astype(np.uint8).tobytes())
        return image


def _packed(pixels: Pixels) -> NDArray[np.uint32]:
    """(H, W, 4) pixels as a number each: blue, green, red."""
    return np.ascontiguousarray(pixels).view("<u4")[..., 0] & np.uint32(0xFFFFFF)


def _parts(colours: NDArray[np.uint32]) -> NDArray[np.int32]:
    """(N, 3) red, green and blue of packed colours."""
    return np.stack([colours >> shift & 0xFF for shift in (0, 8, 16)], axis=1).astype(np.int32)
