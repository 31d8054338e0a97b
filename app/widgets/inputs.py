"""What is pooled: a popover with the feature maps, made, pasted or of a file."""

from functools import partial

import streamlit as st

from app.exercise.desk import Desk
from app.exercise.feature_maps import KINDS, MADE, make_maps
from app.exercise.limits import MAX_CHANNELS, MAX_IMAGES, MAX_SIDE, MIN_SIDE
from app.exercise.maps import Maps
from app.text import Text
from app.widgets import pasting, uploads
from app.widgets.choosing import choice, number

# Numbers that say how large the maps are, and how many: least and most of each.
_SIZES = {
    "rows": (MIN_SIDE, MAX_SIDE),
    "cols": (MIN_SIDE, MAX_SIDE),
    "images": (1, MAX_IMAGES),
    "channels": (1, MAX_CHANNELS),
}
_MOST_SEED = 9999


def chosen_map(name: str) -> str:
    """Where the session keeps which map was chosen, whatever widget is on the page."""
    return f"{name}.map"


def map_choice(name: str) -> tuple[str | None, int]:
    """Which map was chosen on a page, None where nothing was, and the seed of random ones."""
    chosen = chosen_map(name)
    return st.session_state.get(chosen), st.session_state.get(_seed(chosen), 0)


def choose_map(name: str, choice: tuple[str | None, int]) -> None:
    """Call the maps of a page what they were called elsewhere; see `map_choice`."""
    chosen = chosen_map(name)
    kind, st.session_state[_seed(chosen)] = choice
    if kind is None:
        st.session_state.pop(chosen, None)
    else:
        st.session_state[chosen] = kind


def _seed(chosen: str) -> str:
    return f"{chosen}.seed.kept"


def feature_map(name: str, text: Text) -> None:
    """What the maps hold, how large they are and how many."""
    keys = {field: f"{name}.map.{field}" for field in ("kind", *_SIZES, "seed")}
    chosen = chosen_map(name)
    state = st.session_state
    maps: Maps = state[name].exercise.maps
    sizes = dict(zip(_SIZES, (*maps.size, maps.images, maps.channels), strict=True))
    seed: int = state.get(_seed(chosen), 0)

    def make(**other: int) -> None:
        wanted = sizes | {"seed": seed} | other
        if state[chosen] in MADE:
            desk: Desk = state[name]
            made = make_maps(state[chosen], **wanted)
            state[name] = desk.put_fitted(desk.exercise.with_maps(made))

    def put_kind(kind: str) -> None:
        state[chosen] = kind
        make()

    def put_size(field: str, count: int) -> None:
        make(**{field: count})

    def put_seed(seed: int) -> None:
        state[_seed(chosen)] = seed
        make(seed=seed)

    kind = state.setdefault(chosen, KINDS[0])
    with st.popover(text("controls.map")):
        choice(
            "selectbox",
            text("controls.map.kind"),
            KINDS,
            key=keys["kind"],
            now=kind,
            put=put_kind,
            words=lambda one: text(f"controls.map.kind.{one}"),
        )
        if kind == "pasted":
            pasting.map_as_text(name, text)
            return
        if kind == "file":
            uploads.map_file(name, text)
            return
        if kind == "article":
            return
        for field, (least, most) in _SIZES.items():
            number(
                text(f"controls.map.{field}"),
                least,
                most,
                key=keys[field],
                now=sizes[field],
                put=partial(put_size, field),
            )
        if kind == "random":
            label = text("controls.map.seed")
            number(label, 0, _MOST_SEED, key=keys["seed"], now=seed, put=put_seed)
