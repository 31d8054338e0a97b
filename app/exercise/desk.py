"""The exercise in the hands of a reader: what they change, and can take back. No Streamlit."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

from app.exercise.edit import Problem, apply_edit
from app.exercise.link import LinkError, decode
from app.exercise.received import Change, read_changes
from app.exercise.record import Exercise, article_exercise

Refusal = Callable[[Exercise], Problem | None]
"""Says why an exercise cannot be shown on a page; None where it can."""

# Steps that can be taken back, and the bytes of the maps that are kept for them.
MOST_PAST, MOST_KEPT = 50, 64 * 1024**2

# Numbers every change of every desk, so that of two desks it is known which was changed last.
_turns = count(1)


@dataclass(frozen=True, slots=True)
class Desk:
    """An exercise in the hands of a reader.

    Attributes
    ----------
    exercise : what is on screen
    ack : number of the last edit that was applied
    problems : what of it could not be used
    session : another number in each session; the stage then brings back what was on screen
    epoch : counts how often the exercise was put back; the stage then starts anew
    lost : what a reader is told whose session the server had lost
    past : the exercises before, the latest last; what *undo* goes back to
    future : the exercises that were taken back, the nearest last; what *redo* goes on to
    place : (row, column) of the output cell that was chosen last; see `output_cell`
    start : what the page starts with, and goes back to
    turn : number of the last change among those of all desks; 0 where nothing was changed yet
    seen : `turn` of what was brought here last, which is not brought again
    looked : number, among the same, of the last time that another box was chosen to be looked at
    brought : the page whose exercise was brought here, until something is changed
    """

    exercise: Exercise
    ack: int = 0
    problems: tuple[Problem, ...] = ()
    session: int = field(default_factory=lambda: secrets.randbits(32))
    epoch: int = 0
    lost: Problem | None = None
    past: tuple[Exercise, ...] = ()
    future: tuple[Exercise, ...] = ()
    place: tuple[int, int] = (0, 0)
    start: Exercise = field(default_factory=article_exercise)
    turn: int = field(default=0, compare=False)
    seen: int = field(default=0, compare=False)
    looked: int = field(default=0, compare=False)
    brought: str = ""

    @property
    def output_cell(self) -> tuple[int, int]:
        """(row, column) of the chosen output cell, or of the nearest one where there is none."""
        high, wide = self.exercise.output_size
        return min(self.place[0], high - 1), min(self.place[1], wide - 1)

    def news(self, sent: object) -> tuple[Change, ...]:
        """The changes that a figure has sent and this desk has not applied yet.

        Changes come again until they are acknowledged, each with its number ``seq``; those that
        were meant for a session that the server has lost come again for this one.
        """
        return read_changes(sent, self.session, self.ack)

    def take(self, sent: object, refused: Refusal = lambda exercise: None) -> "Desk":
        """The desk after what a figure has sent.

        A change that leads to what is `refused`, with the reason why, is left out.
        """
        desk, lost = self, None
        for change in self.news(sent):
            taken = desk._apply(change)
            problem = refused(taken.exercise)
            # One that is refused takes nothing along that was good before it.
            taken = replace(desk, problems=(problem,)) if problem else taken
            lost = taken.lost or lost
            desk = replace(taken, ack=change.seq)
        # It is said until the next that is taken.
        return desk if desk is self else replace(desk, lost=lost)

    def _apply(self, change: Change) -> "Desk":
        if change.undo:
            return self.undo()
        if change.redo:
            return self.redo()
        if change.restore is not None:
            return self._restored(change, change.restore)
        exercise, problems = apply_edit(self.exercise, change)
        place = change.cell or self.place
        return replace(self.put(exercise), problems=problems, place=place)

    def _restored(self, change: Change, code: str) -> "Desk":
        """The desk with what was on screen in a session that the server has lost."""
        try:
            exercise, problems = apply_edit(decode(code), change)
        except LinkError as error:
            return replace(self, lost=error.problem)
        # Nothing that could be taken back is left of what was done there.
        return replace(
            self,
            exercise=exercise,
            problems=problems,
            lost=Problem("lost.partly" if change.partly else "lost.kept"),
            past=(),
            future=(),
            place=change.cell or self.place,
            turn=next(_turns),
            brought="",
        )

    def put(self, exercise: Exercise) -> "Desk":
        """The desk with another exercise, which *undo* takes back."""
        # Which box is looked at is no change of anything.
        if exercise == replace(self.exercise, selected=exercise.selected):
            same = exercise.selected == self.exercise.selected
            looked = self.looked if same else next(_turns)
            return replace(self, exercise=exercise, looked=looked, problems=(), lost=None)
        past = _kept((*self.past, self.exercise)[-MOST_PAST:])
        return replace(
            self._turned(), exercise=exercise, past=past, future=(), problems=(), lost=None
        )

    def _turned(self) -> "Desk":
        return replace(self, turn=next(_turns), brought="")

    def put_fitted(self, exercise: Exercise) -> "Desk":
        """`put`, and a word about boxes that were cut to another map."""
        boxes = zip(self.exercise.boxes, exercise.boxes, strict=False)
        cut = sum(before != after for before, after in boxes)
        if exercise.size == self.exercise.size or not cut:
            return self.put(exercise)
        problem = Problem("boxes_cut", values=(("count", cut),))
        return replace(self.put(exercise), problems=(problem,))

    def undo(self) -> "Desk":
        """The desk before the last change; as it is where there was none.

        Where that was an exercise of another page it is no change, which would go back to there.
        """
        if not self.past:
            return self
        latest, past = self.past[-1], self.past[:-1]
        future = (*self.future, self.exercise)
        before = replace(self, brought="") if self.brought else self._turned()
        return replace(before, exercise=latest, past=past, future=future, problems=(), lost=None)

    def redo(self) -> "Desk":
        """The desk with what was taken back last; as it is where there is none.

        Examples
        --------
        >>> from dataclasses import replace
        >>> desk = Desk(article_exercise())
        >>> desk = desk.put(replace(desk.exercise, output_size=(3, 3)))
        >>> desk.undo().exercise.output_size, desk.undo().redo().exercise.output_size
        ((2, 2), (3, 3))
        """
        if not self.future:
            return self
        return replace(self.put(self.future[-1]), future=self.future[:-1])

    def put_back(self) -> "Desk":
        """The desk as it was at the start."""
        return self.restart(self.start)

    def restart(self, exercise: Exercise) -> "Desk":
        """The desk with another exercise, whose story begins anew."""
        return replace(self.put(exercise), epoch=self.epoch + 1, place=(0, 0))

    def opened(self, exercise: Exercise) -> "Desk":
        """A new desk with what a link has asked for, which there is nothing before."""
        return replace(self._turned(), exercise=exercise)

    def bring(self, exercise: Exercise, page: str, turn: int) -> "Desk":
        """The desk with what was changed last on another page; *undo* leads to what was here.

        It is no change of this desk's: `turn` is the number of the change that is brought. What was
        taken back here, and *redo* would have gone on to, lies behind what was here. Where the map
        and the output are as large as before, the story stays where it is. Which box is chosen
        comes along only with another exercise; see `look`.
        """
        if exercise == replace(self.exercise, selected=exercise.selected):
            exercise = replace(exercise, selected=self.exercise.selected)
            return replace(self, exercise=exercise, seen=turn)
        desk = replace(self, past=(*self.past, *self.future))
        sizes = exercise.size, exercise.output_size
        same = sizes == (self.exercise.size, self.exercise.output_size)
        desk = desk.put(exercise) if same else desk.restart(exercise)
        return replace(desk, turn=self.turn, seen=turn, looked=turn, brought=page)

    def look(self, selected: int, looked: int) -> "Desk":
        """The desk with the box chosen that was chosen last on another page, of the same boxes."""
        return replace(self, exercise=replace(self.exercise, selected=selected), looked=looked)


def _kept(past: tuple[Exercise, ...]) -> tuple[Exercise, ...]:
    """The latest of the past that there is room for; steps that share their maps are free."""
    room, seen = MOST_KEPT, set[int]()
    for k in range(len(past) - 1, -1, -1):
        maps = past[k].maps
        if id(maps) not in seen:
            seen.add(id(maps))
            room -= maps.array.nbytes
        if room < 0:
            return past[k + 1 :]
    return past
