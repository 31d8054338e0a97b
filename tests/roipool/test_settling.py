"""As long as several explanations make an output, what they would differ on is proposed."""

import numpy as np
import pytest

from roipool import PRESETS, Settling, article, identify, roi_pool
from tests.roipool.test_match_pool import instance


@pytest.mark.sampled(4)
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_the_output_of_the_proposed_box_leaves_fewer_explanations(preset, seed):
    maps, boxes = instance(seed, count=2)
    matches = identify(maps, boxes, roi_pool(maps, boxes, 2, convention=preset))
    assert all(match.differing == 0 for match in matches.makers)
    settling = matches.settle()
    if settling is None:
        assert len(matches.makers) < 12
        return
    made = {one.pool(settling.input, settling.boxes, 2).tobytes() for one in matches.makers[:12]}
    assert len(made) == settling.outputs > 1
    assert settling.is_same_map == np.array_equal(settling.input, maps)
    table = np.concatenate([boxes, settling.boxes])
    more = roi_pool(maps, table, 2, convention=preset)
    if settling.is_same_map:
        left = identify(maps, table, more).makers
        assert preset in [match.name for match in left]
        assert len(left) < len(matches.makers)


def test_a_box_is_proposed_in_the_form_of_those_given():
    maps, boxes = instance(9, count=2, images=1)
    output = roi_pool(maps, boxes, 2, convention="torchvision")
    assert identify(maps, boxes[:, 1:], output).settle().boxes.shape == (1, 4)
    settling = identify(maps, boxes[:, [1, 2, 3, 4, 0]], output).settle()
    assert settling.boxes[0, 4] == 0


def test_where_one_thing_or_nothing_explains_an_output_there_is_nothing_to_settle():
    matches = identify(article.FEATURE_MAP, article.BOXES, article.OUTPUT + 9)
    assert (matches.makers, matches.settle()) == ([], None)
    assert isinstance(
        identify(article.FEATURE_MAP, article.BOXES, article.OUTPUT).settle(), Settling
    )
