"""Seconds over the number of proposals, one line for each way, with the gap at the last point."""

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any

import numpy as np

from app.speed.findings import crossing
from app.speed.reporting import Report
from app.speed.words import seconds, times
from app.text import Text
from app.widgets import charts

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

HEIGHT = 460

# The same as in assets/page/speed.css, readable on light and on dark.
EACH, SHARED, GREY = "#ea580c", "#5b8fd6", "#7c828c"

# What stands beside the last points: the factor, or the name of a line that is not yet long.
_MARGIN = 84
# How much of the axis the name of a line takes on a phone, and how far from it the ring's needs to
# be for its own.
_NAME = 0.44
_RING = 12
# From this factor on the name of the ring is clear of that of the upper line.
_APART = 2
# A tick nearer to another than this factor would run into it.
_TICKS_APART = 3.5


def show(points: Sequence[Report], asked: Sequence[int], text: Text) -> None:
    """The chart of the points that are there, with room for all that are asked for."""
    charts.show(
        figure(points, max(asked), text),
        key="speed.sharing.chart",
        alt=text(
            "speed.sharing.alt",
            counts=text("sizes.list").join(str(point["proposals"]) for point in points),
        ),
    )


def figure(points: Sequence[Report], most: int, text: Text) -> "Figure":
    """Both lines on logarithmic axes; what grows with the number of proposals is a slope there."""
    go = charts.graph_objects()

    counts = [point["proposals"] for point in points]
    medians = {side: [point[side]["median"] for point in points] for side in ("each", "shared")}
    chart = go.Figure()
    for side, colour in (("each", EACH), ("shared", SHARED)):
        told = [
            text("speed.sharing.hover", time=seconds(value, text), count=count)
            for count, value in zip(counts, medians[side], strict=True)
        ]
        chart.add_scatter(
            x=counts,
            y=medians[side],
            mode="lines+markers",
            line={"color": colour, "width": 3},
            marker={"size": 8},
            hovertext=told,
            hoverinfo="text",
            name=text(f"speed.sharing.{side}"),
        )
    ticks = [10.0**power for power in range(-4, 4)]
    values = medians["each"] + medians["shared"]
    chart.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": _MARGIN, "t": 8, "b": 8},
        showlegend=False,
        uirevision="speed",
        hovermode="closest",
        xaxis={
            "type": "log",
            "title": {"text": text("speed.sharing.x")},
            "tickvals": [*_ticks(counts[-1]), counts[-1]],
            "tickangle": 0,
            "range": _range(most),
            "zeroline": False,
        },
        yaxis={
            "type": "log",
            "tickvals": ticks,
            "ticktext": [_decade(value, text) for value in ticks],
            # In half decades, so that it seldom changes while points come in.
            "range": [
                floor(2 * log10(min(values)) - 0.5) / 2,
                ceil(2 * log10(max(values)) + 0.4) / 2,
            ],
            "zeroline": False,
        },
    )
    _name_lines(chart, counts, medians, most, text)
    _mark_gap(chart, counts, medians, text)
    _mark_crossing(chart, counts, medians, text)
    return chart


def _decade(value: float, text: Text) -> str:
    if value >= 1:
        return text("speed.seconds", value=f"{value:g}")
    return text("speed.milliseconds", value=f"{1000 * value:g}")


def _range(most: int) -> list[float]:
    return [log10(0.6), log10(1.15 * most)]


def _ticks(last: int) -> list[int]:
    """Powers of ten with room for the last number beside them."""
    return [tick for tick in (1, 10, 100, 1000) if max(tick / last, last / tick) >= _TICKS_APART]


def _name_lines(
    chart: "Figure", counts: list[int], medians: dict[str, list[float]], most: int, text: Text
) -> None:
    """Each line is named where no line runs."""
    low, high = _range(most)
    wide = 10 ** (_NAME * (high - low))
    last = counts[-1]
    crossed = crossing(counts, medians["each"], medians["shared"]).at
    ahead = medians["each"][-1] > medians["shared"][-1]
    for side, colour in (("each", EACH), ("shared", SHARED)):
        above = ahead == (side == "each")
        if side == "each" and not above:
            # It rises: below its beginning there is nothing.
            at, anchor = 0, "left"
        else:
            # Below the shared line the other one comes up, until they have crossed.
            clear = last >= wide * crossed if side == "shared" and crossed else last > 20
            at, anchor = len(counts) - 1, "right" if clear else "left"
        near = [
            value
            for count, value in zip(counts, medians[side], strict=True)
            if count == counts[at] or (anchor == "right" and count >= last / wide)
        ]
        chart.add_annotation(
            x=log10(counts[at]),
            y=log10((max if above else min)(near)),
            text=f"<b>{text(f'speed.sharing.{side}.line')}</b>",
            font={"color": colour, "size": charts.TYPE},
            showarrow=False,
            xanchor=anchor,
            yanchor="bottom" if above else "top",
            # Beside the last point the factor has its place, and may be as low as the line.
            yshift=10 if above else -14,
        )


def _mark_gap(
    chart: "Figure", counts: list[int], medians: dict[str, list[float]], text: Text
) -> None:
    """The distance of the two lines at the last point, which is the factor."""
    each, shared = medians["each"][-1], medians["shared"][-1]
    if len(counts) < 2 or each <= shared:
        return
    line: dict[str, Any] = {"color": GREY, "width": 1.5, "dash": "dot"}
    chart.add_scatter(
        x=[counts[-1]] * 2, y=[shared, each], mode="lines", line=line, hoverinfo="skip"
    )
    chart.add_annotation(
        x=log10(counts[-1]),
        y=(log10(each) + log10(shared)) / 2,
        text=f"<b>{text('speed.times', times=times(each / shared))}</b>",
        font={"size": 20},
        showarrow=False,
        # Where the lines have not come yet, and at the end do not go.
        xanchor="left",
        xshift=6,
    )


def _mark_crossing(
    chart: "Figure", counts: list[int], medians: dict[str, list[float]], text: Text
) -> None:
    """A ring where both take as long."""
    found = crossing(counts, medians["each"], medians["shared"])
    if found.at is None:
        return
    at = float(np.interp(np.log(found.at), np.log(counts), np.log(medians["shared"])))
    chart.add_scatter(
        x=[found.at],
        y=[float(np.exp(at))],
        mode="markers",
        marker={"symbol": "circle-open", "size": 16, "color": GREY, "line": {"width": 2}},
        hovertext=[text("speed.sharing.equal", at=round(found.at))],
        hoverinfo="text",
    )
    if found.at < _RING or medians["each"][-1] < _APART * medians["shared"][-1]:
        return  # no room for words: they are said beside the chart, too
    chart.add_annotation(
        x=np.log10(found.at),
        y=at / np.log(10),
        text=text("speed.sharing.equal", at=round(found.at)),
        font={"size": charts.TYPE},
        showarrow=False,
        yanchor="bottom",
        yshift=14,
        xanchor="right",
    )
