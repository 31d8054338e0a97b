"""Speed: what sharing one feature map saves, measured on the machine at hand."""

import streamlit as st

from app import controls

text = controls.current_text()
st.markdown(f"**{text('speed.title')}**")
