"""The story as an animation: the article's five frames, or every step of the scan."""

import io
from collections.abc import Callable, Iterator, Sequence

from PIL import Image

from app.exercise.record import Exercise, Result
from app.exports.film import Film
from app.exports.palette import Palette
from app.story.scenes import Scene
from app.text import Text

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
    film = Film(exercise, result, text, scan=scan)
    told = film.scenes
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


def _samples(told: Sequence[Scene]) -> list[Scene]:
    """A scene of each kind: together they have the colours of all."""
    return list({scene.kind: scene for scene in told}.values())
