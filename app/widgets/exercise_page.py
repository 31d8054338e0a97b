"""What every page about an exercise has: its desk, a bar of controls, and who computed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.exercise.edit import Problem
from app.exercise.record import Exercise
from app.text import Text
from app.widgets import backend, brought, controls, opening


@contextmanager
def exercise_page(
    name: str,
    start: Callable[[], Exercise],
    refused: Callable[[Exercise], Problem | None] = lambda exercise: None,
    *,
    settle: brought.Change = brought.as_it_is,
    gives: brought.Change = brought.as_it_is,
) -> Iterator[Text]:
    """The page of this name, with its desk in the session, in the reader's language.

    What stands on it follows inside; who computed it is said when that has been sent. See
    `opening.open_desk` for `start` and `refused`, and `brought.bring` for `settle` and `gives`.
    """
    text = controls.current_text()
    opening.open_desk(name, start, refused)
    brought.bring(name, settle, gives)
    computed_by = backend.place()
    yield text
    with computed_by:
        backend.show(name, text)


def usual_controls(
    name: str, text: Text, width: int = controls.ROOM, *, redo: bool = False
) -> None:
    """What every exercise can be given, and the two ways back; where it is played with, one on."""
    controls.output_size(name, text)
    controls.convention(name, text, width)
    controls.undo(name, text)
    if redo:
        controls.redo(name, text)
    controls.reset(name, text)
