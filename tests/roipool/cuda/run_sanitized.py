"""Runs every kernel of a sanitized build; a program of its own, since ASan must be loaded first.

``python -m tests.roipool.cuda.run_sanitized kernels.so``
"""

import sys

import numpy as np

from roipool.backends import device
from tests.roipool.cuda import fake_cupy, shim
from tests.roipool.cuda.cases import (
    BAD_BOXES,
    DTYPES,
    ODD_BOXES,
    PLANS,
    boxes_of,
    check_forward,
    maps_of,
)
from tests.roipool.cuda.test_scatter import check_order, check_rounding, problem, run


def main(library):
    """Forward and backward, every dtype, with what overflows and what points nowhere."""
    kernels = shim.Shim(library)
    cp = fake_cupy.FakeCupy(lambda source, names: kernels)
    device.load_cupy = lambda: cp
    boxes = np.concatenate([boxes_of(4, 2, 9, 11), ODD_BOXES, BAD_BOXES])
    for dtype in DTYPES:
        maps = maps_of("special", (2, 32, 9, 11), dtype)
        for plan in PLANS:
            for convention in ("fast_rcnn", "article", "mmcv"):
                check_forward(cp, plan, maps[:, :2], boxes, (3, 2), 1.0, convention)
            check_forward(cp, plan, maps, boxes[::5], (5, 5), 0.5, "fast_rcnn")
        check_order(cp, (2, 2, 6, 6), 45, (3, 5), dtype)
        check_order(cp, (1, 1, 130, 131), 3, (7, 7), dtype)
        grads, places, images = problem((2, 1, 4, 4), 60, (2, 2), dtype)
        run(cp, grads, places, images - 1, (2, 1, 4, 4), deterministic=False)
    check_rounding(cp)
    print("clean")


if __name__ == "__main__":
    main(sys.argv[1])
