"""Detector: the article's diagram at work, from a picture to boxes."""

import streamlit as st

from app import controls, train_panel

NAME = "detector"

text = controls.current_text()
st.markdown(f"**{text('detector.title')}**")
train_panel.show(NAME, text)
