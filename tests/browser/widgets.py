"""Streamlit's widgets around the stage, found as a person finds them: by role and label."""

from collections.abc import Sequence

from .part import Part, expect
from .stage_page import TEXT, Stage


def set_output(stage: Stage, high: int, wide: int) -> None:
    for key, count in (("rows", high), ("cols", wide)):
        _set_number(stage, f"controls.output.{key}", count)
    stage.until(lambda: [len(row) for row in stage.output()], [wide] * high)


def choose_convention(stage: Stage, name: str) -> None:
    _choose(stage, "controls.convention", f"convention.{name}")


def open_map(stage: Stage, kind: str) -> None:
    """Open the popover of the map and choose its content."""
    button(stage, "controls.map").click()
    _choose(stage, "controls.map.kind", f"controls.map.kind.{kind}")


def set_map_size(stage: Stage, rows: int, cols: int) -> None:
    for key, count in (("rows", rows), ("cols", cols)):
        _set_number(stage, f"controls.map.{key}", count)
    stage.until(stage.size, (rows, cols))


def paste_map(stage: Stage, text: str) -> Part:
    """Map, Pasted numbers, Use these numbers; the text area."""
    open_map(stage, "pasted")
    return _paste(stage, "controls.map.paste", "controls.map.paste.use", text)


def set_map(stage: Stage, cells: Sequence[Sequence[float]]) -> None:
    paste_map(stage, "\n".join(",".join(map(str, row)) for row in cells))
    stage.until(stage.size, (len(cells), len(cells[0])))
    close(stage)


def paste_boxes(stage: Stage, text: str) -> Part:
    """Boxes, Use these boxes; the text area."""
    button(stage, "controls.boxes").click()
    return _paste(stage, "controls.boxes.paste", "controls.boxes.use", text)


def set_boxes(stage: Stage, boxes: Sequence[Sequence[float]]) -> None:
    paste_boxes(stage, "\n".join(", ".join(map(str, box)) for box in boxes))
    stage.until(stage.boxes, [list(box) for box in boxes])
    close(stage)


def close(stage: Stage) -> None:
    """Close the popover."""
    stage.press("Escape")
    expect(stage.part("stPopoverBody")).to_be_hidden()


def button(stage: Stage, label: str) -> Part:
    return stage.get_by_role("button", name=TEXT[label], exact=True)


def number_field(stage: Stage, label: str) -> Part:
    return stage.get_by_role("spinbutton", name=TEXT[label], exact=True)


def _set_number(stage: Stage, label: str, count: int) -> None:
    field = number_field(stage, label)
    # It comes onto the page a moment before its value.
    expect(field).not_to_have_value("")
    if field.value() != str(count):
        field.fill(str(count))
        with stage.rerun():
            field.press("Enter")


def _choose(stage: Stage, label: str, option: str) -> None:
    box = stage.get_by_role("combobox", name=TEXT[label])
    box.click()
    choice = stage.get_by_role("option", name=TEXT[option])
    if choice.attribute("aria-selected") == "true":
        box.press("Enter")
        return
    with stage.rerun():
        choice.click()


def _paste(stage: Stage, label: str, use: str, text: str) -> Part:
    area = stage.get_by_role("textbox", name=TEXT[label])
    area.fill(text)
    with stage.rerun():
        button(stage, use).click()
    return area
