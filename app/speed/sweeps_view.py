"""What pooling costs against each size, as four small charts with their slopes."""

from collections.abc import Sequence
from html import escape
from math import log10
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from app.speed import runs
from app.speed.findings import slope, when_doubled
from app.speed.reporting import Report
from app.speed.sharing_chart import GREY, SHARED
from app.speed.sweeps import SWEEPS
from app.speed.words import seconds, times
from app.text import Text, as_markdown
from app.widgets import charts

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

VIEW = "sweep"
MODULE = "app.speed.sweeps"
HEIGHT = 250

# An exponent this near a whole number is called by it.
_NEAR = 0.2
_DECADES = 2.2  # of every chart's x axis: the same slope is as steep on all
_CELLS_OF_A_SIDE = 2  # the exponent, if every cell of a RoI were read


def show(text: Text) -> None:
    """The buttons, and a chart for each size that was changed."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(text("speed.sweeps.what"), width="content")
        runs.buttons(VIEW, text, MODULE)

    def draw(points: Sequence[Report], about: Report) -> None:
        of = {axis: [point for point in points if point["axis"] == axis] for axis in SWEEPS}
        limits = _limits(points)
        columns = st.columns(len(SWEEPS), gap="medium")
        for (axis, measured), column in zip(of.items(), columns, strict=True):
            if len(measured) > 1:
                with column:
                    _one(axis, measured, about, limits, text)
        st.caption(as_markdown(conditions(points, about, text)))

    runs.live(VIEW, text, draw)


def _one(
    axis: str, points: Sequence[Report], about: Report, limits: tuple[float, float], text: Text
) -> None:
    exponent = _slope(points)
    doubled = times(when_doubled(exponent))
    factor = escape(text("speed.times", times=doubled))
    # Where the factor stands in the sentence is the language's own.
    before, after = text(f"speed.sweeps.{axis}.doubled", factor="\n").split("\n")
    said = f"{escape(before)}<b>{factor}</b>{escape(after)}"
    st.html(f'<p class="doubled" data-testid="sweep-{axis}">{said}</p>')
    charts.show(
        figure(axis, points, limits, text),
        key=f"speed.sweep.{axis}",
        alt=text("speed.sweeps.alt", axis=text(f"speed.sweeps.{axis}"), times=doubled),
    )
    st.caption(as_markdown(meaning(axis, exponent, about["backend"], text)))


def _slope(points: Sequence[Report]) -> float:
    return slope(*_series(points))


def _series(points: Sequence[Report]) -> tuple[list[float], list[float]]:
    values = [point["value"] for point in points]
    return values, [point["time"]["median"] for point in points]


def meaning(axis: str, exponent: float, backend: str, text: Text) -> str:
    """What a slope says of how the work is done.

    Sections count along each side of the output: twice as many are four times as many values.
    """
    whole = {"rois": 1, "channels": 1, "sections": 2, "side": 2}[axis]
    if axis == "side":
        form = "flat" if exponent < 0.5 else "cells" if exponent > whole - _NEAR else "between"
        if form == "flat" and backend != "numpy":
            form = "flat.gpu"
    else:
        form = "whole" if exponent > whole - _NEAR else "less"
    return text(f"speed.sweeps.{axis}.{form}", slope=f"{exponent:.2f}".replace("-", "−"))


def _limits(points: Sequence[Report]) -> tuple[float, float]:
    """The decades of the y axis, the same on all charts."""
    medians = [point["time"]["median"] for point in points]
    return log10(min(medians)) - 0.3, log10(max(medians)) + 0.3


def figure(
    axis: str, points: Sequence[Report], limits: tuple[float, float], text: Text
) -> "Figure":
    """Points on logarithmic axes, and the straight line that fits them best."""
    go = charts.graph_objects()

    values, medians = _series(points)
    fitted = np.exp(np.polyval(np.polyfit(np.log(values), np.log(medians), 1), np.log(values)))
    middle = (log10(values[0]) + log10(values[-1])) / 2
    chart = go.Figure()
    if axis == "side":
        # What is not so is drawn thin, and named.
        read = [medians[0] * (value / values[0]) ** _CELLS_OF_A_SIDE for value in values]
        chart.add_scatter(
            x=values,
            y=read,
            mode="lines",
            line={"color": GREY, "width": 1.5, "dash": "dot"},
            hovertext=text("speed.sweeps.side.read"),
            hoverinfo="text",
        )
        # Left of it, where it is high above the points.
        high = min(log10(read[-1]), limits[0] + 0.8 * (limits[1] - limits[0]))
        chart.add_annotation(
            x=log10(values[0]) + (high - log10(read[0])) / _CELLS_OF_A_SIDE,
            y=high,
            text=text("speed.sweeps.side.line"),
            font={"color": GREY, "size": charts.TYPE},
            showarrow=False,
            xanchor="right",
            xshift=-8,
        )
    chart.add_scatter(
        x=values, y=fitted, mode="lines", line={"color": SHARED, "width": 2}, hoverinfo="skip"
    )
    chart.add_scatter(
        x=values,
        y=medians,
        mode="markers",
        marker={"size": 8, "color": SHARED},
        hovertext=[seconds(value, text) for value in medians],
        hoverinfo="text+x",
    )
    ticks = [float(f"1e{power}") for power in range(-5, 3)]
    plain: dict[str, Any] = {"type": "log", "zeroline": False}
    chart.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
        uirevision="speed",
        xaxis={
            **plain,
            "title": {"text": text(f"speed.sweeps.{axis}")},
            "tickvals": values,
            "range": [middle - _DECADES / 2, middle + _DECADES / 2],
            "showgrid": False,
        },
        yaxis={
            **plain,
            "tickvals": ticks,
            "ticktext": [
                text("speed.seconds", value=f"{tick:g}")
                if tick >= 1
                else text("speed.milliseconds", value=f"{1000 * tick:g}")
                for tick in ticks
            ],
            "range": list(limits),
        },
    )
    return chart


def conditions(points: Sequence[Report], about: Report, text: Text) -> str:
    """How it was measured, and what stood still meanwhile."""
    return text(
        "speed.sweeps.conditions",
        rounds=points[0]["time"]["rounds"],
        map=about["map_side"],
        **about["base"],
    )
