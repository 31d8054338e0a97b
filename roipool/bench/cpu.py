"""Peers on the processor, each called as its own users would, on one thread."""

import functools
import importlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roipool.bench.cases import Inputs
from roipool.bench.peers import Peer, Work, library_calls, named, torchvision_calls

_Array = NDArray[Any]


def find_numpy() -> Peer:
    """The library itself."""

    def prepare(inputs: Inputs) -> Sequence[Work]:
        return _works(library_calls(inputs, *_arrays(inputs), "numpy"))

    return Peer("numpy", np.__version__, "roipool in NumPy, one thread", prepare)


def find_torchvision() -> Peer:
    """The operators of torchvision. Forward always computes argmax."""
    torch, torchvision = import_all("torch", "torchvision")

    def prepare(inputs: Inputs) -> Sequence[Work]:
        torch.set_num_threads(1)
        tensors = map(torch.from_numpy, _arrays(inputs))
        return _works(torchvision_calls(torch, inputs, *tensors))

    return Peer("torchvision", torchvision.__version__, "C++, one thread, always argmax", prepare)


def _arrays(inputs: Inputs) -> tuple[_Array, _Array, _Array, _Array]:
    """What all operations together are given: maps, boxes, gradient and argmax."""
    return inputs.maps, inputs.boxes, inputs.grad_output, inputs.expected["argmax"]


def _works(calls: dict[str, Callable[[], Any]]) -> list[Work]:
    return [
        Work(name, call, functools.partial(named, name, to_numpy=np.asarray))
        for name, call in calls.items()
    ]


def find_onnxruntime() -> Peer:
    """The operator MaxRoiPool of ONNX Runtime. It gives values and nothing else."""
    onnx, runtime = import_all("onnx", "onnxruntime")

    def prepare(inputs: Inputs) -> Sequence[Work]:
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = runtime.InferenceSession(
            _onnx_model(onnx, inputs), options, providers=["CPUExecutionProvider"]
        )
        # A binding spares ONNX Runtime the copy of its output into a NumPy array.
        binding = session.io_binding()
        binding.bind_cpu_input("x", inputs.maps)
        binding.bind_cpu_input("boxes", inputs.boxes)

        def values() -> Any:
            binding.bind_output("y", "cpu")
            session.run_with_iobinding(binding)
            return binding.get_outputs()[0]

        return [Work("values", values, lambda y: {"values": y.numpy()})]

    return Peer("onnxruntime", runtime.__version__, "MaxRoiPool, one thread, values only", prepare)


def _onnx_model(onnx: Any, inputs: Inputs) -> bytes:
    helper, float32 = onnx.helper, onnx.TensorProto.FLOAT
    node = helper.make_node(
        "MaxRoiPool", ["x", "boxes"], ["y"], pooled_shape=inputs.case.output_size
    )
    graph = helper.make_graph(
        [node],
        "roi_pool",
        [
            helper.make_tensor_value_info("x", float32, inputs.maps.shape),
            helper.make_tensor_value_info("boxes", float32, inputs.boxes.shape),
        ],
        [helper.make_tensor_value_info("y", float32, inputs.grad_output.shape)],
    )
    # Format versions that ONNX Runtime has long read: those that onnx writes by itself may be newer
    # than the installed runtime.
    model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 16)])
    return bytes(model.SerializeToString())


def find_openvino() -> Peer:
    """The operator ROIPooling of OpenVINO. It gives values and nothing else."""
    openvino, operators = import_all("openvino", "openvino.opset13")

    def prepare(inputs: Inputs) -> Sequence[Work]:
        maps = operators.parameter(list(inputs.maps.shape), dtype=np.float32)
        boxes = operators.parameter(list(inputs.boxes.shape), dtype=np.float32)
        node = operators.roi_pooling(maps, boxes, list(inputs.case.output_size), 1.0, "max")
        compiled = openvino.Core().compile_model(
            openvino.Model([node], [maps, boxes], "roi_pool"),
            "CPU",
            # Without the last of these, processors that can would compute in bfloat16.
            {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "INFERENCE_PRECISION_HINT": "f32"},
        )
        request = compiled.create_infer_request()
        given = [inputs.maps, inputs.boxes]

        def values() -> Any:
            return request.infer(given, share_inputs=True, share_outputs=True)

        return [Work("values", values, lambda y: {"values": y[0]})]

    version = openvino.get_version().partition("-")[0]
    note = (
        "ROIPooling, one thread, values only, written to one buffer that is kept; bins by exact "
        "integers (paddle_gpu), which a large map shows"
    )
    return Peer("openvino", version, note, prepare)


def import_all(*names: str) -> list[Any]:
    """Modules by their names, or the error of the first that is not there."""
    return [importlib.import_module(name) for name in names]
