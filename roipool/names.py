"""The names that people call conventions by, beyond those of `conventions` and `ports`.

Somebody who writes ``convention="PyTorch"`` gets what torchvision computes. A framework that cuts
in two ways, or has no RoI pooling, gets an error that says so: a guess would be wrong in silence.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from roipool.conventions import ALIASES, PRESETS, Convention
from roipool.errors import RoIPoolError, shown
from roipool.ports import PORTS

SPELLINGS: dict[str, str] = {
    "pytorch": "torchvision",
    "torch": "torchvision",
    "caffe2": "fast_rcnn",
    "onnx": "onnxruntime",
    "mmdet": "mmcv",
    "mmdetection": "mmcv",
}
"""Other names of presets and aliases."""

VARIANTS: dict[str, Convention] = {
    # Its batches are padded with boxes of image -1. The bins are fast_rcnn's.
    "mxnet": replace(PRESETS["fast_rcnn"], name="mxnet", missing_image="empty"),
}
"""Conventions that cut as a preset does and are no preset: pages need not show them beside it."""

NO_CONVENTION: dict[str, str] = {
    "chainer": (
        "Chainer has two: 'chainer_roi_pooling_2d' is its function roi_pooling_2d, "
        "'chainer_roi_max_pooling_2d' the later roi_max_pooling_2d"
    ),
    "paddle": (
        "Paddle cuts differently on the two devices: 'paddle_cpu' or 'paddle_gpu'"
    ),
    "detectron2": (
        "Detectron2 pools with ROIAlign, which is roipool.roi_align(..., aligned=True); its "
        "pooler_type 'ROIPool' is torchvision's: 'torchvision'"
    ),
    "tensorflow": (
        "TensorFlow has no RoI pooling: tf.image.crop_and_resize interpolates. Those who wrote one "
        "for it cut as 'deepsense', 'keras_frcnn', 'keras_cv' or 'keras_roi_pooling'"
    ),
    "keras": (
        "Keras has no RoI pooling of its own; ports are 'keras_frcnn', 'keras_cv' and "
        "'keras_roi_pooling'"
    ),
    "opencv": (
        "OpenCV's dnn module runs Caffe's layer, 'caffe', but adds a box's start before it floors "
        "and ceils in float32, and so is off by a cell in rare cases"
    ),
    "matconvnet": (
        "MatConvNet cuts as 'fast_rcnn' does, but counts images and cells from 1, after its "
        "transform: take 1 off the batch index, and off coordinates in cells"
    ),
}  # fmt: skip
"""Names that stand for none, each with what to ask for instead."""


def named(name: object) -> Convention:
    """The convention of a name in any spelling: of any case, with ``-``, ``.`` or spaces.

    Raises
    ------
    RoIPoolError
        If it stands for none, with what there is.

    Examples
    --------
    >>> named("PyTorch").name, named("fast-rcnn").name, named("Keras FRCNN").name
    ('fast_rcnn', 'fast_rcnn', 'keras_frcnn')
    """
    known: Mapping[str, Convention] = PORTS | PRESETS | VARIANTS
    if isinstance(name, str):
        plain = re.sub(r"[-.\s]+", "_", name.strip().lower())
        plain = SPELLINGS.get(plain, plain)
        found = known.get(plain) or known.get(ALIASES.get(plain, plain))
        if found is not None:
            return found
        if plain in NO_CONVENTION:
            raise RoIPoolError(f"convention is {shown(name)}. {NO_CONVENTION[plain]}.")
    offered = [*PRESETS, *ALIASES]
    import difflib  # only a name that is wrong needs it

    near = difflib.get_close_matches(
        shown(name).lower(), [*offered, *PORTS, *SPELLINGS, *NO_CONVENTION], n=1
    )
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise RoIPoolError(
        f"convention is {shown(name)}; expected a Convention or one of {', '.join(offered)}; or a "
        f"port: {', '.join(PORTS)}.{hint}"
    )
