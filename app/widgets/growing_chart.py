"""A chart whose numbers grow, without a flicker.

Streamlit takes a chart with other numbers for another chart and builds it anew, and for a moment
there is none. So the one before stays below until the browser has drawn the new one over it;
assets/page/detector.css puts the two on one place.
"""

from typing import TYPE_CHECKING

import streamlit as st

from app.widgets import charts

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def show(key: str, figure: "Figure", alt: str, *, grows: bool) -> None:
    """Draw a figure, while it `grows` over the one that stood here last."""
    state = st.session_state
    drawn: list[tuple[int, Figure]] = state.get(key, [])
    if not drawn or drawn[-1][1] != figure:
        drawn = [*drawn[-1:], (drawn[-1][0] + 1 if drawn else 0, figure)]
    if not grows:
        drawn = drawn[-1:]
    state[key] = drawn
    with st.container(key=f"growing-{key.replace('.', '-')}"):
        for number, each in drawn:
            # The same number, the same chart: it is moved and not built again.
            charts.show(each, key=f"{key}.{number}", alt=alt)
