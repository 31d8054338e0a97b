"""Every kernel on the golden files: the outputs and gradients of other implementations."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from roipool import get_convention
from roipool.backends import cupy as cupy_backend
from tests.roipool.cuda.cases import PLANS, assert_same


def _golden():
    """tests/test_golden.py, which says which entries there are and under which convention."""
    path = Path(__file__).parent.parent / "test_golden.py"
    spec = importlib.util.spec_from_file_location("golden_files", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


golden = _golden()

# ONNX Runtime's NaN depends on the order in which it is met.
ENTRIES = [e for e in golden.ENTRIES if (e["key"], e["case"]) != ("onnxruntime", "nan_map")]
# Caffe and Chainer's roi_pooling_2d drop gradients of cells that lie in a bin and not in the box,
# and deepsense drops nearly all of them.
SCATTERS = ("torchvision", "chainer")
GRADIENTS = [e for e in ENTRIES if e["key"] in SCATTERS and {"argmax", "dx"} <= set(e["arrays"])]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e['case']}-{e['key']}")
def test_output_and_argmax_equal_the_peer(cp, entry):
    case, key = golden.load(entry["file"]), entry["key"]
    convention = get_convention(golden.CONVENTION_OF[key])
    for plan in PLANS:
        output, argmax = cupy_backend.run_plan(
            plan,
            cp.asarray(case["x"]),
            case["rois"].astype(np.float64),
            tuple(case["output_size"].tolist()),
            float(case["spatial_scale"]),
            convention,
            with_argmax=True,
        )
        # Values, not bits: a peer may write the zero of the cell that won, we write +0.
        np.testing.assert_array_equal(cp.asnumpy(output), case[f"{key}__y"], plan)
        if "argmax" in entry["arrays"]:
            np.testing.assert_array_equal(cp.asnumpy(argmax), golden.peer_argmax(case, key), plan)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("entry", GRADIENTS, ids=lambda e: f"{e['case']}-{e['key']}")
def test_gradient_equals_the_peer(cp, entry):
    case, key = golden.load(entry["file"]), entry["key"]
    for deterministic in (True, False):
        found = cupy_backend.backward(
            cp.asarray(case["dy"].astype(np.float32)),
            cp.asarray(case[f"{key}__argmax"].astype(np.int32)),
            case["rois"][:, 0].astype(np.int64),
            case["x"].shape,
            deterministic=deterministic,
        )
        assert_same(cp.asnumpy(found), case[f"{key}__dx"], key)


def test_the_golden_files_are_all_there():
    assert len(ENTRIES) > 200
    assert len(GRADIENTS) > 50
