"""What some frameworks do to the last bit, NaN and infinity: known by name.

On float32 maps of finite numbers the first three are `fast_rcnn` and show nothing else, so no page
has a row for them; nor for the last, which differs from `paddle_gpu` in a last bit of a product.
Read from their sources, and held against them by ``tests/roipool/test_peers.py``. What is not
theirs even so, the sign of a zero for one, ``docs/bit-for-bit.md`` names.
"""

from dataclasses import replace

import numpy as np

from roipool.conventions import PRESETS, Convention

_FLOAT32_LOWEST = float(np.finfo(np.float32).min)

FRAMEWORKS: dict[str, Convention] = {
    convention.name: convention
    for convention in (
        # Its kernels are templates of the map's type, but for the -FLT_MAX that they scan from.
        replace(PRESETS["fast_rcnn"], name="torchvision", arithmetic="map", lowest=_FLOAT32_LOWEST),
        # Its batches are padded with boxes of image -1.
        replace(PRESETS["fast_rcnn"], name="mxnet", missing_image="empty"),
        # MaxRoiPool on a processor: std::max(cell, best), which is the cell where either is NaN.
        replace(PRESETS["fast_rcnn"], name="onnxruntime", nan="restarts"),
        # ROIPooling on a processor: edges in integers, a product that is rounded to whole cells
        # before it is rounded to float32, and a scan from the first cell.
        replace(PRESETS["paddle_gpu"], name="openvino", product="exact", lowest=None, nan="first"),
    )
}
"""The conventions by their frameworks' names."""
