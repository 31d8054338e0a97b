"""Conventions of ports that many have copied: known by name, and to `roipool.identify`.

They are no presets, which every page shows beside each other: each cuts as one of those does but
for its sections' edges. Read from their sources.
"""

from dataclasses import replace

from roipool.conventions import PRESETS, Convention

PORTS: dict[str, Convention] = {
    port.name: port
    for port in (
        # RoiPoolingConv of keras-frcnn, as it is for Theano: int() of both edges of a section, and
        # then max(1, x2 - x1) cells. Its boxes are x, y, width, height in cells.
        replace(
            PRESETS["article"],
            name="keras_frcnn",
            rounding="floor",
            arithmetic="float32",
            stop="floor_or_one",
        ),
        # KerasCV's ROIPooler: the same of a box that is not rounded.
        replace(
            PRESETS["article"],
            name="keras_cv",
            rounding="none",
            arithmetic="float32",
            stop="floor_or_one",
        ),
        # ROIPoolingLayer of "Implementing RoI pooling in TensorFlow + Keras" (Sevilla, 2018): steps
        # of int(n / P) cells, and the last section takes the rest. Its boxes are fractions.
        replace(
            PRESETS["article"],
            name="keras_roi_pooling",
            rounding="floor",
            arithmetic="step_rest",
        ),
    )
}
"""The ports by name."""
