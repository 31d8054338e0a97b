"""Two frameworks' outputs of the same maps and boxes: where they differ, and by which choice."""

import numpy as np
import pytest

import roipool
from app.conventions.apart import count_words, reason
from app.conventions.asked import OTHER, pasted
from app.conventions.two_outputs import Answer, Moved, answered
from app.conventions.verdict import verdict
from app.text import LANGUAGES, Text, as_markdown
from roipool import article

from .asking import MAP, TORCHVISION
from .test_page import NAME, find, identify

FIGURE = "0.85 0.84\n0.97 0.96"


def answer(other, output=TORCHVISION, boxes="0 0 3 7 8", map=MAP):
    given = {"map": map, "boxes": boxes, "output": output, OTHER: other}
    said = answered({field: pasted(text) for field, text in given.items()}, 1.0)
    assert isinstance(said, Answer), said
    return said


def test_one_output_alone_is_answered_as_before():
    said = answer("")
    assert (said.other, said.difference) == (None, None)


def test_the_cells_of_each_section_that_differs_are_told_and_the_choices_that_make_it():
    difference = answer(FIGURE).difference
    # By hand: inclusive ends make 6 rows and 8 columns, rounded up rows 3-5 and columns 4-7.
    assert difference.moved == (
        Moved((0, 0, 0, 1), (0.96, 0.84), ((3, 6, 4, 8), (3, 5, 3, 7))),
        Moved((0, 0, 1, 1), (0.91, 0.96), ((6, 8, 4, 8), (5, 8, 3, 7))),
    )
    assert difference.choices == ("inclusive_end", "stop")
    for language, word in (("en", "included against excluded"), ("zh", "包含对不包含")):
        assert word in reason(difference, Text(language))


def test_the_fewest_choices_that_make_the_difference_are_told():
    chainer = roipool.roi_pool(
        article.FEATURE_MAP, article.BOXES, (2, 2), convention="chainer_roi_max_pooling_2d"
    )
    assert answer(repr(chainer[0, 0].round(2).tolist())).difference.choices == ("inclusive_end",)


def test_outputs_that_agree_have_no_reason():
    difference = answer("0.8500 0.9600\n0.9700 0.9100").difference
    assert not difference.where.any()
    assert (difference.moved, reason(difference, Text("en"))) == ((), "")


def test_a_misread_box_is_the_reason():
    swapped = roipool.roi_pool(
        article.FEATURE_MAP, article.BOXES[:, [0, 2, 1, 4, 3]], (2, 2), convention="torchvision"
    )
    said = reason(answer(repr(swapped[0, 0].round(2).tolist())).difference, Text("en"))
    assert "as given against as y1, x1, y2, x2" in said


def test_what_is_explained_by_nothing_is_said_so_and_where_it_differs():
    said = answer("0.85 0.96\n0.97 0.111")
    difference = said.difference
    assert [moved.place for moved in difference.moved] == [(0, 0, 1, 1)]
    assert reason(difference, Text("en")) == Text("en")("identify.two.unknown")
    one, two = verdict(said, Text("en"))
    assert "torchvision" in one
    assert two.endswith(as_markdown(Text("en")("identify.verdict.none")))


def test_other_shapes_are_explained_one_by_one():
    said = answer(repr(roipool.roi_pool(article.FEATURE_MAP, article.BOXES, (1, 1))[0, 0].tolist()))
    assert said.difference.where is None
    assert np.all(said.other.asked.output == 0.97)
    assert count_words(said.difference, Text("en")) == Text("en")("identify.two.shapes")


def test_what_is_wrong_with_the_other_output_is_said_at_its_field():
    given = {"map": MAP, "boxes": "0 0 3 7 8", "output": TORCHVISION, OTHER: "1 2 x"}
    said = answered({field: pasted(text) for field, text in given.items()}, 1.0)
    assert list(said) == [OTHER]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_the_difference_and_who_made_either(language):
    app = find(identify(language), map=MAP, boxes="0 0 3 7 8", output=TORCHVISION, other=FIGURE)
    text = Text(language)
    said = f"**{as_markdown(text('identify.two.differ', count=2, cells=4))}**"
    assert said in [one.value for one in app.markdown]
    # What makes all of an output has no cell of it to ring.
    rows = "".join(one.proto.body for one in app.get("html")).split("<tr")
    exact = [row for row in rows if row.startswith(' class="exact"')]
    assert exact
    assert not any("grid" in row for row in exact)
    app.text_area(key=f"{NAME}.identify.{OTHER}").set_value("").run()
    assert f"**{text('identify.two.differ', count=2, cells=4)}**" not in [
        m.value for m in app.markdown
    ]
