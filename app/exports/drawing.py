"""The exports as calls: what asks for them needs none of what draws them."""

from collections.abc import Callable
from typing import Literal

from app.exercise.record import Exercise, Result
from app.jobs.calls import call
from app.story.scenes import Scene
from app.text import Text


def animation(
    exercise: Exercise, result: Result, text: Text, scan: bool, heard: Callable[[float], None]
) -> bytes:
    """`app.exports.gif.gif`, drawn in a process beside the app.

    Raises
    ------
    CallError
        If it takes too long, or must wait too long.
    """
    return call("drawing", _gif, exercise, result, text, scan, heard=heard)


def still(
    exercise: Exercise, result: Result, scene: Scene, text: Text, kind: Literal["png", "svg"]
) -> bytes:
    """`app.exports.picture.picture`, likewise."""
    return call("drawing", _picture, exercise, result, scene, text, kind)


def slides(exercise: Exercise, text: Text) -> bytes:
    """`app.exports.slides.slides`, likewise."""
    return call("drawing", _slides, exercise, text)


def stills(exercise: Exercise, text: Text) -> bytes:
    """`app.exports.stills.stills`, likewise."""
    return call("drawing", _stills, exercise, text)


def _gif(
    exercise: Exercise,
    result: Result,
    text: Text,
    scan: bool,
    progress: Callable[[float], None],
) -> bytes:
    from app.exports.gif import gif

    return gif(exercise, result, text, scan=scan, progress=progress)


def _picture(
    exercise: Exercise, result: Result, scene: Scene, text: Text, kind: Literal["png", "svg"]
) -> bytes:
    from app.exports.picture import picture

    return picture(exercise, result, scene, text, kind)


def _slides(exercise: Exercise, text: Text) -> bytes:
    from app.exports.slides import slides

    return slides(exercise, text)


def _stills(exercise: Exercise, text: Text) -> bytes:
    from app.exports.stills import stills

    return stills(exercise, text)
