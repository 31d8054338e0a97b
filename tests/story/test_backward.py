"""The way back: what arrives where is what the library sends there."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exercise.gradient import canonical, incoming
from app.exercise.maps import Maps
from app.exercise.record import Exercise, article_exercise, pool
from app.story.backward import send_back, ties
from roipool import PRESETS, roi_pool_backward, roi_pool_with_argmax
from tests import sampling

ARTICLE = article_exercise()


@st.composite
def exercises(draw):
    """Small maps with many equal cells, and boxes that share them, or lie outside."""
    rows, cols = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    cells = draw(st.lists(st.integers(0, 3).map(float), min_size=rows * cols, max_size=rows * cols))
    side = st.integers(-1, 6).map(float)
    boxes = draw(st.lists(st.tuples(st.just(0.0), side, side, side, side), max_size=3))
    high, wide = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    value = st.floats(-4, 4, width=16)
    one = st.lists(st.lists(value, min_size=wide, max_size=wide), min_size=high, max_size=high)
    return Exercise(
        maps=Maps(np.reshape(cells, (rows, cols))),
        boxes=tuple(boxes),
        output_size=(high, wide),
        convention=draw(st.sampled_from(sorted(PRESETS))),
        gradient=canonical(draw(st.lists(one, min_size=len(boxes), max_size=len(boxes)))),
    )


@settings(max_examples=sampling.examples(200), deadline=None)
@given(exercises())
def test_the_gradient_on_screen_is_the_library_s_and_its_sum_is_conserved(exercise):
    boxes, shape = list(exercise.boxes), (1, 1, *exercise.size)
    _, argmax = roi_pool_with_argmax(
        exercise.maps.array, boxes, exercise.output_size, convention=exercise.convention
    )
    arrived = incoming(exercise)[:, None]
    expected = roi_pool_backward(arrived, argmax, boxes, shape)[0, 0]
    backward = send_back(exercise)
    np.testing.assert_array_equal(backward.gradient, expected)
    # Halves and their like: every sum is exact.
    assert backward.gradient.sum() == arrived[argmax >= 0].sum()
    untouched = np.ones(exercise.size, bool)
    untouched.ravel()[argmax[argmax >= 0]] = False
    assert not backward.gradient[untouched].any()


@settings(max_examples=sampling.examples(200), deadline=None)
@given(exercises())
def test_what_a_cell_receives_is_the_sum_of_its_shares_in_their_order(exercise):
    backward = send_back(exercise)
    for place, shares in backward.shares.items():
        total = 0.0
        for share in shares:
            total += share.value
        assert backward.gradient[place] == total
        order = [(share.box, share.section) for share in shares]
        assert order == sorted(order)


@settings(max_examples=sampling.examples(100), deadline=None)
@given(exercises())
def test_a_tie_goes_to_the_first_cell_in_row_order(exercise):
    result = pool(exercise)
    for n in range(len(exercise.boxes)):
        for section in np.ndindex(exercise.output_size):
            first = divmod(int(result.argmax[n][section]), exercise.size[1])
            for row, col in ties(exercise, result, n, section):
                assert (row, col) > first
                assert exercise.cells[row][col] == result.output[n][section]


def test_a_box_of_another_image_sends_its_gradient_there():
    maps = Maps(np.stack([ARTICLE.maps.array[0], ARTICLE.maps.array[0]]))
    batch = replace(ARTICLE, maps=maps, boxes=(ARTICLE.boxes[0], (1.0, 0.0, 0.0, 2.0, 2.0)))
    for image, hit in (
        (0, [(3, 0), (3, 3), (5, 6), (7, 2)]),
        (1, [(0, 0), (0, 1), (1, 0), (1, 1)]),
    ):
        backward = send_back(replace(batch, image=image, selected=image))
        assert [tuple(at) for at in np.argwhere(backward.gradient).tolist()] == hit
        assert sorted(backward.shares) == hit
