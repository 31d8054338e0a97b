"""The figure of a question on the page, and the replay of its exercise once it is answered."""

from typing import Any

import streamlit as st

from app.exercise.desk import Desk
from app.exercise.record import Exercise
from app.lessons import answers, seat
from app.lessons.given import number_of
from app.lessons.payload import payload
from app.lessons.sitting import Sitting
from app.stage import mount as stage
from app.stage.component import mount
from app.text import Text
from app.widgets import looks

REPLAY = f"{seat.NAME}.replay"
_OF = f"{REPLAY}.of"
# The number of the message that the figure sent last.
_HEARD = f"{seat.NAME}.heard"


def question(sitting: Sitting, text: Text) -> None:
    """What is asked, answered on the figure itself."""

    def said(sent: Any) -> None:
        # Whatever becomes of it, it has arrived, and is not to be sent again.
        st.session_state[_HEARD] = number_of(sent)
        seat.put(lambda sitting: sitting.hears(sent))

    mount(
        "lessons",
        text,
        desk=seat.NAME,
        key=f"{seat.NAME}.question",
        data=payload(sitting, text)
        | {"heard": st.session_state.get(_HEARD), "looks": text.looks()},
        event="said",
        heard=said,
        default={"said": None},
    )


def answered(sitting: Sitting) -> Exercise | None:
    """The exercise, with the box on it that is shown; None while its answer is not to be seen.

    None after RoIAlign, too: the stage replays pooling, which is not what was asked.
    """
    asked = sitting.place.question
    # The replay of what was to be cut or placed tells that before it comes to any number.
    if asked is None or sitting.verdict is None or looks.is_hidden():
        return None
    if asked.asks == "align":
        return None
    if asked.kind == "box":
        shown = answers.box_to_show(asked, sitting.given)
        return answers.with_box(asked, shown).exercise
    return asked.exercise


def replay(exercise: Exercise, of: str, text: Text) -> None:
    """The story of an exercise on the stage; `of` another question it begins anew."""
    if st.session_state.get(_OF) != (of, exercise):
        st.session_state[_OF] = of, exercise
        st.session_state[REPLAY] = Desk(exercise, start=exercise)
    stage.show(REPLAY, text, panel="lesson")
