"""The widgets of the page that looks at pixels: the stride, and the way to the playground."""

from dataclasses import replace

import streamlit as st

from app.exercise.desk import Desk
from app.exercise.feature_maps import make_cells
from app.exercise.limits import MAX_STRIDE, MIN_STRIDE
from app.exercise.maps import Maps
from app.exercise.record import Exercise
from app.text import Text
from app.widgets.choosing import choice
from app.widgets.opening import hand_over
from app.widgets.row import row


def stride(name: str, text: Text) -> None:
    """How many pixels a cell stands for: the image stays as large, the map gets other cells."""
    desk: Desk = st.session_state[name]

    def put(stride: int) -> None:
        desk: Desk = st.session_state[name]
        st.session_state[name] = desk.put(with_stride(desk.exercise, stride, _image(desk)))

    with row(text("pixels.stride"), key=f"{name}-image", help=text("pixels.stride.help")):
        choice(
            "selectbox",
            text("pixels.stride"),
            range(MIN_STRIDE, MAX_STRIDE + 1),
            key=f"{name}.stride",
            now=round(desk.exercise.unit),
            put=put,
            label_visibility="collapsed",
            width=84,
        )


def _image(desk: Desk) -> tuple[int, int]:
    """(height, width) of the image in pixels, without what a stride has added to fill its cells."""
    start = desk.start
    image = _pixels(start)
    now = desk.exercise
    return image if now.size == cells_of(image, round(now.unit)) else _pixels(now)


def _pixels(exercise: Exercise) -> tuple[int, int]:
    rows, cols = exercise.size
    return round(rows * exercise.unit), round(cols * exercise.unit)


def cells_of(image: tuple[int, int], stride: int) -> tuple[int, int]:
    """(rows, columns) of the map of an image; one that does not divide is filled up, as usual.

    Examples
    --------
    >>> cells_of((160, 192), 16), cells_of((160, 192), 7)
    ((10, 12), (23, 28))
    """
    high, wide = image
    return -(-high // stride), -(-wide // stride)


def with_stride(exercise: Exercise, stride: int, image: tuple[int, int]) -> Exercise:
    """The same box on the map of another stride; what of it reached into the filling is cut off."""
    rows, cols = cells_of(image, stride)
    boxes = tuple(
        (0.0, *_cut(x1, x2, cols * stride, y1, y2, rows * stride))
        for _, x1, y1, x2, y2 in exercise.boxes
    )
    maps = Maps(make_cells("continued", rows, cols))
    return replace(exercise, maps=maps, boxes=boxes, spatial_scale=1 / stride, image=0, channel=0)


def _cut(
    x1: float, x2: float, wide: float, y1: float, y2: float, high: float
) -> tuple[float, float, float, float]:
    return min(x1, wide - 1.0), min(y1, high - 1.0), min(x2, float(wide)), min(y2, float(high))


def reset(name: str, text: Text) -> None:
    """One click back to what the page starts with, RoIAlign's choices too."""

    def clicked() -> None:
        st.session_state[name] = st.session_state[name].put_back()
        st.session_state.pop(f"{name}.align", None)

    st.button(text("pixels.reset"), on_click=clicked, key=f"{name}.reset")


def playground(name: str, text: Text, page: str) -> None:
    """Put the exercise on the playground's desk, and go there."""
    if st.button(text("pixels.open"), key=f"{name}.open"):
        hand_over(st.session_state[name].exercise)
        st.switch_page(page)
