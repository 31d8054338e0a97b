"""Numbers and spans of cells in words, as the app's own sentences write them."""

from typing import Any

import numpy as np

from app.pixels.quantise import tenths
from app.text import LANGUAGES, Text, number


def cases() -> dict[str, Any]:
    """Numbers as both write them, and spans in every language."""
    random = np.random.default_rng(11)
    some = random.normal(size=300) * 10.0 ** random.integers(-9, 9, 300)
    # Ties: half a cent and half a tenth, as far as a float can be one.
    ties = [k / 8 for k in range(-40, 41)] + [0.045, 1.005, 999.995, 1234.5, -0.05, 0.25, 0.004999]
    edges = [0.0, -0.0, 0.005, -0.005, 1000.0, 999.994, 1e21, 5e-324, 1.7976931348623157e308]
    values = [*some.tolist(), *ties, *edges]
    spans = [(0, 1), (3, 8), (2, 2), (5, 3), (0, 64)]
    return {
        "numbers": [[value, number(value)] for value in values],
        # Of pixels and percent, which never grow beyond all measure.
        "tenths": [[value, tenths(value)] for value in values if abs(value) < 1e15],
        "spans": [
            {
                "text": text.section("stage"),
                "start": a,
                "stop": b,
                "rows": text.rows(a, b),
                "cols": text.cols(a, b),
            }
            for text in map(Text, LANGUAGES)
            for a, b in spans
        ],
    }
