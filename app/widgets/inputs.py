"""What is pooled: popovers with the feature maps and with the boxes, made, pasted or of a file."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from app.exercise.desk import Desk
from app.exercise.feature_maps import KINDS, MADE, make_maps
from app.exercise.limits import MAX_CHANNELS, MAX_IMAGES, MAX_SIDE, MIN_SIDE
from app.exercise.maps import Maps
from app.exercise.record import Exercise
from app.files import ReadError, parse_boxes, parse_cells, read_aside
from app.jobs.calls import CallError
from app.text import Text, plain
from app.widgets import uploads
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


def feature_map(name: str, text: Text) -> None:
    """What the maps hold, how large they are and how many."""
    keys = {field: f"{name}.map.{field}" for field in ("kind", *_SIZES, "seed", "text")}
    chosen = chosen_map(name)
    state = st.session_state
    maps: Maps = state[name].exercise.maps
    sizes = dict(zip(_SIZES, (*maps.size, maps.images, maps.channels), strict=True))
    seed: int = state.get(f"{chosen}.seed.kept", 0)

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
        state[f"{chosen}.seed.kept"] = seed
        make(seed=seed)

    def pasted() -> None:
        _use_paste(name, keys["text"], _with_typed_cells)

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
            _paste_area(text, keys["text"], "controls.map.paste", "controls.map.paste.use", pasted)
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


def _with_typed_cells(exercise: Exercise, typed: str) -> Exercise:
    return exercise.with_cells(read_aside(parse_cells, typed))


def boxes_as_text(name: str, text: Text) -> None:
    """The N×5 table as text, to paste from elsewhere or copy out."""
    key = f"{name}.boxes.text"
    desk: Desk = st.session_state[name]
    shown = "\n".join(", ".join(plain(value) for value in box) for box in desk.exercise.boxes)

    def with_typed(exercise: Exercise, typed: str) -> Exercise:
        return exercise.with_boxes(read_aside(parse_boxes, typed, exercise.maps.images), 0)

    def used() -> None:
        _use_paste(name, key, with_typed)

    # What was typed and could not be used stays; otherwise the text follows the stage.
    if f"{key}.problem" not in st.session_state and st.session_state.get(f"{key}.shown") != shown:
        st.session_state[key] = st.session_state[f"{key}.shown"] = shown
    with st.popover(text("controls.boxes")):
        _paste_area(text, key, "controls.boxes.paste", "controls.boxes.use", used)
        uploads.boxes_file(name, text)


def _paste_area(text: Text, key: str, label: str, use: str, used: Callable[[], None]) -> None:
    st.text_area(
        text(label),
        key=key,
        height=180,
        placeholder=text(f"{label}.example"),
        persist_state="session",
    )
    uploads.say_problem(key, text)
    st.button(text(use), on_click=used, key=f"{key}.use")


def _use_paste(name: str, key: str, use: Callable[[Exercise, str], Exercise]) -> None:
    state = st.session_state
    state.pop(f"{key}.problem", None)
    try:
        state[name] = state[name].put_fitted(use(state[name].exercise, state.get(key, "")))
    except (ReadError, CallError) as error:
        state[f"{key}.problem"] = error.problem
