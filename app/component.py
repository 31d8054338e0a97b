"""What the browser draws: linked modules and joined style sheets, of figures and of pages."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from app.linker import link

FOLDER = Path(__file__).parents[1] / "assets"
ASSETS = FOLDER / "stage"


def component(name: str) -> Callable[..., Any]:
    """The component whose entry and own style sheet have this name in assets/stage."""
    # Registered with every run: the registry is the server's, and each AppTest has its own.
    css, js = sources(name)
    renderer: Callable[..., Any] = st.components.v2.component(
        f"roipool_{name}", html='<div class="root"></div>\n', css=css, js=js
    )
    return renderer


@cache
def sources(name: str) -> tuple[str, str]:
    """The style and the script of a component: its own, and what all figures share."""
    sheets = (ASSETS / f"{sheet}.css" for sheet in ("figure", name))
    return "\n".join(sheet.read_text("utf-8") for sheet in sheets), link(ASSETS / f"{name}.js")


@cache
def page_style() -> str:
    """The style of what is around the figures: Streamlit's frame, and each page's own."""
    # The frame first, so that a page can say otherwise.
    sheets = sorted((FOLDER / "page").glob("*.css"), key=lambda sheet: sheet.stem != "frame")
    return "<style>\n" + "\n".join(sheet.read_text("utf-8") for sheet in sheets) + "</style>"
