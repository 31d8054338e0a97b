"""Is there a GPU, does it compute, and if not, why: on a pretended one."""

from types import SimpleNamespace

import pytest

from roipool import BackendStatus, backend_status
from roipool.backends import device, status
from tests.roipool.cuda.fake_cupy import CompileException, OutOfMemoryError


@pytest.fixture
def unasked():
    """No answer is remembered, before or after."""
    status._ask_once.cache_clear()
    yield
    status._ask_once.cache_clear()


def test_a_gpu_on_which_a_kernel_ran_is_named(cp, unasked):
    assert backend_status() == BackendStatus("cupy", "A pretended GPU", None)
    assert cp.launched == ["bin_edges"]
    backend_status()
    assert cp.launched == ["bin_edges"]


def failing(error):
    def fail(*_, **__):
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ModuleNotFoundError("No module named 'cupy'", name="cupy"), "CuPy is not installed: pip"),
        (ImportError("\n====\nlibcuda.so.1: not found\n===="), "imported: libcuda.so.1: not found"),
        (RuntimeError("broken"), "cannot be imported: broken"),
        (ValueError("numpy.dtype size changed"), "cannot be imported: numpy.dtype size changed"),
        (AttributeError("no attribute"), "cannot be imported: no attribute"),
        (SystemError("_core"), "cannot be imported: _core"),
    ],
)
def test_a_cupy_that_does_not_import_is_explained(monkeypatch, unasked, error, reason):
    monkeypatch.setattr(device, "load_cupy", failing(error))
    found = backend_status()
    assert (found.backend, found.device) == ("numpy", "CPU")
    assert reason in found.reason


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RuntimeError("cudaErrorInsufficientDriver: too old"), "there is no NVIDIA driver, or it"),
        (RuntimeError("cudaErrorNoDevice: none"), "no NVIDIA GPU is visible"),
        (OutOfMemoryError("allocating 8 bytes"), "memory is full: allocating 8 bytes"),
        (RuntimeError("Failed to find the CUDA headers"), "headers or the compiler are missing"),
        (OSError("libnvrtc.so.13: cannot open"), "headers or the compiler are missing"),
        (CompileException("error: no"), "a first kernel failed on the GPU: error: no"),
        (RuntimeError(""), "a first kernel failed on the GPU: RuntimeError"),
        (AttributeError("no RawModule"), "a first kernel failed on the GPU: no RawModule"),
        (SystemError("_core"), "a first kernel failed on the GPU: _core"),
    ],
)
@pytest.mark.parametrize("where", ["counting", "compiling"])
def test_a_gpu_that_cannot_be_used_is_explained(cp, unasked, error, reason, where):
    if where == "counting":
        cp.cuda.runtime.getDeviceCount = failing(error)
    else:
        cp.RawModule = failing(error)
    found = backend_status()
    assert (found.backend, found.device) == ("numpy", "CPU")
    assert reason in found.reason


@pytest.mark.parametrize(
    "error",
    [
        OutOfMemoryError("allocating 8 bytes"),
        # CUDA's own, where there is no room for a context or a module.
        RuntimeError("CUDA_ERROR_OUT_OF_MEMORY: out of memory"),
        RuntimeError("cudaErrorMemoryAllocation: out of memory"),
    ],
)
def test_a_full_gpu_is_asked_again(cp, unasked, error):
    load = cp.RawModule
    cp.RawModule = failing(error)
    found = backend_status()
    assert (found.backend, found.for_now) == ("numpy", True)
    assert found.reason.startswith("the GPU's memory is full: ")
    cp.RawModule = load
    assert backend_status().backend == "cupy"


def test_a_gpu_that_computes_wrongly_is_not_used(cp, unasked):
    cp.RawModule = lambda **_: SimpleNamespace(get_function=lambda _: lambda *_, **__: None)
    assert backend_status().reason == "a first kernel ran on the GPU and gave a wrong result"
