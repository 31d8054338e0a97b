"""What had to be interpreted is said beside its control, and read otherwise at a click."""

import numpy as np

from tests.files.made import npy, npz
from tests.pages.test_pages import run, sent
from tests.widgets.test_uploads import BOXES, MAP, asking_for_a_file, hand_in

YOLO = b"0 0.5 0.5 0.5 0.25\n"
PASTED, TYPED = "playground.map.text", "playground.boxes.text"


def numbers(app):
    return [box["numbers"] for box in sent(app)["boxes"]]


def said(app):
    return " ".join(one.value.replace("\\", "") for one in app.caption)


def click(app, label):
    """Press the button of that label."""
    wanted = [one for one in app.button if one.label.replace("\\", "") == label]
    assert len(wanted) == 1, [one.label for one in app.button]
    wanted[0].click().run()
    assert not app.exception


def test_yolos_rows_in_a_file_are_said_to_be_read_so_and_otherwise_at_a_click():
    app = run("playground")
    hand_in(app, BOXES, "1.txt", YOLO)
    assert numbers(app) == [[0, 2, 3, 6, 5]]
    assert "centre, width, height in fractions of the map" in said(app)
    click(app, "Read as batch_index, x1, y1, x2, y2")
    assert numbers(app) == [[0, 0.5, 0.5, 0.5, 0.25]]
    click(app, "Read as class, cx, cy, w, h in fractions of the map")
    assert numbers(app) == [[0, 2, 3, 6, 5]]


def test_pasted_boxes_are_read_otherwise_from_what_was_pasted():
    app = run("playground")
    app.text_area(key=TYPED).set_value(YOLO.decode()).run()
    app.button(key=f"{TYPED}.use").click().run()
    assert app.text_area(key=TYPED).value == "0, 2, 3, 6, 5"
    click(app, "Read as batch_index, x1, y1, x2, y2")
    assert numbers(app) == [[0, 0.5, 0.5, 0.5, 0.25]]


def test_boxes_that_are_refused_can_be_read_at_a_click():
    app = run("playground")
    before = sent(app)
    app.text_area(key=TYPED).set_value("0 3 7 5").run()
    app.button(key=f"{TYPED}.use").click().run()
    assert "4 columns" in app.error[0].value
    assert sent(app) == before
    click(app, "Read as x, y, w, h")
    assert numbers(app) == [[0, 0, 3, 7, 8]]
    assert not app.error
    assert "top left corner, width, height" in said(app)


def test_a_reading_is_said_as_long_as_what_it_gave_is_there():
    app = run("playground")
    hand_in(app, BOXES, "1.txt", YOLO)
    app.text_area(key=TYPED).set_value("0 0 3 7 8").run()
    app.button(key=f"{TYPED}.use").click().run()
    assert numbers(app) == [[0, 0, 3, 7, 8]]
    assert "fractions" not in said(app)


def test_channels_are_put_last_or_first_at_a_click():
    app = asking_for_a_file()
    hand_in(app, MAP, "map.npy", npy(np.random.default_rng(0).random((7, 7, 12))))
    assert (sent(app)["rows"], sent(app)["cols"]) == (7, 7)
    assert "7×7×12 are read as (H, W, C)" in said(app)
    click(app, "Read as (C, H, W)")
    assert (sent(app)["rows"], sent(app)["cols"]) == (7, 12)
    assert "(C, H, W): channels first" in said(app)


def test_of_unknown_arrays_one_is_chosen_at_a_click():
    app = asking_for_a_file()
    before = sent(app)
    hand_in(app, MAP, "maps.npz", npz(p3=np.zeros((4, 5)), p4=np.ones((2, 3))))
    assert "p3, p4" in app.error[0].value.replace("\\", "")
    assert sent(app) == before
    click(app, "Read “p4”")
    assert (sent(app)["rows"], sent(app)["cols"]) == (2, 3)
    click(app, "Read “p3”")
    assert (sent(app)["rows"], sent(app)["cols"]) == (4, 5)


def test_pasted_commas_are_read_otherwise_at_a_click():
    app = run("playground")
    app.selectbox(key="playground.map.kind").set_value("pasted").run()
    app.text_area(key=PASTED).set_value("1,234;5\n6;7").run()
    app.button(key=f"{PASTED}.use").click().run()
    assert sent(app)["cells"] == [1.234, 5, 6, 7]
    click(app, "Read as separators of thousands")
    assert sent(app)["cells"] == [1234, 5, 6, 7]
    click(app, "Read as decimal commas")
    assert sent(app)["cells"] == [1.234, 5, 6, 7]


def test_pasted_channels_become_the_channels():
    app = run("playground")
    app.selectbox(key="playground.map.kind").set_value("pasted").run()
    app.text_area(key=PASTED).set_value("1 2\n3 4\n\n5 6\n7 8").run()
    app.button(key=f"{PASTED}.use").click().run()
    assert (len(sent(app)["channels"]), sent(app)["cells"]) == (2, [1, 2, 3, 4])
