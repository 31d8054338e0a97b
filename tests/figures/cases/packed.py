"""Arrays as the detector's figure is sent them."""

from typing import Any

import numpy as np

from app.detector.payload import _packed


def cases() -> list[dict[str, Any]]:
    """Arrays packed, and the values in them; those of a float32 as the doubles that they are."""
    random = np.random.default_rng(4)
    arrays: list[tuple[type[np.generic], Any]] = [
        (np.float32, random.normal(size=(3, 5))),
        (np.float32, np.array([0.0, 1e-40, 3.4e38, -0.1])),
        (np.uint8, np.arange(256)),
        (np.uint16, np.arange(24).reshape(4, 6)[:, ::2] * 2731),
        (np.uint8, np.empty(0)),
    ]
    return [
        {
            "kind": np.dtype(kind).name,
            "packed": _packed(array, kind),
            "values": array.astype(kind).ravel().tolist(),
        }
        for kind, array in arrays
    ]
