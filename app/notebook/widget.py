"""The stage in a notebook: what a hand does there comes back as arrays, and the other way round."""

from dataclasses import replace
from typing import Any

import anywidget
import numpy as np
import traitlets
from numpy.typing import ArrayLike

import roipool
from app.exercise.desk import Desk
from app.exercise.maps import Maps
from app.exercise.record import Exercise
from app.figures.entries import NOTEBOOK, script, style
from app.notebook import given, static
from app.notebook.payload import payload
from app.story.scenes import KINDS
from app.text import Text
from roipool import RoIPoolError

END = -1
"""The step at which a story that nobody plays stands: its last."""


class Stage(anywidget.AnyWidget):
    """Feature maps, boxes on them and what pooling makes of them, to be looked at and changed.

    See `roipool.show`, which makes one. Each attribute is a trait, so that
    ``w.observe(function, "output")`` calls a function whenever it changes.

    Attributes
    ----------
    input : (B, C, H, W) array, settable
    boxes : (N, 5) array of ``[batch_index, x1, y1, x2, y2]``, settable
    output_size : (PH, PW), settable
    convention : str or Convention, settable
    step : the scene that is shown, one of `app.story.scenes.KINDS`, settable
    output, argmax : (N, C, PH, PW) arrays, what `roipool.roi_pool_with_argmax` makes of these
    spatial_scale : cells per unit of the boxes
    """

    _esm = script(NOTEBOOK)
    _style = traitlets.Unicode(style(NOTEBOOK)).tag(sync=True)
    _data = traitlets.Dict().tag(sync=True)
    # Anything: what comes from a browser is checked by the desk.
    _edit = traitlets.Any().tag(sync=True, echo_update=False)
    _at = traitlets.Int(END).tag(sync=True)

    input = traitlets.Any()
    boxes = traitlets.Any()
    output_size = traitlets.Any()
    convention = traitlets.Any()
    step = traitlets.Unicode(KINDS[-1])
    output = traitlets.Any(read_only=True)
    argmax = traitlets.Any(read_only=True)
    spatial_scale = traitlets.Float(read_only=True)

    def __init__(
        self,
        input: Any,
        boxes: Any,
        output_size: Any,
        spatial_scale: Any = 1.0,
        *,
        convention: Any = "article",
        step: str | None = None,
        language: str = "en",
    ) -> None:
        array = given.given_input(input)
        maps = Maps(array)
        rule = given.given_rule(convention, array.dtype)
        exercise = Exercise(
            maps=maps,
            boxes=given.given_boxes(boxes, maps),
            output_size=given.given_size(output_size),
            convention=rule,
            spatial_scale=given.given_scale(spatial_scale),
        )
        # What looks at the first box looks at its image.
        exercise = exercise.with_boxes(exercise.boxes)
        self._desk = Desk(exercise, start=exercise)
        self._text = Text(language)
        self._dtype = array.dtype
        # As somebody has called what is cut by these rules.
        self._called: dict[Any, Any] = {rule: convention}
        self._led = 0
        super().__init__(_data=self._payload(END))
        self.set_trait("spatial_scale", exercise.spatial_scale)
        self._tell()
        if step is not None:
            self.step = step

    # ---- from Python ---------------------------------------------------------

    @traitlets.validate("input")
    def _read_input(self, proposal: Any) -> Any:
        return given.given_input(proposal["value"])

    @traitlets.validate("boxes")
    def _read_boxes(self, proposal: Any) -> Any:
        return _table(given.given_boxes(proposal["value"], self._exercise.maps))

    @traitlets.validate("output_size")
    def _read_size(self, proposal: Any) -> Any:
        return given.given_size(proposal["value"])

    @traitlets.validate("convention")
    def _read_convention(self, proposal: Any) -> Any:
        self._called[given.given_rule(proposal["value"], self._dtype)] = proposal["value"]
        return proposal["value"]

    @traitlets.validate("step")
    def _read_step(self, proposal: Any) -> Any:
        step, there = proposal["value"], [scene["kind"] for scene in self._data["scenes"]]
        if step not in there:
            known = ", ".join(dict.fromkeys(there))
            why = "" if step in there or step not in KINDS else "; the others need a box"
            raise RoIPoolError(f"step is {step!r}; expected one of {known}{why}.")
        return step

    @traitlets.observe("input", "boxes", "output_size", "convention")
    def _asked(self, change: Any) -> None:
        exercise, new, dtype = self._exercise, change["new"], self._dtype
        match change["name"]:
            case "input":
                self._dtype = new.dtype
                rule = given.given_rule(self.convention, new.dtype)
                self._called[rule] = self.convention
                asked = replace(exercise, convention=rule).with_maps(Maps(new))
            case "boxes":
                asked = exercise.with_boxes(given.given_boxes(new, exercise.maps))
            case "output_size":
                asked = replace(exercise, output_size=new)
            case _:
                asked = replace(exercise, convention=given.given_rule(new, self._dtype))
        # What is told of a change is asked for by nobody.
        if asked != exercise or dtype != self._dtype:
            desk = self._desk.put(asked)
            # There is no way back to maps of another dtype.
            self._desk = desk if dtype == self._dtype else replace(desk, past=(), future=())
            self._tell()

    @traitlets.observe("step")
    def _led_to(self, change: Any) -> None:
        scenes = self._data["scenes"]
        if scenes[self._at]["kind"] != change["new"]:
            self._led += 1
            with self.hold_sync():
                self._at = _first(scenes, change["new"])
                self._data = self._data | {"go": self._go(self._at)}

    # ---- from the stage --------------------------------------------------------

    @traitlets.observe("_edit")
    def _heard(self, change: Any) -> None:
        desk = self._desk.take(change["new"])
        # A cell is what the maps' dtype makes of what was typed.
        typed = desk.exercise.maps
        maps = Maps(typed.array.astype(self._dtype), typed.own)
        if maps != typed:
            desk = replace(desk, exercise=replace(desk.exercise, maps=maps))
        if desk != self._desk:
            self._desk = desk
            self._tell()

    @traitlets.observe("_at")
    def _looked(self, change: Any) -> None:
        scenes = self._data["scenes"]
        if not END <= self._at < len(scenes):
            self._at = END
        self.step = scenes[self._at]["kind"]

    # ---- to both -----------------------------------------------------------------

    @property
    def _exercise(self) -> Exercise:
        return self._desk.exercise

    def _tell(self) -> None:
        """Have the stage and all traits say what the desk holds."""
        exercise = self._exercise
        convention = self._called.get(exercise.convention, exercise.convention)
        maps = given.fixed(exercise.maps.array.astype(self._dtype))
        size, boxes = exercise.output_size, _table(exercise.boxes)
        output, argmax = roipool.roi_pool_with_argmax(
            maps, boxes, size, exercise.spatial_scale, convention=convention, backend="numpy"
        )
        # Whoever is told of one of them finds the others as new.
        with self.hold_sync(), self.hold_trait_notifications():
            self._data = self._payload(self._at)
            scenes = self._data["scenes"]
            kinds = [scene["kind"] for scene in scenes]
            step = self.step if self.step in kinds else kinds[-1]
            if self._at >= len(scenes) or kinds[self._at] != step:
                self._at = _first(scenes, step)
            self.step = step
            self.output_size, self.convention = size, convention
            for name, array in (("input", maps), ("boxes", boxes)):
                if not _same(getattr(self, name), array):
                    setattr(self, name, array)
            for name, array in (("output", output), ("argmax", argmax)):
                if not _same(getattr(self, name), array):
                    self.set_trait(name, given.fixed(array))

    def _payload(self, at: int) -> dict[str, Any]:
        return payload(self._desk, self._text) | {"go": self._go(at)}

    def _go(self, at: int) -> dict[str, int]:
        return {"step": at, "sent": self._led}

    def __repr__(self) -> str:
        """What is on the stage, in a line."""
        rows, cols = self._exercise.size
        count, (high, wide) = len(self._exercise.boxes), self._exercise.output_size
        boxes = "1 box" if count == 1 else f"{count} boxes"
        name = roipool.get_convention(self.convention).name
        return f"<roipool.show: {boxes} on {rows}×{cols} cells, {high}×{wide} bins, {name}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget, and for where no widget lives what is on the stage as a page that stands."""
        shown = super()._repr_mimebundle_(**kwargs)
        if shown is None:
            return None
        bundle, metadata = shown
        return bundle | {"text/html": static.page(self._exercise, self._text)}, metadata


def _first(scenes: list[dict[str, Any]], kind: str) -> int:
    """The step at which scenes of a kind begin; the end where that is the last."""
    kinds = [scene["kind"] for scene in scenes]
    return END if kinds[-1] == kind else kinds.index(kind)


def _table(boxes: Any) -> Any:
    return given.fixed(np.array(boxes, dtype=np.float64).reshape(-1, 5))


def _same(before: ArrayLike | None, now: np.ndarray[Any, Any]) -> bool:
    return (
        isinstance(before, np.ndarray) and before.dtype == now.dtype and np.array_equal(before, now)
    )
