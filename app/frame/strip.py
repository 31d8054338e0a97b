"""The slim strip under the top bar: what a page is, what it is for, and what comes next and why.

On a screen that is too narrow for the top bar's pages a menu stands there in their place, and what
comes next goes to the end of the page (assets/page/strip.css).
"""

from collections.abc import Mapping
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page

from app.serving.navigation import PAGES
from app.text import Text, as_markdown
from app.widgets.brought import origin_of
from roipool import article

MINUTES = {
    "replay": 3,
    "playground": 5,
    "sizes": 4,
    "conventions": 5,
    "pixels": 4,
    "gradient": 4,
    "detector": 6,
    "speed": 3,
    "lessons": 5,
}
"""How long a page takes somebody who tries each of its controls once; of the last, each lesson."""

_AFTER_THE_LAST = "playground"
_ORDER = tuple(PAGES)


def menu(here: str, text: Text, pages: Mapping[str, Page]) -> None:
    """The pages as a menu that says where one is; it closes by a choice, a tap outside and Esc."""
    # Another page has another menu, so that it is not open there.
    opened = st.container(key="menu", width="content").popover(
        _named(here, text), key=f"menu.{here}", on_change="rerun"
    )
    # Most screens show the top bar and never ask for it, and whoever does has the server anyway.
    if not opened.open:
        return
    with opened.container(key="menu-pages", gap=None):
        for name, page in pages.items():
            if name == here:
                # No link: Streamlit would run the page again and leave the menu open.
                st.html(f'<p aria-current="page">{escape(_named(name, text))}</p>')
            else:
                st.page_link(page, label=_named(name, text), width="stretch")


def title(here: str, text: Text) -> DeltaGenerator:
    """The page's title and what it is for; gives the place for what is known once it has run."""
    named = escape(text("article.name"))
    link = f'<a href="{article.ADDRESS}" target="_blank" rel="noopener">{named}</a>'
    with st.container(key="strip", horizontal=True):
        st.html(f"<h1>{escape(text(f'{here}.title'))}</h1>", width="content")
        place = st.empty()
        st.html(f"<p>{text(f'{here}.purpose', article=link)}</p>")
    return place


def say_brought(place: DeltaGenerator, here: str, text: Text) -> None:
    """That the page shows an exercise which comes from another one."""
    origin = origin_of(here)
    if origin:
        told = text("strip.brought", page=text(f"page.{origin}"))
        place.html(f'<p class="brought">{escape(told)}</p>', width="content")


def onward(here: str, text: Text, pages: Mapping[str, Page]) -> None:
    """Where one is among the pages, how long this one takes, and what comes next and why."""
    is_last = here == _ORDER[-1]
    after = _AFTER_THE_LAST if is_last else _ORDER[_ORDER.index(here) + 1]
    why = text("strip.after.last" if is_last else f"strip.after.{after}")
    count = text("strip.count", number=_number(here), count=len(_ORDER))
    minutes = text("strip.minutes.each" if is_last else "strip.minutes", count=MINUTES[here])
    with st.container(key="onward", horizontal=True, width="content"):
        st.html(f"<p>{count}<br>{minutes}</p>", width="content")
        key = "strip.back" if is_last else "strip.next"
        label = text(key, page=as_markdown(text(f"page.{after}")), why=as_markdown(why))
        st.page_link(pages[after], label=label)


def _named(name: str, text: Text) -> str:
    return f"{_number(name)}\u2002{text(f'page.{name}')}"


def _number(name: str) -> int:
    return _ORDER.index(name) + 1
