"""Speed: what sharing one feature map saves, measured on the machine at hand."""

import streamlit as st

from app.speed import peers_view, sharing_view, sweeps_view
from app.widgets import controls

NAME = "speed"
VIEWS = {"sharing": sharing_view, "peers": peers_view, "sweeps": sweeps_view}

text = controls.current_text()
controls.keep_language(text)
view = controls.view(NAME, text, list(VIEWS))
with st.container(key=f"{NAME}-view"):
    VIEWS[view].show(text)
