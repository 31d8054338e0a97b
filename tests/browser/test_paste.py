"""Maps and boxes as pasted text: what cannot be used is kept, said, and changes nothing."""

import pytest

from tests import sampling

from . import widgets
from .part import expect
from .stage_page import TEXT

HOSTILE = '<img src="x" onerror="window.hacked=1">'
PICTURE = "![seen](http://192.0.2.1/seen.png)"


def state(stage):
    """The exercise on screen."""
    return stage.size(), stage.boxes(), stage.output()


def problem(key, **values):
    return TEXT[f"problem.{key}"].format(**values)


def test_pasted_tabs_become_the_map(playground):
    widgets.paste_map(playground, "1\t2\t3\n4\t5\t-6.5\n7\t8\t9e2\n")
    assert playground.size() == (3, 3)
    widgets.close(playground)
    widgets.set_boxes(playground, [[0, 1, 0, 3, 3]])
    assert playground.output() == [[2, 3], [8, 900]]


BAD_MAPS = {
    "1, nan\n2, 3": problem("paste.not_finite", row=0, col=1, text="nan"),
    "1, 2\n3, oops": problem("paste.not_a_number", row=1, col=1, text="oops"),
    "1, 2, 3\n4, 5": problem("paste.ragged", row=1, count=2, first=3),
    "1, 2, 3\n4, , 6": problem("paste.missing", row=1, col=1),
    "\n".join(["1 " * 65] * 3): problem("paste.too_large", rows=3, cols=65, most=64),
    "\n".join(["1 2"] * 65): problem("paste.too_large", rows=65, cols=2, most=64),
    "1 2 3": problem("paste.too_small", rows=1, cols=3, least=2),
    " \n": problem("paste.empty"),
    f"{HOSTILE}, 1\n2, 3": problem("paste.not_a_number", row=0, col=0, text=HOSTILE),
    f"{PICTURE}, 1\n2, 3": problem("paste.not_a_number", row=0, col=0, text=PICTURE),
}
BAD_BOXES = {
    "0, 3, 7, 8\n1, 1, 4, 4": problem("boxes.four"),
    "0, 0, 3, 7, 8\n0, 1, 2": problem("boxes.columns", row=1, count=3),
    "0, 0, 3, seven, 8": problem("paste.not_a_number", row=0, col=3, text="seven"),
    "0, 0, nan, 7, 8": problem("paste.not_finite", row=0, col=2, text="nan"),
    "0, 0, , 7, 8": problem("paste.missing", row=0, col=2),
    "2, 0, 3, 7, 8": problem("batch_index", index=2),
    "\n".join(["0 0 3 7 8"] * 51): problem("boxes.too_many", count=51, most=50),
    f"0, 0, 3, 7, {HOSTILE}": problem("paste.not_a_number", row=0, col=4, text=HOSTILE),
}


@pytest.mark.parametrize(
    ("paste", "bad"), [(widgets.paste_map, BAD_MAPS), (widgets.paste_boxes, BAD_BOXES)]
)
def test_pasted_text_that_cannot_be_used_is_kept_with_its_reason(playground, paste, bad):
    shown = state(playground)
    # What each text is refused for: tests/files/test_typed.py and the tests of boxes there.
    for typed, message in sampling.of(bad.items(), 3):
        area = paste(playground, typed)
        alert = playground.part("stPopoverBody").get_by_role("alert")
        expect(alert).to_contain_text(message)
        expect(area).to_have_value(typed)
        assert state(playground) == shown
        widgets.close(playground)
    assert playground.recorded("hacked") is None


def test_pasted_picture_is_text_and_is_not_fetched(playground):
    traffic = playground.traffic()
    widgets.paste_map(playground, f"{PICTURE}, 1\n2, 3")
    alert = playground.part("stPopoverBody").get_by_role("alert")
    expect(alert).to_be_visible()
    expect(alert.get_by_role("img")).to_have_count(0)
    assert "192.0.2.1" not in traffic.hosts
