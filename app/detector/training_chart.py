"""Loss and mAP over the seconds of a training, both ways of training in one chart each."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from app.detector.training_run import Course, Kind
from app.text import Text
from app.widgets import charts

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

Curve = Literal["loss", "precision"]
CURVES: tuple[Curve, ...] = ("loss", "precision")
HEIGHT = 260

# Of Okabe and Ito's colours, two that stand out on light and on dark. The dashes say it without.
_STYLES: dict[Kind, dict[str, Any]] = {
    "open": {"color": "#009e73", "width": 3},
    "blocked": {"color": "#cc79a7", "width": 3, "dash": "6px,3px"},
}
# Under the lowest mAP is room for a name.
_SCALES: dict[Curve, dict[str, Any]] = {
    "loss": {"rangemode": "tozero", "zeroline": True},
    "precision": {"range": [-0.16, 1.05], "tickvals": [0, 0.25, 0.5, 0.75, 1], "zeroline": True},
}
_NEAR = 0.25  # of the height: two names have no room between the curves
_LEFT = 0.45  # of the width: labels of curves that end before stand to the right of their end


def figure(curve: Curve, courses: Mapping[Kind, Course], text: Text) -> "Figure":
    """One of the charts, with the name of each curve where it ends."""
    go = charts.graph_objects()

    # The last step may end a little after the time.
    longest = max((max(each.asked, each.seconds) for each in courses.values()), default=1)
    points = {kind: _points(curve, course) for kind, course in courses.items()}
    drawn = {kind: where for kind, where in points.items() if where[0]}
    lines = [
        go.Scatter(
            x=x,
            y=y,
            name=text(f"train.curve.{kind}"),
            mode="lines" if curve == "loss" else "lines+markers",
            line=_STYLES[kind],
            marker={"size": 7},
            hovertemplate="%{y:.2f}",
        )
        for kind, (x, y) in drawn.items()
    ]
    chart = go.Figure(lines)
    chart.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 36, "b": 8},
        title={
            "text": text(f"train.chart.{curve}"),
            "font": {"size": charts.TYPE},
            "x": 0,
            "y": 0.98,
        },
        showlegend=False,
        hovermode="x unified",
        xaxis={
            "title": {"text": text("train.chart.seconds")},
            "range": [0, longest * 1.02],
            "showgrid": False,
            "zeroline": False,
        },
        yaxis=_SCALES[curve],
        annotations=[
            _label(kind, where, courses[kind], longest, _is_above(curve, kind, drawn), text)
            for kind, where in drawn.items()
        ],
    )
    return chart


Points = tuple[Sequence[float], Sequence[float]]


def _points(curve: Curve, course: Course) -> Points:
    """Seconds and values."""
    if curve == "loss":
        return [x for x, _ in course.losses], [y for _, y in course.losses]
    return [each.seconds for each in course.measured], [each.precision for each in course.measured]


def _is_above(curve: Curve, kind: Kind, drawn: Mapping[Kind, Points]) -> bool:
    """Whether a curve's name stands over its end: where it came from, there is no room.

    Where two end near each other, the upper one's is above and the lower one's below.
    """
    ends = {each: y[-1] for each, (_, y) in drawn.items()}
    scale = 1.0 if curve == "precision" else max(max(y) for _, y in drawn.values())
    if len(ends) == 1 or max(ends.values()) - min(ends.values()) > _NEAR * scale:
        return curve == "precision"
    # Where both are as high, the first of the two is taken for the upper one.
    return kind == max(ends, key=lambda each: ends[each])


def _label(
    kind: Kind, where: Points, course: Course, longest: float, above: bool, text: Text
) -> dict[str, Any]:
    x, y = where[0][-1], where[1][-1]
    name = text(f"train.curve.{kind}")
    if course.state in ("stopped", "failed"):
        name = text(f"train.curve.{course.state}", name=name, seconds=f"{course.seconds:.0f}")
    return {
        "x": x,
        "y": y,
        "text": name,
        "showarrow": False,
        "xanchor": "left" if x < _LEFT * longest else "right",
        "yanchor": "bottom" if above else "top",
        "yshift": 5 if above else -5,
        "font": {"size": charts.TYPE},
    }
