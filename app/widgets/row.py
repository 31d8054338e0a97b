"""A row of widgets under one name."""

from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def row(
    label: str, *, key: str, gap: Literal["xsmall", "small"] = "small", help: str | None = None
) -> DeltaGenerator:
    """A row that begins with what it is called, as wide as what is put into it."""
    place = st.container(
        horizontal=True, vertical_alignment="center", width="content", gap=gap, key=key
    )
    place.markdown(label, help=help, width="content")
    return place
