"""Viridis in the browser is viridis, and the numbers on it can be read."""

import re

import matplotlib
import numpy as np

from app.component import ASSETS


def stage_viridis():
    source = (ASSETS / "viridis.js").read_text("utf-8")
    digits = "".join(re.findall(r'"([0-9a-f]+)"', source))
    return [[int(digits[i + k : i + k + 2], 16) for k in (0, 2, 4)] for i in range(0, 1536, 6)]


def test_the_stage_has_the_colours_of_matplotlib():
    expected = np.rint(matplotlib.colormaps["viridis"](np.arange(256))[:, :3] * 255)
    np.testing.assert_array_equal(stage_viridis(), expected)


def test_black_or_white_reads_on_every_colour_at_the_threshold_of_the_stage():
    threshold = float(re.search(r"> (0\.\d+) \?", (ASSETS / "colour.js").read_text("utf-8"))[1])
    for rgb in np.array(stage_viridis()) / 255:
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        luminance = float(linear @ [0.2126, 0.7152, 0.0722])
        ink = 0.0 if luminance > threshold else 1.0
        light, dark = max(ink, luminance), min(ink, luminance)
        assert (light + 0.05) / (dark + 0.05) >= 4.5
