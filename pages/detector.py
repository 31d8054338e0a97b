"""Detector: the article's diagram at work, from a picture to boxes."""

import streamlit as st

from app import controls

text = controls.current_text()
st.markdown(f"**{text('detector.title')}**")
st.markdown(f"**{text('train.title')}**")
