"""The error over the position of the box, as a chart and a sentence."""

from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from app.pixels.mount import align_of
from app.pixels.positions import Positions, positions
from app.pixels.quantise import tenths
from app.text import Text, as_markdown, number
from app.widgets import charts
from app.widgets.choosing import kept_choice
from app.widgets.head_start import let_the_figure_go_first
from app.widgets.looks import is_hidden

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

CURVES = ("error", "value")
HEIGHT = 300

# The same as in assets/figures/pixels/pixels.css, readable on light and on dark.
_LOST, _TAKEN, _ALIGN, _POOL = "#ea580c", "#8b5cf6", "#5b8fd6", "#7c828c"


def show(name: str, text: Text) -> None:
    """The curve that is chosen, and in a sentence what it shows; it is drawn again on release."""

    @st.fragment
    def chart() -> None:
        exercise = st.session_state[name].exercise
        found = positions(exercise, align_of(name))
        which = kept_choice(
            "segmented_control",
            text("pixels.chart.which"),
            CURVES,
            key=f"{name}.curve",
            start=CURVES[0],
            words=lambda one: text(f"pixels.chart.{one}"),
            label_visibility="collapsed",
        )
        if which == "value" and is_hidden():
            st.caption(text("hidden"))
            return
        st.markdown(as_markdown(said(which, found, text)))
        let_the_figure_go_first()
        x1 = exercise.boxes[exercise.selected][1]
        drawn = figure(which, found, x1, text)
        charts.show(drawn, key=f"{name}.chart", alt=said(which, found, text))

    chart()


def said(which: str, found: Positions, text: Text) -> str:
    """What a curve shows, with its numbers."""
    if which == "error":
        low, high = (
            [tenths(part(series)) for series in (found.lost, found.taken)]
            for part in (np.min, np.max)
        )
        values = {"lost_low": low[0], "lost_high": high[0]}
        return text("pixels.chart.error.said", **values, taken_low=low[1], taken_high=high[1])
    return text(
        "pixels.chart.value.said",
        jump=_told(_largest_step(found.pooled)),
        slope=_told(_largest_step(found.averaged)),
    )


def _largest_step(values: Any) -> float:
    return float(np.abs(np.diff(values)).max(initial=0.0))


def _told(step: float) -> str:
    """A step in two digits that say something: 0.0049 and not 0.00."""
    return f"{step:.2g}" if 1e-4 < step < 1 else number(step)


def figure(which: str, found: Positions, x1: float, text: Text) -> "Figure":
    """The chart of a curve, with a mark where the box is now."""
    go = charts.graph_objects()

    def line(values: Any, name: str, colour: str, **style: Any) -> Any:
        return go.Scatter(
            x=found.x1, y=values, name=name, mode="lines", line={"color": colour, **style}
        )

    flat = np.zeros_like(found.x1)
    lines = (
        [
            line(found.lost, text("pixels.chart.lost"), _LOST, width=2),
            line(found.taken, text("pixels.chart.taken"), _TAKEN, width=2, dash="dash"),
            line(flat, text("pixels.chart.align"), _ALIGN, width=3),
        ]
        if which == "error"
        else [
            line(found.pooled, "RoIPool", _POOL, width=2),
            line(found.averaged, text("pixels.chart.align"), _ALIGN, width=3),
        ]
    )
    side = text("pixels.chart.share" if which == "error" else "pixels.chart.output")
    chart = go.Figure(lines)
    chart.add_vline(x1, line={"dash": "dot", "width": 1.5, "color": _POOL})
    chart.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        hovermode="x unified",
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        xaxis={"title": {"text": text("pixels.chart.x")}, "showgrid": False},
        yaxis={"title": {"text": side}, "hoverformat": ".2f"},
    )
    if which == "error":
        chart.update_yaxes(rangemode="tozero")
    return chart
