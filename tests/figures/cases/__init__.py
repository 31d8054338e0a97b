"""What the figures' tests expect: cases, and what the library and the app make of them."""

from typing import Any

from tests.figures.cases import (
    bins,
    cards,
    detector,
    gradient,
    lessons,
    looks,
    model,
    packed,
    pixels,
    pulls,
    sizes,
    takeaway,
    words,
)


def all_cases() -> dict[str, Any]:
    """Plain JSON, by the name of the test file that reads it."""
    return {
        "common/bins": bins.cases(),
        "common/bytes": packed.cases(),
        "common/colour": looks.cases(),
        "common/geometry": pulls.cases(),
        "common/model": model.cases(),
        "common/text": words.cases(),
        "conventions/bins": cards.cases(),
        "detector/model": detector.cases(),
        "gradient/backward": gradient.cases(),
        "pixels/model": pixels.cases(),
        "sizes/reading": sizes.cases(),
        "takeaway/answers": takeaway.cases(),
        "takeaway/judge": lessons.cases(),
    }
