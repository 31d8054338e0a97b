"""Is there a GPU that the kernels run on, and if not, why?"""

import functools
from dataclasses import dataclass

import numpy as np

from roipool.backends import device
from roipool.backends.cupy import bin_edges
from roipool.conventions import Convention


@dataclass(frozen=True, slots=True)
class BackendStatus:
    """What computes where there is a choice.

    Attributes
    ----------
    backend : str
        "cupy" where there is a usable GPU, otherwise "numpy".
    device : str
        What it computes on: the GPU's name, or "CPU".
    reason : str or None
        Why this is not the GPU, as a sentence for its user.
    for_now : bool
        Whether asking again later may give another answer: memory that was full may be free then.
    """

    backend: str
    device: str
    reason: str | None
    for_now: bool = False


def backend_status() -> BackendStatus:
    """Whether there is a GPU that our kernels run on, its name, and if not, why.

    The first call imports CuPy, where it is installed, compiles a kernel, launches it and waits for
    it: CuPy counting devices is not enough, since it can see a card and lack the CUDA headers.

    Examples
    --------
    >>> status = backend_status()
    >>> (status.backend == "cupy") == (status.reason is None)
    True
    """
    with device.lock:
        try:
            return _ask_once()
        except MemoryError as error:  # not for good: it is asked again next time
            reason = f"the GPU's memory is full: {device.first_line(error)}"
            return BackendStatus("numpy", "CPU", reason, for_now=True)


@functools.cache
def _ask_once() -> BackendStatus:
    # Any exception is an answer. A package of compiled extensions that does not fit this NumPy, or
    # a driver that does not fit the package, raises whatever it raises.
    try:
        cp = device.load_cupy()
    except MemoryError:
        raise
    except Exception as error:
        return _numpy_because(_why_no_import(error))
    try:
        cp.cuda.runtime.getDeviceCount()
        card = cp.cuda.Device()
        edges = bin_edges(cp, np.zeros((1, 5)), (1, 1), (1, 1, 1), 1.0, _ONE_CELL)
        cp.cuda.get_current_stream().synchronize()
        if edges.tolist() != [[0, 1, 0, 1, 0, -1]]:
            return _numpy_because("a first kernel ran on the GPU and gave a wrong result")
        name = cp.cuda.runtime.getDeviceProperties(card.id)["name"]
        name = name.decode() if isinstance(name, bytes) else str(name)
        return BackendStatus("cupy", name, None)
    except Exception as error:
        if device.is_out_of_memory(error):
            raise MemoryError(device.first_line(error)) from error
        return _numpy_because(_why_no_kernel(error))


def _numpy_because(reason: str) -> BackendStatus:
    return BackendStatus("numpy", "CPU", reason)


_ONE_CELL = Convention(
    name="one_cell", inclusive_end=True, rounding="half_away", arithmetic="exact", stop="floor"
)


def _why_no_import(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError) and error.name == "cupy":
        return f"CuPy is not installed: {device.GET_CUPY}"
    return f"CuPy is installed and cannot be imported: {device.first_line(error)}"


def _why_no_kernel(error: Exception) -> str:
    said = device.first_line(error)
    if "InsufficientDriver" in said:
        return "there is no NVIDIA driver, or it is older than CuPy's CUDA version needs"
    if "NoDevice" in said:
        return "no NVIDIA GPU is visible"
    text = str(error).lower()
    if "header" in text or "nvrtc" in text or "cuda_path" in text or "toolkit" in text:
        return f"the CUDA headers or the compiler are missing: {device.GET_CUPY} ({said})"
    return f"a first kernel failed on the GPU: {said}"
