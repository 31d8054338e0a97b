"""The detector on a card."""

import numpy as np
import pytest

from app.fast_rcnn.detect import detect
from app.fast_rcnn.network import copied, load, new_weights
from app.fast_rcnn.pictures import picture
from app.fast_rcnn.training import HELD_OUT, Length, train

pytestmark = pytest.mark.gpu


def test_the_detector_learns_on_the_card_as_on_the_cpu(cp):
    reports = []
    for module in (np, cp):
        weights = copied(new_weights(np.random.default_rng(3)), module)
        reports.append(list(train(weights, Length(steps=3), seed=3, every=0.3)))
        assert {type(array) for array in weights.values()} == {module.ndarray}
    on_cpu, on_card = ([report.loss for report in each[1:]] for each in reports)
    np.testing.assert_allclose(on_card, on_cpu, rtol=1e-3)


def test_the_detector_finds_on_the_card_what_it_finds_on_the_cpu(cp):
    made = picture(HELD_OUT[0])
    proposals = np.insert(made.boxes, [0], [[4, 4, 90, 60]], axis=0).astype(np.float32)
    expected = detect(load(), made.pixels, proposals)
    found = detect(copied(load(), cp), made.pixels, proposals)
    np.testing.assert_allclose(found.probabilities, expected.probabilities, atol=1e-4)
    np.testing.assert_allclose(found.boxes, expected.boxes, atol=1e-2)
    np.testing.assert_array_equal(found.labels, expected.labels)
