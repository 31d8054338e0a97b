"""What the browser draws, as a Streamlit component: linked modules and joined style sheets."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from app.linker import link

ASSETS = Path(__file__).parents[1] / "assets" / "stage"


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
