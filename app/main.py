"""Page config, language, navigation. Nothing else."""

from pathlib import Path

import streamlit as st

from app.controls import current_text, language_switch

ROOT = Path(__file__).parents[1]

text = current_text()
st.set_page_config(
    page_title=text("app.title"), page_icon=str(ROOT / "assets/images/icon.png"), layout="wide"
)
st.html(ROOT / "assets/page.css")
language_switch(text)
st.navigation(
    [
        st.Page(ROOT / "pages/replay.py", title=text("nav.replay"), default=True),
        st.Page(ROOT / "pages/playground.py", title=text("nav.playground")),
    ],
    position="top",
).run()
