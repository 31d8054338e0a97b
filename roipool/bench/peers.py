"""Who takes part on the CPU, and how each is called: on one thread, as its own users would.

Each ``find_*`` function imports its package; the error of one that is not there is what the bench
says about it. `Peer.prepare` does once what a user does once (build a model, compile it); what is
timed is a call with arrays that are ready.
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

OPERATIONS = {"values": "values", "argmax": "values + argmax", "backward": "gradient"}
"""The operations, and what each gives: forward, forward with argmax, backward."""


@dataclass(frozen=True, slots=True)
class Work:
    """One operation of one peer on one input.

    Attributes
    ----------
    call : callable
        What is timed. It returns whatever the peer returns.
    read : callable
        That result as NumPy arrays, by name: "values", "argmax", "gradient".
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
        From inputs to the operations that this peer has, by their names in `OPERATIONS`.
    """

    name: str
    version: str
    note: str
    prepare: Callable[[Inputs], Mapping[str, Work]]


def find_numpy() -> Peer:
    """The library itself."""

    def prepare(inputs: Inputs) -> Mapping[str, Work]:
        return library_work(
            inputs, inputs.maps, inputs.grad_output, inputs.expected["argmax"], "numpy", np.asarray
        )

    return Peer("numpy", np.__version__, "roipool in NumPy, one thread", prepare)


def library_work(
    inputs: Inputs,
    maps: Any,
    grad_output: Any,
    argmax: Any,
    backend: str,
    to_numpy: Callable[[Any], NDArray[Any]],
) -> dict[str, Work]:
    """The library's own operations, on arrays that live where `backend` computes."""
    size = inputs.case.output_size

    def forward() -> Any:
        return roipool.roi_pool(maps, inputs.boxes, size, convention=CONVENTION, backend=backend)

    def forward_with_argmax() -> Any:
        return roipool.roi_pool_with_argmax(
            maps, inputs.boxes, size, convention=CONVENTION, backend=backend
        )

    def backward() -> Any:
        return roipool.roi_pool_backward(
            grad_output, argmax, inputs.boxes, inputs.case.maps, backend=backend
        )

    works = {
        "values": Work(forward, lambda y: {"values": to_numpy(y)}),
        "argmax": Work(
            forward_with_argmax, lambda y: {"values": to_numpy(y[0]), "argmax": to_numpy(y[1])}
        ),
        "backward": Work(backward, lambda dx: {"gradient": to_numpy(dx)}),
    }
    if not hasattr(roipool, "roi_pool_backward"):
        del works["backward"]
    return works


def find_torchvision() -> Peer:
    """The operator of torchvision. It always computes argmax."""
    torch, torchvision = _import("torch", "torchvision")
    operators = torchvision_operators(torch)

    def prepare(inputs: Inputs) -> Mapping[str, Work]:
        torch.set_num_threads(1)
        arrays = (inputs.maps, inputs.boxes, inputs.grad_output, inputs.expected["argmax"])
        return torchvision_work(operators, inputs, *map(torch.from_numpy, arrays))

    return Peer("torchvision", torchvision.__version__, "C++, one thread, always argmax", prepare)


def torchvision_operators(torch: Any) -> tuple[Any, Any]:
    """Forward and backward, without autograd around them."""
    registered = torch.ops.torchvision
    return registered.roi_pool.default, registered._roi_pool_backward.default


def torchvision_work(
    operators: tuple[Any, Any], inputs: Inputs, maps: Any, boxes: Any, grad_output: Any, argmax: Any
) -> dict[str, Work]:
    """The operations of torchvision, on tensors that live where they are to be computed."""
    forward, backward = operators
    size = inputs.case.output_size
    return {
        "argmax": Work(
            lambda: forward(maps, boxes, 1.0, *size),
            lambda y: {"values": y[0].numpy(force=True), "argmax": y[1].numpy(force=True)},
        ),
        "backward": Work(
            lambda: backward(grad_output, boxes, argmax, 1.0, *size, *inputs.case.maps),
            lambda dx: {"gradient": dx.numpy(force=True)},
        ),
    }


def find_onnxruntime() -> Peer:
    """The operator MaxRoiPool of ONNX Runtime. It gives values and nothing else."""
    onnx, runtime = _import("onnx", "onnxruntime")

    def prepare(inputs: Inputs) -> Mapping[str, Work]:
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

        return {"values": Work(values, lambda y: {"values": y.numpy()})}

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
    openvino, operators = _import("openvino", "openvino.opset13")

    def prepare(inputs: Inputs) -> Mapping[str, Work]:
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

        return {"values": Work(values, lambda y: {"values": y[0]})}

    version = openvino.get_version().partition("-")[0]
    note = "ROIPooling, one thread, values only, written to one buffer that is kept"
    return Peer("openvino", version, note, prepare)


def _import(*names: str) -> list[Any]:
    return [importlib.import_module(name) for name in names]


FINDERS: dict[str, Callable[[], Peer]] = {
    "numpy": find_numpy,
    "torchvision": find_torchvision,
    "onnxruntime": find_onnxruntime,
    "openvino": find_openvino,
}
"""The peers on the CPU, in the order in which they take turns."""


def gather(
    names: Iterable[str], finders: Mapping[str, Callable[[], Peer]]
) -> tuple[list[Peer], dict[str, str]]:
    """The peers that are there, and of the others why not, in one line each."""
    found, missing = [], {}
    for name in names:
        try:
            found.append(finders[name]())
        # A package that is broken fails in ways of its own: torchvision beside another torch raises
        # RuntimeError or AttributeError, a library that lacks a symbol OSError.
        except (ImportError, RuntimeError, OSError, AttributeError) as error:
            lines = str(error).strip().splitlines()
            missing[name] = lines[0] if lines else type(error).__name__
    return found, missing
