"""The exercise in the hands of a reader: what they change, and can take back. No Streamlit."""

import secrets
from dataclasses import dataclass, field, replace
from typing import Any

from app.edit import Problem, apply_edit, as_place
from app.exercise import Exercise, article_exercise

# Steps that can be taken back, and the bytes of the maps that are kept for them.
MOST_PAST, MOST_KEPT = 50, 64 * 1024**2


@dataclass(frozen=True, slots=True)
class Desk:
    """An exercise in the hands of a reader.

    Attributes
    ----------
    exercise : what is on screen
    ack : number of the last edit that was applied
    problems : what of it could not be used
    epoch : another number each time the exercise is put back, and in each session; the stage
        then starts anew
    past : the exercises before, the latest last; what *undo* goes back to
    place : (row, column) of the output cell that was chosen last; see `output_cell`
    start : what the page starts with, and goes back to
    """

    exercise: Exercise
    ack: int = 0
    problems: tuple[Problem, ...] = ()
    epoch: int = field(default_factory=lambda: secrets.randbits(32))
    past: tuple[Exercise, ...] = ()
    place: tuple[int, int] = (0, 0)
    start: Exercise = field(default_factory=article_exercise)

    @property
    def output_cell(self) -> tuple[int, int]:
        """(row, column) of the chosen output cell, or of the nearest one where there is none."""
        high, wide = self.exercise.output_size
        return min(self.place[0], high - 1), min(self.place[1], wide - 1)

    def take(self, edit: dict[str, Any]) -> "Desk":
        """The desk after an edit from the stage: all changes that it has not applied yet.

        Changes come again until they are acknowledged, each with its number ``seq``.
        """
        desk = self
        for change in edit["changes"]:
            if int(change["seq"]) > self.ack:
                desk = desk.undo() if change.get("undo") else desk._apply(change)
        return replace(desk, ack=int(edit["seq"]))

    def _apply(self, change: dict[str, Any]) -> "Desk":
        exercise, problems = apply_edit(self.exercise, change)
        place = as_place(change.get("cell"), self.place)
        return replace(self.put(exercise), problems=problems, place=place)

    def put(self, exercise: Exercise) -> "Desk":
        """The desk with another exercise, which *undo* takes back."""
        # Which box is looked at is no change of anything.
        if exercise == replace(self.exercise, selected=exercise.selected):
            return replace(self, exercise=exercise, problems=())
        past = _kept((*self.past, self.exercise)[-MOST_PAST:])
        return replace(self, exercise=exercise, past=past, problems=())

    def put_fitted(self, exercise: Exercise) -> "Desk":
        """`put`, and a word about boxes that were cut to another map."""
        boxes = zip(self.exercise.boxes, exercise.boxes, strict=False)
        cut = sum(before != after for before, after in boxes)
        if exercise.size == self.exercise.size or not cut:
            return self.put(exercise)
        problem = Problem("boxes_cut", values=(("count", cut),))
        return replace(self.put(exercise), problems=(problem,))

    def undo(self) -> "Desk":
        """The desk before the last change; as it is where there was none."""
        if not self.past:
            return self
        return replace(self, exercise=self.past[-1], past=self.past[:-1], problems=())

    def put_back(self) -> "Desk":
        """The desk as it was at the start."""
        return self.restart(self.start)

    def restart(self, exercise: Exercise) -> "Desk":
        """The desk with another exercise, whose story begins anew."""
        return replace(self.put(exercise), epoch=self.epoch + 1, place=(0, 0))


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
