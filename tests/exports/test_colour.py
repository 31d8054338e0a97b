"""Viridis in the browser is viridis, and the numbers on it can be read."""

import re

import matplotlib
import numpy as np
import pytest

from app.figures.entries import FIGURES

COMMON = FIGURES / "common"


def stage_viridis():
    source = (COMMON / "viridis.js").read_text("utf-8")
    digits = "".join(re.findall(r'"([0-9a-f]+)"', source))
    return [[int(digits[i + k : i + k + 2], 16) for k in (0, 2, 4)] for i in range(0, 1536, 6)]


def test_the_stage_has_the_colours_of_matplotlib():
    expected = np.rint(matplotlib.colormaps["viridis"](np.arange(256))[:, :3] * 255)
    np.testing.assert_array_equal(stage_viridis(), expected)


def contrast(rgb):
    """Of the ink that the stage takes on a colour, by the threshold in its source."""
    threshold = float(re.search(r"> (0\.\d+) \?", (COMMON / "colour.js").read_text("utf-8"))[1])
    part = np.array(rgb) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ [0.2126, 0.7152, 0.0722])
    ink = 0.0 if luminance > threshold else 1.0
    light, dark = max(ink, luminance), min(ink, luminance)
    return (light + 0.05) / (dark + 0.05)


def test_black_or_white_reads_on_every_colour_at_the_threshold_of_the_stage():
    assert min(map(contrast, stage_viridis())) >= 4.5


def stage_diverging(page):
    """Every colour of the scale on a page, as the stage mixes them."""
    source = (COMMON / "diverging.js").read_text("utf-8")
    found = []
    for name in ("BLUE", "ORANGE"):
        colours = re.search(rf'{name} = \["(\w+)", "(\w+)"\]', source).groups()
        middle, end = ([int(one[k : k + 2], 16) for k in (0, 2, 4)] for one in colours)
        if page[0] < 128:
            middle, end = end, middle
        for start, stop in ((page, middle), (middle, end)):
            found += np.linspace(start, stop, 101).tolist()
    return np.array(found)


@pytest.mark.parametrize("page", [(255, 255, 255), (20, 22, 26), (14, 17, 23), (0, 0, 0)])
def test_black_or_white_reads_on_every_colour_of_a_gradient(page):
    assert min(map(contrast, stage_diverging(page))) >= 4.5
