"""Who takes part on the CPU, and how each is called: on one thread, as its own users would.

Each `find_*` function imports its package; the error of one that is not there is what the bench
says about it. Each `Peer.prepare` does once what a user does once (build a model, compile it);
what is timed is a call with arrays that are ready.
"""

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

import roipool
from roipool.bench.cases import CONVENTION, Inputs

Results = Mapping[str, NDArray[Any]]

OPERATIONS = ("values", "argmax", "backward")
"""Forward; forward with argmax; backward. What a contestant gives is one of them."""


@dataclass(frozen=True, slots=True)
class Work:
    """One operation of one peer on one input.

    Attributes
    ----------
    call : callable
        What is timed. It returns whatever the peer returns.
    read : callable
        That result as NumPy arrays by name: "values", "argmax", "gradient".
    """

    call: Callable[[], Any]
    read: Callable[[Any], Results]


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody who takes part.

    Attributes
    ----------
    name : str
        As ``--only`` takes it and the table shows it.
    version : str
    note : str
        What a reader has to know to compare.
    prepare : callable
        From inputs to the operations that the peer has.
    """

    name: str
    version: str
    note: str
    prepare: Callable[[Inputs], Mapping[str, Work]]


def find_numpy() -> Peer:
    """The library itself."""

    def prepare(inputs: Inputs) -> Mapping[str, Work]:
        size = inputs.case.output_size
        given: dict[str, Any] = {"convention": CONVENTION, "backend": "numpy"}

        def values() -> Any:
            return roipool.roi_pool(inputs.maps, inputs.boxes, size, **given)

        def argmax() -> Any:
            return roipool.roi_pool_with_argmax(inputs.maps, inputs.boxes, size, **given)

        return {
            "values": Work(values, lambda y: {"values": y}),
            "argmax": Work(argmax, lambda pair: dict(zip(("values", "argmax"), pair, strict=True))),
        }

    return Peer("numpy", np.__version__, "roipool in NumPy, one thread", prepare)


def find_onnxruntime() -> Peer:
    """MaxRoiPool of ONNX Runtime. It gives values and nothing else."""
    onnx, ort = _import("onnx", "onnxruntime")
    helper, float32 = onnx.helper, onnx.TensorProto.FLOAT

    def prepare(inputs: Inputs) -> Mapping[str, Work]:
        node = helper.make_node(
            "MaxRoiPool", ["x", "rois"], ["y"], pooled_shape=inputs.case.output_size
        )
        graph = helper.make_graph(
            [node],
            "roi_pool",
            [
                helper.make_tensor_value_info("x", float32, inputs.maps.shape),
                helper.make_tensor_value_info("rois", float32, inputs.boxes.shape),
            ],
            [helper.make_tensor_value_info("y", float32, inputs.gradient.shape)],
        )
        # Versions that any ONNX Runtime of the last years reads, whatever the newest onnx writes.
        model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 16)])
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = ort.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        # A binding spares ONNX Runtime the copy of its output into a NumPy array.
        binding = session.io_binding()
        binding.bind_cpu_input("x", inputs.maps)
        binding.bind_cpu_input("rois", inputs.boxes)

        def values() -> Any:
            binding.bind_output("y", "cpu")
            session.run_with_iobinding(binding)
            return binding.get_outputs()[0]

        return {"values": Work(values, lambda y: {"values": y.numpy()})}

    return Peer("onnxruntime", ort.__version__, "MaxRoiPool, one thread, values only", prepare)


def find_openvino() -> Peer:
    """ROIPooling of OpenVINO. It gives values and nothing else."""
    openvino, ops = _import("openvino", "openvino.opset13")

    def prepare(inputs: Inputs) -> Mapping[str, Work]:
        maps = ops.parameter(list(inputs.maps.shape), dtype=np.float32)
        boxes = ops.parameter(list(inputs.boxes.shape), dtype=np.float32)
        node = ops.roi_pooling(maps, boxes, list(inputs.case.output_size), 1.0, "max")
        compiled = openvino.Core().compile_model(
            openvino.Model([node], [maps, boxes], "roi_pool"),
            "CPU",
            # Without the hint, processors that can would compute in bfloat16.
            {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "INFERENCE_PRECISION_HINT": "f32"},
        )
        request = compiled.create_infer_request()
        given = [inputs.maps, inputs.boxes]

        def values() -> Any:
            return request.infer(given, share_inputs=True, share_outputs=True)

        return {"values": Work(values, lambda y: {"values": y[0]})}

    return Peer(
        "openvino",
        openvino.get_version().partition("-")[0],
        "ROIPooling, one thread, values only, into the same buffer every time",
        prepare,
    )


def _import(*names: str) -> list[Any]:
    return [importlib.import_module(name) for name in names]


FINDERS: dict[str, Callable[[], Peer]] = {
    "numpy": find_numpy,
    "onnxruntime": find_onnxruntime,
    "openvino": find_openvino,
}


def gather(
    names: Iterable[str], finders: Mapping[str, Callable[[], Peer]]
) -> tuple[list[Peer], dict[str, str]]:
    """The peers that are there, and of the others why not, in one line each."""
    found, missing = [], {}
    for name in names:
        try:
            found.append(finders[name]())
        # A package that is broken fails in its own ways: torchvision beside another torch raises a
        # RuntimeError, a library that lacks a symbol an OSError.
        except (ImportError, RuntimeError, OSError, AttributeError) as error:
            lines = str(error).strip().splitlines() or [type(error).__name__]
            missing[name] = lines[0]
    return found, missing
