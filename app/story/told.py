"""What the stage tells of an exercise: the story of its pooling, or another one that a page has."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.exercise.record import Exercise, pool
from app.story.scenes import KINDS, Scene, scenes
from app.text import Text


@dataclass(frozen=True, slots=True)
class Told:
    """A story, and what its figure needs to show it.

    Attributes
    ----------
    kinds : of the scenes, in their order
    scenes : one at least
    warning : what the library said where the story took another backend than it was asked for
    parts : what belongs to the story as a whole, by name, as plain JSON
    boxes : what belongs to each box beside its bins, by name, as plain JSON; empty if nothing does
    """

    kinds: Sequence[str]
    scenes: list[Scene]
    warning: str | None = None
    parts: Mapping[str, Any] = field(default_factory=dict)
    boxes: Sequence[Mapping[str, Any]] = ()


Tell = Callable[[Exercise, str, Text], Told]
"""A story of an exercise, computed by the backend of this name."""


def forward(exercise: Exercise, backend: str, text: Text) -> Told:
    """The story of the pooling.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> forward(article_exercise(), "numpy", Text("en")).scenes[0].kind
    'input'
    """
    return Told(KINDS, scenes(exercise, pool(exercise, backend), text))
