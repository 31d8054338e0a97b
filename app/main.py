"""The server: Streamlit's, with the figures' code by address and the garbage of starting put away.

`streamlit run app/main.py` finds the ``app`` here; what a reader's session runs is
pages/frame.py.
"""

from pathlib import Path

import streamlit as st

from app.serving import lifespan, middleware, routes

app = st.App(
    Path(__file__).parents[1] / "pages" / "frame.py",
    lifespan=lifespan,
    routes=routes(),
    middleware=middleware(),
)
