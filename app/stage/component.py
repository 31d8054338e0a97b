"""What the browser draws: figures, mounted as components whose code comes by address."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import streamlit as st

from app.exercise.received import part
from app.figures.entries import FIGURES
from app.figures.linker import bare
from app.serving.addresses import address
from app.text import Text
from app.widgets import looks


def mount(
    figure: str,
    text: Text,
    *,
    desk: str,
    key: str,
    data: dict[str, Any],
    event: str,
    heard: Callable[[Any], None],
    **options: Any,
) -> None:
    """Put a figure of ``st.session_state[desk]`` on the page, under a key of its own.

    What the browser says of the `event` is `heard` before the page runs again, and likewise whether
    the answer is hidden.
    """

    def changed() -> None:
        # One that comes late finds nothing it could change.
        if desk in st.session_state:
            heard(part(st.session_state.get(key), event))

    def looked() -> None:
        looks.heard(part(st.session_state.get(key), "hide"))

    component(figure, text)(
        key=key,
        data=data | {"hidden": looks.is_hidden()},
        on_hide_change=looked,
        width="stretch",
        height="content",
        **{f"on_{event}_change": changed},
        **options,
    )


def component(name: str, text: Text) -> Callable[..., Any]:
    """The component of a figure, by its name among the addresses.

    Its data must be a dict, to which a sentence is added for a figure that cannot be fetched.
    """
    # Registered with every run: the registry is the server's, and each AppTest has its own.
    renderer = st.components.v2.component(
        f"roipool_{name}", html='<div class="root"></div>\n', js=loader(name)
    )
    return partial(_mount, renderer, text("figure.unloaded"))


def _mount(
    renderer: Callable[..., Any], unloaded: str, *, data: dict[str, Any], **options: Any
) -> Any:
    # Under one name: Streamlit asks of everything on the first level whether it is a data frame.
    return renderer(data={"figure": data, "unloaded": unloaded}, **options)


@cache
def loader(name: str) -> str:
    """The script that fetches the figure's code."""
    script = bare((FIGURES / "common" / "loader.js").read_text("utf-8"))
    for kind in ("js", "css"):
        script = script.replace(f"{{{kind}}}", address(f"{name}.{kind}"))
    return script
