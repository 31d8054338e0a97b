"""What the stage in a notebook cannot show, whoever hands it in."""

import numpy as np
import pytest

from roipool import RoIPoolError, article, show
from tests.notebook.front import Front, shown

pytest.importorskip("anywidget", reason="anywidget is not installed")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"step": "search"}, "expected one of input"),
        ({"boxes": [[1, 0, 3, 7, 8]]}, "batch_index = 1"),
        ({"boxes": [[0, 3, 7, 8]]}, "batch"),
        ({"boxes": [[0, 0, 0, 1, 1]] * 51}, "50 at most"),
        ({"output_size": 15}, "up to 14 bins"),
        ({"output_size": 0}, "whole numbers from 1"),
        ({"convention": "chainer"}, "chainer"),
        ({"input": np.zeros((1, 1, 65, 8))}, "roi_pool, which has no such limit"),
        ({"input": np.zeros((9, 1, 8, 8))}, "1 to 8 images"),
        ({"input": np.full((1, 1, 8, 8), np.nan)}, "NaN or infinite"),
        ({"input": np.zeros((8, 8))}, "input\\[None, None\\]"),
        ({"input": np.zeros((1, 1, 8, 8), dtype=int)}, "float"),
    ],
)
def test_what_cannot_be_shown_is_refused_and_changes_nothing(change, said):
    widget = shown()
    before = Front(widget).sent
    ((name, value),) = change.items()
    held = getattr(widget, name)
    with pytest.raises(RoIPoolError, match=said):
        setattr(widget, name, value)
    assert getattr(widget, name) is held
    assert Front(widget).sent == before
    given = {"input": article.FEATURE_MAP, "boxes": article.BOXES, "output_size": 2} | change
    with pytest.raises(RoIPoolError, match=said):
        show(**given)


@pytest.mark.parametrize(("scale", "said"), [(0, "positive"), (1e-6, "0.001 to 1000")])
def test_a_scale_that_cannot_be_shown_is_refused(scale, said):
    with pytest.raises(RoIPoolError, match=said):
        show(article.FEATURE_MAP, article.BOXES, 2, scale)


@pytest.mark.parametrize(
    "junk", [None, 7, "edit", [], {"changes": 1}, {"changes": [{"seq": "x"}, {"seq": 1e9}]}]
)
def test_what_no_stage_sends_changes_nothing(junk):
    widget = shown()
    widget._edit = junk
    widget._at = 10_000
    assert widget.boxes.tolist() == article.BOXES.tolist()
    assert widget.step == "output"
