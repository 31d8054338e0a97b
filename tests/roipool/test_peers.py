"""Random maps and boxes, pooled by the frameworks themselves where they are installed.

3,000 cases each with ``--exhaustive``, otherwise two dozen. Equal are dtype, shape and every value,
NaN and infinities too, and torchvision's argmax; the sign of a zero is what the docs except.
"""

import numpy as np
import pytest

from roipool import roi_pool, roi_pool_with_argmax
from tests import sampling

WHY = "requirements-bench.txt has the frameworks"
SEEDS = sampling.of(range(3000), 125)


def case(seed, dtype):
    """(maps, boxes, output_size, spatial_scale) of some kind."""
    rng = np.random.default_rng(seed)
    images, channels = rng.integers(1, 4, 2)
    high, wide = rng.integers(1, 70, 2)
    scale = float(rng.choice([1, 1 / 16, 0.7, 0.1, 0.25, 1 / 3]))
    size = tuple(rng.choice([1, 2, 3, 5, 7, 14], 2).tolist())
    maps = rng.standard_normal((images, channels, high, wide))
    kind = rng.choice(["normal", "ties", "infinite", "nan", "zeros", "huge"])
    if kind == "ties":
        maps = maps.round()
    elif kind == "infinite":
        maps[rng.random(maps.shape) < 0.3] = -np.inf
        maps[rng.random(maps.shape) < 0.05] = np.inf
        maps[:, :, : high // 2] = -np.inf
    elif kind == "nan":
        maps[rng.random(maps.shape) < rng.choice([0.05, 0.4, 0.95])] = np.nan
        maps[rng.random(maps.shape) < 0.1] = -np.inf
    elif kind == "zeros":
        maps = rng.choice([0.0, -0.0, -1.0], maps.shape)
    elif kind == "huge":
        maps = -(10.0 ** rng.uniform(30, 38 if dtype == "float32" else 60, maps.shape))
    count = rng.integers(1, 6)
    edges = (rng.uniform(-0.3 * side, 1.3 * side, (count, 2)) for side in (wide, high))
    corners = np.stack(tuple(edges), axis=2)
    how = rng.choice(["ordered", "any", "whole", "half-way", "whole pixels"])
    if how != "any":
        corners = np.sort(corners, axis=1)
    if how in ("whole", "half-way"):
        corners = np.floor(corners) + 0.5 * (how == "half-way")
    corners = corners.reshape(-1, 4) / scale
    if how == "whole pixels":
        corners = corners.round()
    boxes = np.column_stack([rng.integers(0, images, count), corners])
    return maps.astype(dtype), boxes.astype(dtype), size, scale


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_torchvision_computes_the_same(dtype):
    torch, torchvision = importing("torch", "torchvision")
    for seed in SEEDS:
        maps, boxes, size, scale = case(seed, dtype)
        tensors = torch.from_numpy(maps), torch.from_numpy(boxes)
        expected = torch.ops.torchvision.roi_pool(*tensors, scale, *size)
        found = roi_pool_with_argmax(maps, boxes, size, scale, convention="torchvision")
        for array, theirs in zip(found, expected, strict=True):
            np.testing.assert_array_equal(array, theirs.numpy(), f"{seed}", strict=True)
        public = torchvision.ops.roi_pool(*tensors, size, scale).numpy()
        np.testing.assert_array_equal(found[0], public, f"{seed}", strict=True)


def test_onnx_runtime_computes_the_same():
    onnx, runtime = importing("onnx", "onnxruntime")
    for seed in SEEDS:
        maps, boxes, size, scale = case(seed, "float32")
        session = runtime.InferenceSession(_model(onnx, size, scale), _quiet(runtime))
        (expected,) = session.run(None, {"x": maps, "boxes": boxes})
        found = roi_pool(maps, boxes, size, scale, convention="onnxruntime")
        np.testing.assert_array_equal(found, expected, f"{seed}", strict=True)


def test_openvino_computes_the_same():
    openvino, operators = importing("openvino", "openvino.opset13")
    core = openvino.Core()
    for seed in SEEDS:
        maps, boxes, size, scale = case(seed, "float32")
        inputs = [
            operators.parameter(list(array.shape), dtype=np.float32) for array in (maps, boxes)
        ]
        node = operators.roi_pooling(*inputs, list(size), scale, "max")
        # Without the hint, processors that can compute in bfloat16 do.
        compiled = core.compile_model(
            openvino.Model([node], inputs, "pool"), "CPU", {"INFERENCE_PRECISION_HINT": "f32"}
        )
        found = roi_pool(maps, boxes, size, scale, convention="openvino")
        np.testing.assert_array_equal(found, compiled([maps, boxes])[0], f"{seed}", strict=True)


def importing(*names):
    """Modules, or a skip: torchvision beside another torch raises RuntimeError."""
    return [
        pytest.importorskip(name, reason=WHY, exc_type=(ImportError, RuntimeError, OSError))
        for name in names
    ]


def _model(onnx, size, scale):
    helper, real = onnx.helper, onnx.TensorProto.FLOAT
    node = helper.make_node(
        "MaxRoiPool", ["x", "boxes"], ["y"], pooled_shape=size, spatial_scale=scale
    )
    given = [helper.make_tensor_value_info(name, real, None) for name in ("x", "boxes")]
    result = [helper.make_tensor_value_info("y", real, None)]
    graph = helper.make_graph([node], "pool", given, result)
    opset = helper.make_opsetid("", 16)
    return helper.make_model(graph, ir_version=8, opset_imports=[opset]).SerializeToString()


def _quiet(runtime):
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options
