"""Which backend computes, why, and what happens when the GPU cannot."""

import inspect
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

import numpy as np
import pytest

import roipool
from roipool import BackendStatus, RoIPoolError, roi_pool, roi_pool_backward, roi_pool_with_argmax
from roipool.arrays import as_array
from roipool.backends import cupy as cupy_backend
from roipool.backends import device
from roipool.backends import numpy as numpy_backend
from roipool.backends.cupy import OutOfDeviceMemoryError
from tests.common import OnGpu, Tensor

MAPS = np.random.default_rng(3).standard_normal((1, 64, 38, 50)).astype(np.float32)
BOXES = np.array([[0, 1, 2, 30, 30], [0, 5, 0, 49, 37]])
ENOUGH = np.tile(BOXES, (1000, 1))  # times 64 channels and 49 bins: worth the bus


def pretend(monkeypatch, status, **functions):
    """A GPU that is there, or not, with stand-ins for what would run on it."""
    monkeypatch.setattr(roipool.backends, "backend_status", lambda: status)
    for name, function in functions.items():
        monkeypatch.setattr(cupy_backend, name, function)


THERE = BackendStatus("cupy", "NVIDIA H200", None)
MISSING = BackendStatus("numpy", "CPU", "no NVIDIA GPU is visible")


def test_both_backends_have_one_signature():
    for name in ("forward", "backward"):
        ours, theirs = (
            [
                (parameter.name, parameter.kind)
                for parameter in inspect.signature(getattr(backend, name)).parameters.values()
            ]
            for backend in (numpy_backend, cupy_backend)
        )
        assert ours == theirs


def test_a_backend_that_is_not_there_is_refused_with_the_reason(monkeypatch):
    pretend(monkeypatch, MISSING)
    with pytest.raises(RoIPoolError, match=r"backend is 'cupy', and .*: no NVIDIA GPU is visible"):
        roi_pool(MAPS, BOXES, 7, backend="cupy")


def on_gpu(*results):
    """A stand-in that tells from its result that it ran."""
    return lambda *args, **kwargs: results if len(results) > 1 else results[0]


def test_auto_takes_the_gpu_only_when_there_is_enough_to_do(monkeypatch):
    pretend(monkeypatch, THERE, forward_from_host=on_gpu("GPU", None))
    assert roi_pool(MAPS, ENOUGH, 7) == "GPU"
    assert isinstance(roi_pool(MAPS, BOXES, 7), np.ndarray)
    assert roi_pool(MAPS, BOXES, 7, backend="cupy") == "GPU"
    assert isinstance(roi_pool(MAPS, ENOUGH, 7, backend="numpy"), np.ndarray)


def test_auto_takes_numpy_where_there_is_no_gpu(monkeypatch):
    pretend(monkeypatch, MISSING, forward_from_host=on_gpu("GPU", None))
    assert isinstance(roi_pool(MAPS, ENOUGH, 7), np.ndarray)


def fails(*args, **kwargs):
    raise OutOfDeviceMemoryError("the GPU has no room for it.")


