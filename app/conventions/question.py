"""What a session keeps of the question which convention made an output, and of its answer."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from app.conventions.asked import FIELDS, OTHER, Given, Refused, pasted
from app.conventions.examples import Example
from app.conventions.two_outputs import Answer, answered
from app.exercise.edit import Problem
from app.files import Reading, Ways
from app.jobs.calls import CallError, call
from app.widgets import readings
from app.widgets.uploads import handed_in

ALL = (*FIELDS, OTHER)
# So often what was taken out of the fields can be brought back.
_MOST_KEPT = 8


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in the form: by field what was given, and what goes with it.

    Attributes
    ----------
    given : by field a file, or text as a file without a name
    """

    given: dict[str, Given]
    scale: float = 1.0
    tolerance: float | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nobody has put anything in."""
        return not any(content.strip() for _, content in self.given.values())


class Question:
    """Where the session keeps what is in the form, and what has come of it."""

    def __init__(self, name: str) -> None:
        self.key = f"{name}.identify"
        self._found = f"{self.key}.found"
        self.problems = f"{self.key}.problems"
        self.refused = f"{self.key}.refused"
        self._asked = f"{self.key}.asked"
        self._replaced = f"{self.key}.replaced"
        self._filled = f"{self.key}.filled"
        self._answers = f"{self.key}.answers"

    @property
    def scale(self) -> float:
        """Cells per unit of the boxes, as it was typed."""
        scale: float = st.session_state.get(f"{self.key}.scale.kept", 1.0)
        return scale

    def put_scale(self, scale: float) -> None:
        """Another scale, which is another question."""
        st.session_state[f"{self.key}.scale.kept"] = scale
        self.forget()

    @property
    def tolerance(self) -> float | None:
        """How far apart equal values may be, if that was typed."""
        tolerance: float | None = st.session_state.get(f"{self.key}.tolerance.kept")
        return tolerance

    def put_tolerance(self, tolerance: float | None) -> None:
        """Another tolerance; 0 is none, and how far apart they may be is found out."""
        st.session_state[f"{self.key}.tolerance.kept"] = tolerance or None
        self.forget()

    @property
    def ways(self) -> dict[str, Ways]:
        """By field, the ways that were chosen to read it in."""
        return {field: readings.ways(f"{self.key}.{field}") for field in ALL}

    def changed(self, field: str) -> None:
        """Something else stands in a field: nothing is known of it yet."""
        st.session_state.pop(self._brought(field), None)
        readings.forget(f"{self.key}.{field}")
        self.forget()

    def forget(self) -> None:
        """An answer is about what was asked; once that changes there is none."""
        for said in (self._found, self.problems, self.refused, self._asked):
            st.session_state.pop(said, None)

    def upload(self, field: str) -> str:
        """The key of the widget that takes the field's file."""
        return f"{self.key}.{field}.file.{st.session_state.get(f'{self.key}.{field}.files', 0)}"

    def _brought(self, field: str) -> str:
        return f"{self.key}.{field}.brought"

    def brought(self, field: str) -> Given | None:
        """The file of a field that was brought back, which no widget can hold."""
        file: Given | None = st.session_state.get(self._brought(field))
        return file

    def given(self, field: str) -> Given:
        """The file of a field, or else its text."""
        uploaded = handed_in(self.upload(field))
        if uploaded is not None:
            return uploaded.name, uploaded.getvalue()
        typed = st.session_state.get(f"{self.key}.{field}") or ""
        return self.brought(field) or pasted(typed)

    @property
    def contents(self) -> Contents:
        """What is in the form now."""
        return Contents({field: self.given(field) for field in ALL}, self.scale, self.tolerance)

    def fill(self, example: Example) -> None:
        """Put an example into all fields and ask."""
        self._put({field: getattr(example, field) for field in ALL}, example.spatial_scale, None)
        st.session_state[self._filled] = self.contents
        self.find()

    def fill_some(self, some: Example, *fields: str) -> None:
        """Put only some fields of an example in, and ask if there is an output to ask about."""
        # A scale belongs to the boxes.
        scale = some.spatial_scale if "boxes" in fields else self.scale
        self._put({field: getattr(some, field) for field in fields}, scale, self.tolerance)
        if self.given("output")[1].strip():
            self.find()

    def _put(self, texts: dict[str, str], scale: float, tolerance: float | None) -> None:
        there = {field: self.given(field) for field in texts}
        if any(there[field][1].strip() and there[field] != pasted(texts[field]) for field in texts):
            self._keep()
        for field, text in texts.items():
            self._set(field, pasted(text), text)
        self.put_scale(scale)
        self.put_tolerance(tolerance)

    def _set(self, field: str, given: Given, text: str) -> None:
        state = st.session_state
        state[f"{self.key}.{field}"] = text
        # Another widget, which holds no file.
        state[f"{self.key}.{field}.files"] = state.get(f"{self.key}.{field}.files", 0) + 1
        self.changed(field)
        if given[0]:
            state[self._brought(field)] = given

    def _keep(self) -> None:
        """Keep what a person has put in, before something else takes its place."""
        now, state = self.contents, st.session_state
        if now.is_empty or now == state.get(self._filled):
            return
        texts = {field: state.get(f"{self.key}.{field}") or "" for field in ALL}
        state[self._replaced] = [*state.get(self._replaced, ()), (now, texts)][-_MOST_KEPT:]

    @property
    def has_replaced(self) -> bool:
        """Whether something that a person has put in was replaced."""
        return bool(st.session_state.get(self._replaced))

    def bring_back(self) -> None:
        """Put back what was replaced last; what stands there now can be had again likewise."""
        state: Any = st.session_state
        *earlier, (contents, texts) = state[self._replaced]
        state[self._replaced] = earlier
        self._keep()
        for field, given in contents.given.items():
            self._set(field, given, texts[field])
        self.put_scale(contents.scale)
        self.put_tolerance(contents.tolerance)
        state.pop(self._filled, None)

    def find(self) -> None:
        """Ask with what is in the fields; the page answers."""
        self.forget()
        st.session_state[self._asked] = self.contents

    @property
    def is_asked(self) -> bool:
        """Whether there is a question that has no answer yet."""
        return self._asked in st.session_state

    def answer(self) -> None:
        """Try what may have made the output, or say why that cannot be done."""
        state: Any = st.session_state
        asked: Contents = state[self._asked]
        try:
            given = asked.given, asked.scale, asked.tolerance, self.ways
            said = call("search", answered, *given, yields=True)
        except CallError as error:
            state[self.refused] = error.problem
        else:
            if isinstance(said, Refused):
                state[self.problems] = said
            else:
                state[self._found] = asked, said
                state[self._answers] = self.answers + 1
            for field in ALL:
                known = said if isinstance(said, Refused) else said.said.asked
                others = known.others.get(field, ())
                how = () if isinstance(said, Refused) else said.said.asked.how.get(field, ())
                readings.keep(f"{self.key}.{field}", Reading(None, how, others), True)
        del state[self._asked]

    @property
    def answers(self) -> int:
        """How many answers there have been: the page knows a new one by it."""
        count: int = st.session_state.get(self._answers, 0)
        return count

    @property
    def found(self) -> Answer | None:
        """The answer to what is in the form; none of what was in it before."""
        asked, said = st.session_state.get(self._found, (None, None))
        return said if asked == self.contents else None

    def problem(self, field: str) -> Problem | None:
        """Why what is in a field cannot be used."""
        problem: Problem | None = st.session_state.get(self.problems, {}).get(field)
        return problem
