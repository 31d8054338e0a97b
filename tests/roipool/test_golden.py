"""Every golden array of every convention, value and argmax, bit for bit.

``golden/manifest.json`` says which implementation made which array.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from roipool import RoIPoolError, roi_pool, roi_pool_backward, roi_pool_with_argmax

GOLDEN = Path(__file__).parents[1] / "golden"

# The manifest's key of a peer -> the name under which the library has its rule.
CONVENTION_OF = {
    "article": "article",
    "caffe_fast_rcnn": "caffe",
    "torchvision": "torchvision",
    "onnxruntime": "onnxruntime",
    "deepsense": "deepsense",
    "paddle_gpu": "paddle_gpu",
    "mmcv": "mmcv",
    "chainer_roi_pooling_2d": "chainer_roi_pooling_2d",
    "chainer": "chainer_roi_max_pooling_2d",
}

FRACTIONAL_INDEX = "batch_fractional_idx.npz"

ENTRIES = [
    entry
    for entry in json.loads((GOLDEN / "manifest.json").read_text("utf-8"))["entries"]
    if entry["key"] in CONVENTION_OF and entry["file"] != FRACTIONAL_INDEX
]


def load(file):
    with np.load(GOLDEN / file) as arrays:
        return dict(arrays)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e['case']}-{e['key']}")
def test_output_and_argmax_equal_the_peer(entry):
    case, key = load(entry["file"]), entry["key"]
    output, argmax = roi_pool_with_argmax(
        case["x"],
        case["rois"],
        tuple(case["output_size"]),
        float(case["spatial_scale"]),
        convention=CONVENTION_OF[key],
    )
    expected = case[f"{key}__y"]
    comparable = np.ones(expected.shape, dtype=bool)
    if key == "onnxruntime" and np.isnan(case["x"]).any():
        # Its result depends on the order in which NaN is met; cells without NaN still count.
        comparable = ~np.isnan(expected) & (expected == load(entry["file"])["torchvision__y"])
        assert comparable.any()
    assert output.dtype == expected.dtype
    np.testing.assert_array_equal(output[comparable], expected[comparable])
    if "argmax" in entry["arrays"]:
        np.testing.assert_array_equal(argmax, peer_argmax(case, key))


@pytest.mark.parametrize(
    "entry",
    [e for e in ENTRIES if e["key"] == "torchvision" and "dx" in e["arrays"]],
    ids=lambda e: e["case"],
)
def test_gradient_equals_torchvisions(entry):
    case = load(entry["file"])
    found = roi_pool_backward(
        case["dy"], case["torchvision__argmax"], case["rois"], case["x"].shape
    )
    np.testing.assert_array_equal(found, case["torchvision__dx"], strict=True)


def peer_argmax(case, key):
    argmax = case[f"{key}__argmax"]
    if key != "deepsense":
        return argmax
    # Channels last, (h * W + w) * C + c; ours is h * W + w.
    return np.where(argmax < 0, argmax, argmax // case["x"].shape[1])


def test_every_listed_convention_has_golden_cases():
    assert {entry["key"] for entry in ENTRIES} == set(CONVENTION_OF)
    assert len(ENTRIES) > 200


@pytest.mark.parametrize("convention", sorted(set(CONVENTION_OF.values())))
def test_fractional_batch_index_is_an_error_and_not_an_image(convention):
    case = load(FRACTIONAL_INDEX)
    with pytest.raises(RoIPoolError, match=r"batch_index = 0\.9; expected a whole number"):
        roi_pool(case["x"], case["rois"], 2, convention=convention)
