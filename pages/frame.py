"""What a session runs: page config, language, navigation and the strip. Nothing else."""

from pathlib import Path

import streamlit as st

from app.frame import strip
from app.serving.navigation import HOME, PAGES
from app.text import title
from app.widgets import arrival
from app.widgets.controls import current_text, language_switch
from app.widgets.looks import is_hidden

ROOT = Path(__file__).parents[1]

text = current_text()
# Known from the first page on, which may have no figure that would say so.
is_hidden()
# Made once in a session: each looks for its file.
of = st.session_state.setdefault("frame.pages", {})
if text.language not in of:
    of[text.language] = {
        name: st.Page(ROOT / f"pages/{name}.py", title=text(f"page.{name}"), default=name == HOME)
        for name in PAGES
    }
pages = of[text.language]
opened = st.navigation(list(pages.values()), position="top")
here = next(name for name in PAGES if pages[name] == opened)
arrival.at(here)
st.set_page_config(
    page_title=title(here, text),
    page_icon=str(ROOT / "assets/images/icon.png"),
    layout="wide",
    initial_sidebar_state="collapsed",
)
strip.menu(here, text, pages)
language_switch(text)
place = strip.title(here, text)
strip.onward(here, text, pages)
opened.run()
strip.say_brought(place, here, text)
