"""One scene as a figure."""

from collections.abc import Sequence
from dataclasses import replace

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from app.exercise.record import Exercise, Result
from app.exports.fonts import readable
from app.exports.output import output
from app.exports.over import boxes, glance, hatching, maxima, sections
from app.exports.plane import Place, plane
from app.exports.sheet import Sheet
from app.story.scenes import Scene, scenes
from app.text import Text

# The scenes in which the box is cut.
CUT = ("sections", "scan", "maxima")


def draw(
    exercise: Exercise, result: Result, scene: Scene, text: Text, *, worded: bool = True
) -> Figure:
    """A scene as the article's animation shows it, with its sentence underneath where `worded`.

    The axes count in cells, and row 0 is at the top. In Chinese without a font for it
    (`app.exports.fonts.chinese_font`) the words are English.

    Examples
    --------
    >>> from app.exercise.record import article_exercise, pool
    >>> exercise, text = article_exercise(), Text("en")
    >>> result = pool(exercise)
    >>> figure = draw(exercise, result, scenes(exercise, result, text)[1], text)
    >>> "region proposal" in [words.get_text() for words in figure.axes[0].texts]
    True
    """
    spoken = readable(text)
    if spoken is not text:
        scene = _told_in(spoken, exercise, result, scene)
    sheet = Sheet(plane(exercise, result), spoken, worded)
    if scene.kind != "output":
        places = sheet.plane.maxima(scene)
        draw_map(sheet, scene, places)
        draw_lines(sheet, scene)
        maxima(sheet, places)
    draw_over(sheet, scene)
    return sheet.figure


def draw_map(sheet: Sheet, scene: Scene, without: Sequence[Place] = ()) -> list[Artist]:
    """The map that a scene lies on, `without` the numbers of some cells."""
    cut = scene.kind in CUT
    drawn = sheet.cells()
    if cut:
        drawn += hatching(sheet)
    return drawn + sheet.numbers(without, hatched=cut)


def draw_lines(sheet: Sheet, scene: Scene) -> list[Artist]:
    """The boxes and the sections, in the scenes that have them."""
    drawn = [] if scene.kind == "input" else boxes(sheet)
    return drawn + sections(sheet) if scene.kind in CUT else drawn


def draw_over(sheet: Sheet, scene: Scene) -> list[Artist]:
    """What lies above the maxima and changes with every step, and the words."""
    drawn = output(sheet) if scene.kind == "output" else []
    if scene.lit is not None:
        drawn += glance(sheet, scene.lit)
    return drawn + sheet.words(scene)


def _told_in(text: Text, exercise: Exercise, result: Result, scene: Scene) -> Scene:
    """The same scene with its sentence in another language."""
    for told in scenes(exercise, result, text):
        if replace(told, caption="") == replace(scene, caption=""):
            return told
    return scene