def test_numpy_takes_over_with_a_notice_when_the_gpu_is_full(monkeypatch):
    pretend(monkeypatch, THERE, forward_from_host=fails, backward_from_host=fails)
    with pytest.warns(RuntimeWarning, match=r"no room for it\. NumPy computed instead") as caught:
        output, argmax = roi_pool_with_argmax(MAPS, BOXES, 7, backend="cupy")
    assert caught[0].filename == __file__
    with pytest.warns(RuntimeWarning, match=r"no room for it\. NumPy computed instead") as caught:
        gradient = roi_pool_backward(output, argmax, BOXES, MAPS.shape, backend="cupy")
    assert caught[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        expected = roi_pool_with_argmax(MAPS, BOXES, 7, backend="numpy")
        slope = roi_pool_backward(*expected, BOXES, MAPS.shape, backend="numpy")
    np.testing.assert_array_equal(output, expected[0])
    np.testing.assert_array_equal(argmax, expected[1])
    np.testing.assert_array_equal(gradient, slope)


FAILURES = [
    RuntimeError("cudaErrorIllegalAddress: an illegal memory access"),
    AttributeError("module 'cupy' has no attribute 'from_dlpack'"),
    SystemError("initialization of _core failed"),
    MemoryError("out of memory"),
]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("backend", ["auto", "cupy"])
def test_numpy_takes_over_with_a_notice_when_a_gpu_that_was_there_fails(
    monkeypatch, error, backend
):
    def broken(*args, **kwargs):
        raise error

    pretend(monkeypatch, THERE, forward_from_host=broken, backward_from_host=broken)
    message = rf"the GPU .*{error.args[0]}.* NumPy computed instead"
    with pytest.warns(RuntimeWarning, match=message) as caught:
        output, argmax = roi_pool_with_argmax(MAPS, ENOUGH, 7, backend=backend)
    assert caught[0].filename == __file__
    with pytest.warns(RuntimeWarning, match=message):
        roi_pool_backward(output, argmax, ENOUGH, MAPS.shape, backend=backend)
    expected = roi_pool_with_argmax(MAPS, ENOUGH, 7, backend="numpy")
    np.testing.assert_array_equal(output, expected[0])
    np.testing.assert_array_equal(argmax, expected[1])
    halves = MAPS.astype(np.float16)
    with pytest.warns(RuntimeWarning, match=message):
        found = roi_pool(halves, BOXES, 7, backend="cupy")
    np.testing.assert_array_equal(found, roi_pool(halves, BOXES, 7, backend="numpy"))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (
            "raise ValueError('numpy.dtype size changed, may indicate binary incompatibility')",
            "CuPy is installed and cannot be imported: numpy.dtype size changed",
        ),
        ("raise SystemError('initialization of _core failed')", "imported: initialization of"),
        ("", "a first kernel failed on the GPU: module 'cupy' has no attribute 'cuda'"),
    ],
    ids=["made for another NumPy", "broken extension", "nothing in it"],
)
def test_a_cupy_that_is_broken_is_no_gpu_and_auto_computes(tmp_path, source, reason):
    (tmp_path / "cupy.py").write_text(source, "utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "import numpy, roipool\n"
        "maps, boxes = numpy.ones((1, 64, 8, 8)), [[0, 0, 0, 7, 7]] * 2000\n"
        "print(roipool.roi_pool(maps, boxes, 7).sum())\n"
        "print(roipool.backend_status().backend, roipool.backend_status().reason)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    outputs, status = run.stdout.splitlines()
    assert outputs == "6272000.0"
    assert status.startswith("numpy ")
    assert reason in status


def test_pooling_goes_on_while_another_thread_imports_cupy(monkeypatch):
    # So far the module has come, and nothing that it defines.
    monkeypatch.setitem(sys.modules, "cupy", ModuleType("cupy"))
    assert roi_pool(MAPS, BOXES.tolist(), 7).shape == (2, 64, 7, 7)


class Nowhere(Tensor):
    def __dlpack_device__(self):
        raise ValueError("Unknown device type meta")

    def __dlpack__(self, **options):
        raise ValueError("Unknown device type meta")


def test_an_array_without_memory_is_refused_in_words():
    with pytest.raises(RoIPoolError, match=r"boxes cannot be read .*Unknown device type meta"):
        roi_pool(MAPS, Nowhere(BOXES), 7)
    with pytest.raises(RoIPoolError, match=r"input .*cannot be shared: Unknown device type meta"):
        roi_pool(Nowhere(MAPS), BOXES, 7)


def test_small_work_imports_no_cupy():
    code = (
        "import sys, roipool\n"
        "roipool.roi_pool(roipool.article.FEATURE_MAP, roipool.article.BOXES, 2)\n"
        "print('cupy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_threads_at_once_give_what_each_gives_alone():
    jobs = [(BOXES + np.array([0, n, n, 0, 0]), 3 + n) for n in range(8)]
    jobs += [(np.tile(boxes, (40, 1)), size) for boxes, size in jobs]
    alone = [roi_pool_with_argmax(MAPS, *job) for job in jobs]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda job: roi_pool_with_argmax(MAPS, *job), jobs))
    for ours, theirs in zip(together, alone, strict=True):
        for found, expected in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(found, expected)


def test_an_array_of_another_library_is_taken_without_a_copy():
    assert np.shares_memory(as_array(Tensor(MAPS), "input", "(B, C, H, W)"), MAPS)


def test_a_tensor_on_the_gpu_without_cupy_is_refused_in_words(monkeypatch):
    monkeypatch.setitem(sys.modules, "cupy", None)
    with pytest.raises(RoIPoolError, match=r"\(OnGpu\) cannot be shared: .*CuPy is installed"):
        roi_pool(OnGpu(MAPS), BOXES, 7)


def test_a_tensor_on_the_gpu_with_a_cupy_that_is_broken_is_refused_in_words(monkeypatch):
    def broken():
        raise SystemError("initialization of _core failed")

    monkeypatch.setattr(device, "load_cupy", broken)
    with pytest.raises(RoIPoolError, match=r"cannot be shared: initialization of _core failed"):
        roi_pool(OnGpu(MAPS), BOXES, 7)
