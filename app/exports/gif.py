"""The story as an animation: the article's five frames, or every step of the scan."""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from app.exercise.record import Exercise, Result
from app.exports.draw import CUT, draw_lines, draw_map, draw_over
from app.exports.fonts import readable
from app.exports.over import maxima
from app.exports.palette import Palette, Pixels
from app.exports.plane import Place, plane
from app.exports.sheet import WIDTH, Sheet
from app.story.scenes import Scene, scenes
from app.text import Text

# Pixels; a long story is drawn smaller, since Pillow keeps all of its frames until the end.
WIDE, SMALL = 800, 560
LONG = 120

# The share of the work that is done when every frame is drawn.
_DRAWN = 0.95


def gif(
    exercise: Exercise,
    result: Result,
    text: Text,
    *,
    scan: bool = False,
    progress: Callable[[float], None] | None = None,
) -> bytes:
    """The animation as the bytes of a GIF that loops for ever.

    Parameters
    ----------
    scan : also every step of the search for the maxima, each as long as on the stage; without it
        the five frames of the article, 1.5 s each
    progress : is called with the share that is done, from 0 to 1

    Examples
    --------
    >>> from app.exercise.record import article_exercise, pool
    >>> exercise = article_exercise()
    >>> animation = Image.open(io.BytesIO(gif(exercise, pool(exercise), Text("en"))))
    >>> animation.n_frames, animation.info["duration"]
    (5, 1500)
    """
    tell = progress or (lambda share: None)
    tell(0.0)
    spoken = readable(text)
    told = [s for s in scenes(exercise, result, spoken) if scan or s.kind != "scan"]
    film = _Film(Sheet(plane(exercise, result), spoken), SMALL if len(told) > LONG else WIDE)
    samples = {scene: film.frame(scene) for scene in _samples(told)}
    palette = Palette(list(samples.values()))

    def frames() -> Iterator[Image.Image]:
        for k, scene in enumerate(told):
            yield palette.indexed(samples[scene] if scene in samples else film.frame(scene))
            tell(_DRAWN * (k + 1) / len(told))

    drawn = frames()
    file = io.BytesIO()
    next(drawn).save(
        file,
        "GIF",
        save_all=True,
        append_images=drawn,
        duration=[scene.hold for scene in told],
        loop=0,
    )
    tell(1.0)
    return file.getvalue()


class _Film:
    """Draws scene after scene on one sheet, and keeps in pixels what stays from one to the next."""

    def __init__(self, sheet: Sheet, wide: int) -> None:
        self._sheet = sheet
        sheet.figure.set_dpi(wide / WIDTH)
        # Any: this part of matplotlib has no types.
        canvas: Any = FigureCanvasAgg(sheet.figure)
        canvas.draw()
        self._canvas = canvas
        self._empty = self._keep([])
        self._maps: dict[bool, Any] = {}
        # What the last scene lay on: which lines, whose maxima, and how that looks.
        self._lines, self._marked = "", set[Place]()
        self._ground: Any = None

    def frame(self, scene: Scene) -> Pixels:
        """A scene as (H, W, 4) pixels."""
        if scene.kind == "output":
            self._restore(self._empty)
        else:
            self._lay(scene)
            best = [p for p in self._sheet.plane.maxima(scene) if p not in self._marked]
            self._draw(maxima(self._sheet, best))
        self._draw(draw_over(self._sheet, scene))
        return np.array(self._canvas.buffer_rgba())

    def _lay(self, scene: Scene) -> None:
        """The map, its lines and the maxima that are found: what many scenes have in common."""
        found = self._sheet.plane.found(scene)
        lines = "cut" if scene.kind in CUT else scene.kind
        if lines == self._lines and self._marked <= set(found):
            self._restore(self._ground)
        else:
            self._lay_map(scene)
            self._ground = self._keep(draw_lines(self._sheet, scene))
            self._lines, self._marked = lines, set()
        new = [place for place in found if place not in self._marked]
        if new:
            self._ground = self._keep(maxima(self._sheet, new))
            self._marked.update(new)

    def _lay_map(self, scene: Scene) -> None:
        hatched = scene.kind in CUT and bool(self._sheet.plane.shared())
        if hatched in self._maps:
            self._restore(self._maps[hatched])
        else:
            self._restore(self._empty)
            self._maps[hatched] = self._keep(draw_map(self._sheet, scene))

    def _keep(self, artists: Sequence[Artist]) -> Any:
        """Draw, and remember how the whole sheet looks then."""
        self._draw(artists)
        return self._canvas.copy_from_bbox(self._sheet.figure.bbox)

    def _draw(self, artists: Sequence[Artist]) -> None:
        renderer = self._canvas.get_renderer()
        for artist in artists:
            artist.draw(renderer)
            artist.remove()

    def _restore(self, pixels: Any) -> None:
        self._canvas.restore_region(pixels)


def _samples(told: Sequence[Scene]) -> list[Scene]:
    """A scene of each kind: together they have the colours of all."""
    return list({scene.kind: scene for scene in told}.values())
