"""The detector's figure on a made picture, and what the library makes of its proposals."""

from typing import Any

import numpy as np

from app.detector.controls import FIRST
from app.detector.payload import Look, figure, payload
from app.detector.seen import Seen, see
from app.detector.sources import made
from app.fast_rcnn import network
from app.fast_rcnn.layers import CONVENTION
from app.fast_rcnn.network import SPATIAL_SCALE
from roipool import bin_edges, roi_pool_with_argmax
from tests.figures.cases.sent import EN


def cases() -> dict[str, Any]:
    """What the figure is sent; proposals in numbers of sections; points of the picture."""
    seen = see(made(FIRST), network.load())
    random = np.random.default_rng(8)
    count = len(seen.proposals)
    looks = [(int(n), sections) for sections in (1, 2, 7, 14) for n in random.integers(0, count, 6)]
    points = random.uniform(0, 128, (30, 2)).round(1)
    return {
        "data": payload(figure(seen), Look(), EN),
        "proposals": [_proposal(seen, *look) for look in looks],
        "points": [_point(seen, *point) for point in points.tolist()],
        "covered": seen.covered,
    }


def _proposal(seen: Seen, n: int, sections: int) -> dict[str, Any]:
    features = seen.detections.features
    box = np.insert(seen.proposals[n : n + 1], 0, 0, axis=1)
    bins = bin_edges(box, sections, features.shape[2:], SPATIAL_SCALE, CONVENTION)
    output, argmax = roi_pool_with_argmax(
        features, box, sections, SPATIAL_SCALE, convention=CONVENTION, backend="numpy"
    )
    channel = n % features.shape[1]
    return {
        "proposal": n,
        "sections": sections,
        "channel": channel,
        "box": seen.proposals[n].tolist(),
        "scores": seen.detections.probabilities[n].tolist(),
        "edges": [part[0].tolist() for part in (bins.y0, bins.y1, bins.x0, bins.x1)],
        "values": output[0, channel].ravel().tolist(),
        "places": argmax[0, channel].ravel().tolist(),
        # Of all channels, as the small pictures show them.
        "sums": output[0].astype(np.float64).sum(axis=(1, 2)).tolist(),
    }


def _point(seen: Seen, x: float, y: float) -> dict[str, Any]:
    x1, y1, x2, y2 = seen.proposals.T
    # A box holds its last pixels.
    over = (x1 <= x) & (x < x2 + 1) & (y1 <= y) & (y < y2 + 1)
    return {"at": [x, y], "over": np.flatnonzero(over).tolist()}
