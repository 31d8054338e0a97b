"""Detector: the article's diagram at work, from a picture to boxes."""

from pathlib import Path

import streamlit as st

from app.detector import controls as detector_controls
from app.detector import mount as detector_figure
from app.detector import train_panel
from app.widgets import controls

NAME = "detector"
PLAYGROUND = Path(__file__).with_name("playground.py")

text = controls.current_text()
controls.keep_language(text)
with st.container(horizontal=True, vertical_alignment="center", key=f"{NAME}-controls"):
    detector_controls.picture(NAME, text)
    source = detector_controls.source_of(NAME)
    with st.spinner(text("detector.busy"), width="content"):
        seen = source is not None and detector_figure.is_seen(source, text)

if source is None:
    detector_controls.invite(text)
elif seen:
    detector_figure.show(NAME, source, text, str(PLAYGROUND))
train_panel.show(NAME, source, text)
