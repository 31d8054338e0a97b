"""Page config, language, navigation. Nothing else."""

from pathlib import Path

import streamlit as st

from app.component import page_style
from app.controls import current_text, language_switch

ROOT = Path(__file__).parents[1]

# In the order of the top bar; the first is where the app opens.
PAGES = (
    "replay",
    "playground",
    "sizes",
    "conventions",
    "pixels",
    "gradient",
    "detector",
    "speed",
)

text = current_text()
st.set_page_config(
    page_title=text("app.title"),
    page_icon=str(ROOT / "assets/images/icon.png"),
    layout="wide",
    initial_sidebar_state="collapsed",
)
st.html(page_style())
language_switch(text)
st.navigation(
    [
        st.Page(ROOT / f"pages/{name}.py", title=text(f"page.{name}"), default=name == PAGES[0])
        for name in PAGES
    ],
    position="top",
).run()
