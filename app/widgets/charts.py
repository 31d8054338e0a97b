"""How every chart is put on a page: its type as large as the page's, and the page still scrolls."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

TYPE = 14  # px of all type on a chart, at least

# A finger or a wheel over a chart scrolls the page: nothing of a chart is to be dragged or zoomed.
_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def graph_objects() -> Any:
    """Plotly's charts and lines: a second of loading that only pages with a chart need."""
    # Plotly takes pandas as it finds it, and fails on one that another session is just loading. To
    # ask for it is to wait until it is there.
    import_module("pandas")
    return import_module("plotly.graph_objects")


def show(figure: "Figure", *, key: str, alt: str) -> None:
    """Draw a figure, with its description for whoever cannot see it."""
    # Whoever made it may compare it with the next: what is said here is said of a copy.
    figure = type(figure)(figure)
    font = {"size": TYPE}
    axis = {"fixedrange": True, "tickfont": font, "title": {"font": font}}
    labels = {"font": font}
    figure.update_layout(dragmode=False, font=font, hoverlabel=labels, legend=labels)
    figure.update_xaxes(axis)
    figure.update_yaxes(axis)
    st.plotly_chart(figure, key=key, config=_CONFIG, alt=alt)
