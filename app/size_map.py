"""A heat map over every length and every number of sections; a click loads the case."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from app.choosing import kept_choice
from app.desk import Desk
from app.exercise import Exercise
from app.head_start import let_the_figure_go_first
from app.limits import MAX_BINS, MAX_SIDE
from app.size_metrics import QUESTIONS, metrics, told
from app.sizes import COLS, ROWS, length, with_case
from app.text import Text
from roipool import Convention

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_CELLS, _COUNTS = np.arange(1, MAX_SIDE + 1), np.arange(1, MAX_BINS + 1)


def show(name: str, text: Text) -> None:
    """The heat map of what the reader asks, under the desk's convention."""
    exercise: Exercise = st.session_state[name].exercise
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{text('sizes.map.title')}**", width="content")
        question = _asked(f"{name}.question", text)
    rule = exercise.rule
    notes = [text("sizes.map.note", convention=rule.name)]
    if question == "ratio":
        notes.append(text("sizes.map.note.ratio"))
    st.caption(text.join(*notes))
    let_the_figure_go_first()
    high, wide = exercise.output_size
    here = {(length(exercise, ROWS), high), (length(exercise, COLS), wide)}
    st.plotly_chart(
        _figure(question, rule, here, text),
        key=_chart(name),
        on_select=lambda: _clicked(name),
        selection_mode="points",
        config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
        alt=text(
            "sizes.map.alt",
            asked=text(f"sizes.map.{question}"),
            convention=rule.name,
            n=MAX_SIDE,
            p=MAX_BINS,
        ),
    )


def _asked(key: str, text: Text) -> str:
    """What the reader wants to see, kept while other pages are visited."""
    return kept_choice(
        "segmented_control",
        text("sizes.map.ask"),
        QUESTIONS,
        key=key,
        start=QUESTIONS[0],
        words=lambda question: text(f"sizes.map.{question}"),
        label_visibility="collapsed",
    )


def _chart(name: str) -> str:
    return f"{name}.chart"


def _clicked(name: str) -> None:
    """Load the case of the cell that was clicked."""
    state, last = st.session_state, f"{_chart(name)}.last"
    points = state[_chart(name)].selection.points
    # A second click on the same cell takes the choice back, and means the same.
    case = (points[0]["x"], points[0]["y"]) if points else state.get(last)
    if case:
        state[last] = case
        desk: Desk = state[name]
        state[name] = desk.put(with_case(desk.exercise, *map(int, case)))


def _figure(question: str, rule: Convention, here: set[tuple[int, int]], text: Text) -> "Figure":
    # Imported when a chart is drawn: it takes most of a second, which the stage need not wait for.
    import plotly.graph_objects as go

    values = metrics(rule)[question]
    finite = np.where(np.isfinite(values), values, np.nan)
    most = float(np.nanmax(finite))
    heat = go.Heatmap(
        z=finite,
        x=_CELLS,
        y=_COUNTS,
        colorscale="Viridis",
        zmin=1 if question == "ratio" else 0,
        zmax=max(most, 2 if question == "ratio" else 1),
        xgap=1,
        ygap=1,
        hoverinfo="skip",
        colorbar={
            "title": {"text": text(f"sizes.map.{question}.bar"), "side": "right"},
            "thickness": 12,
            "outlinewidth": 0,
            **({} if question == "ratio" or most > 8 else {"dtick": 1}),
        },
    )
    layout = {
        "height": 340,
        "margin": {"l": 48, "r": 8, "t": 8, "b": 44},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "xaxis": _axis(text("sizes.map.x"), _CELLS, 8),
        "yaxis": _axis(text("sizes.map.y"), _COUNTS, 2),
    }
    return go.Figure([heat, *_rings(here), _targets(question, rule, text)], layout)


def _axis(title: str, values: NDArray[np.int_], every: int) -> dict[str, Any]:
    return {
        "title": {"text": title},
        "tickvals": [1, *range(every, len(values) + 1, every)],
        "range": [0.5, len(values) + 0.5],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }


def _rings(here: set[tuple[int, int]]) -> list[Any]:
    """Round the cases of the two axes, in two colours so that they stand out on every value."""
    import plotly.graph_objects as go

    x, y = zip(*sorted(here), strict=True)
    return [
        go.Scatter(
            x=x,
            y=y,
            mode="markers",
            hoverinfo="skip",
            marker={
                "symbol": "circle-open",
                "size": 20,
                "color": colour,
                "line": {"width": width, "color": colour},
            },
        )
        for colour, width in (("#000000", 5), ("#ffffff", 2))
    ]


def _targets(question: str, rule: Convention, text: Text) -> Any:
    """A square over each cell, which nobody sees: heat maps themselves cannot be clicked."""
    import plotly.graph_objects as go

    return go.Scatter(
        x=np.tile(_CELLS, MAX_BINS),
        y=np.repeat(_COUNTS, MAX_SIDE),
        mode="markers",
        marker={"symbol": "square", "size": 14, "opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        hovertext=_hovered(question, rule, text.language),
        hoverinfo="text",
    )


@lru_cache(maxsize=64)
def _hovered(question: str, rule: Convention, language: str) -> NDArray[np.object_]:
    text, values = Text(language), metrics(rule)[question]
    return np.array(
        [
            text("sizes.map.case", n=n, p=p, told=told(question, values[p - 1, n - 1], text))
            for p in _COUNTS
            for n in _CELLS
        ],
        dtype=object,
    )
