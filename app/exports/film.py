"""The story as pictures one after the other, as animations and storyboards show it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg

from app.exercise.record import Exercise, Result
from app.exports.draw import CUT, draw_lines, draw_map, draw_over
from app.exports.fonts import readable
from app.exports.over import maxima
from app.exports.palette import Pixels
from app.exports.plane import Place, plane
from app.exports.sheet import WIDTH, Sheet
from app.story.scenes import Scene, scenes
from app.text import Text

# Pixels; a long story is drawn smaller, since whoever writes a GIF keeps all of its frames.
WIDE, SMALL = 800, 560
LONG = 120


class Film:
    """Draws scene after scene on one sheet, and keeps in pixels what stays from one to the next.

    Parameters
    ----------
    text : the scenes' sentences are in its language, or in English where that cannot be drawn
    scan : also every step of the search for the maxima; without it the article's five scenes
    wide : pixels of a row; without it as many as an animation of so many scenes should have

    Attributes
    ----------
    scenes : what there is to draw, in its order
    """

    def __init__(
        self,
        exercise: Exercise,
        result: Result,
        text: Text,
        *,
        scan: bool = False,
        wide: int | None = None,
    ) -> None:
        spoken = readable(text)
        told = scenes(exercise, result, spoken)
        self.scenes = [scene for scene in told if scan or scene.kind != "scan"]
        self._sheet = sheet = Sheet(plane(exercise, result), spoken)
        sheet.figure.set_dpi((wide or (SMALL if len(self.scenes) > LONG else WIDE)) / WIDTH)
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
