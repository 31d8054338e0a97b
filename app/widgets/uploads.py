"""Where people hand in files of their own: maps, pictures and boxes."""

from collections.abc import Callable

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from app.exercise.desk import Desk
from app.exercise.edit import Problem
from app.exercise.limits import (
    MAX_BOXES,
    MAX_CHANNELS,
    MAX_IMAGES,
    MAX_MEGABYTES,
    MAX_SIDE,
)
from app.exercise.maps import Maps
from app.exercise.record import Exercise
from app.files import (
    KERNELS,
    ReadError,
    Reading,
    Scaling,
    boxes_reading,
    is_picture,
    maps_reading,
    picture_map,
)
from app.files.aside import read_aside
from app.jobs.calls import CallError
from app.text import Text, as_markdown
from app.widgets import readings
from app.widgets.choosing import kept, kept_choice

STRIDES = (1, 2, 4, 8, 16, 32)
STRIDE = 8


def map_file(name: str, text: Text) -> None:
    """Feature maps of a file; of a picture one through a filter."""
    key = f"{name}.map.file"
    state = st.session_state

    def changed() -> None:
        readings.forget(key)
        again()

    def again() -> None:
        file = handed_in(key)
        state.pop(f"{key}.scaling", None)
        if file is None:
            return
        content = file.getvalue()
        scaling: Scaling | None = None
        try:
            if is_picture(content):
                kernel = kept(f"{key}.kernel", KERNELS, KERNELS[0])
                stride = kept(f"{key}.stride", STRIDES, STRIDE)
                array, scaling = read_aside(picture_map, content, kernel, stride)
                reading = Reading(array)
            else:
                reading = read_aside(maps_reading, file.name, content, readings.ways(key))
        except (ReadError, CallError) as error:
            readings.refuse(key, error)
            return
        desk: Desk = state[name]
        exercise = desk.exercise.with_maps(Maps(reading.value))
        state[name] = desk.put_fitted(exercise)
        state[f"{key}.scaling"] = scaling
        readings.keep(key, reading, exercise.maps)

    limits = {"side": MAX_SIDE, "channels": MAX_CHANNELS, "images": MAX_IMAGES}
    file = st.file_uploader(
        text("files.maps", most=MAX_MEGABYTES, **limits),
        key=key,
        on_change=changed,
        max_upload_size=MAX_MEGABYTES,
    )
    if file is None:
        return
    maps: Maps = state[name].exercise.maps
    if say_problem(key, text):
        # A picture may be small for this stride and not for another.
        _picture_choices(key, text, file, changed)
        readings.say(key, text, maps, again)
        return
    scaling: Scaling | None = state.get(f"{key}.scaling")
    if scaling is None:
        rows, cols = maps.size
        shape = {"images": maps.images, "channels": maps.channels, "rows": rows, "cols": cols}
        st.caption(as_markdown(text("files.read", **shape)))
        readings.say(key, text, maps, again)
        return
    _picture_choices(key, text, file, changed)
    st.caption(as_markdown(scaling_sentence(scaling, text)))


def _picture_choices(key: str, text: Text, file: UploadedFile, changed: Callable[[], None]) -> None:
    if not is_picture(file.getvalue()):
        return
    kept_choice(
        "segmented_control",
        text("files.kernel"),
        KERNELS,
        key=f"{key}.kernel",
        start=KERNELS[0],
        words=lambda kernel: text(f"files.kernel.{kernel}"),
        then=changed,
    )
    kept_choice(
        "select_slider",
        text("files.stride"),
        STRIDES,
        key=f"{key}.stride",
        start=STRIDE,
        then=changed,
    )


def handed_in(key: str) -> UploadedFile | None:
    """The file of an uploader, if there is one, and it has not been taken away meanwhile."""
    file = st.session_state.get(key)
    return file if isinstance(file, UploadedFile) else None


def scaling_sentence(scaling: Scaling, text: Text) -> str:
    """How a picture was scaled, and how many of its pixels a cell stands for."""
    (rows, cols), (high, wide) = scaling.picture, scaling.scaled
    sizes = {"cols": cols, "rows": rows, "wide": wide, "high": high}
    each = f"{1 / scaling.spatial_scale:.4g}"
    key = "files.picture" if scaling.picture == scaling.scaled else "files.picture.scaled"
    said = text(key, **sizes, stride=scaling.stride, each=each)
    if scaling.values is None:
        return said
    low, high = scaling.values
    return text.join(said, text("files.picture.deep", low=low, high=high))


def boxes_file(name: str, text: Text) -> None:
    """Boxes of a file, in place of those that are there."""
    key = f"{name}.boxes.file"
    state = st.session_state

    def changed() -> None:
        readings.forget(key)
        if handed_in(key) is not None:
            readings.forget(f"{name}.boxes.text")
        again()

    def again() -> None:
        file = handed_in(key)
        if file is None:
            return
        desk: Desk = state[name]
        exercise = desk.exercise
        asked = exercise.maps.images, extent(exercise), readings.ways(key)
        try:
            reading = read_aside(boxes_reading, file.name, file.getvalue(), *asked)
        except (ReadError, CallError) as error:
            readings.refuse(key, error)
            return
        state[name] = desk.put(exercise.with_boxes(reading.value, 0))
        readings.keep(key, reading, reading.value)

    file = st.file_uploader(
        text("files.boxes", most=MAX_BOXES),
        key=key,
        on_change=changed,
        max_upload_size=MAX_MEGABYTES,
    )
    say_problem(key, text)
    if file is not None:
        readings.say(key, text, state[name].exercise.boxes, again)


def extent(exercise: Exercise) -> tuple[float, float]:
    """(rows, columns) of the maps in units of the boxes."""
    rows, cols = exercise.size
    return rows * exercise.unit, cols * exercise.unit


def say_problem(key: str, text: Text, kept: str = "problem.kept") -> bool:
    """The problem of what was handed in under a key, beside its control; whether there is one.

    What is `kept` is said with it.
    """
    problem: Problem | None = st.session_state.get(f"{key}.problem")
    if problem:
        # What somebody typed is named in the message, and is not to be read as Markdown.
        st.error(text.join(as_markdown(problem.sentence(text)), text(kept)))
    return problem is not None
