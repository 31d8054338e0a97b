"""Where pooling is computed, and why there."""

from typing import Any

from roipool.backends.status import BackendStatus, backend_status
from roipool.errors import RoIPoolError, shown

__all__ = ["NAMES", "BackendStatus", "backend_status", "check_name", "check_resident", "pick"]

NAMES = ("auto", "numpy", "cupy")

# From here on the GPU is thought to win although map and result cross the bus: NumPy takes a few
# nanoseconds for each output, and the bus about one. Not measured on a card yet.
_WORTH_THE_BUS = 1 << 22


def pick(backend: str, outputs: int) -> str:
    """Which backend computes `outputs` values of a map that lives in the CPU's memory.

    Raises
    ------
    RoIPoolError
        For a backend that is not known, or not there.

    Examples
    --------
    >>> pick("auto", outputs=4)
    'numpy'
    """
    check_name(backend)
    if backend == "numpy" or (backend == "auto" and outputs < _WORTH_THE_BUS):
        return "numpy"
    status = backend_status()
    if backend == "cupy" and status.backend != "cupy":
        raise RoIPoolError(f"backend is 'cupy', and no GPU can be used here: {status.reason}.")
    return status.backend


def check_name(backend: Any) -> None:
    """Refuse a backend that is not known.

    Raises
    ------
    RoIPoolError
        With the names of those that are.
    """
    if not isinstance(backend, str) or backend not in NAMES:
        raise RoIPoolError(f"backend is {shown(backend)}; expected one of {', '.join(NAMES)}.")


def check_resident(backend: str, array: Any) -> None:
    """Refuse a backend that could not take an array from where it lives, on the GPU.

    Raises
    ------
    RoIPoolError
        For a backend that is not known, or that computes on the CPU.
    """
    check_name(backend)
    if backend == "numpy":
        raise RoIPoolError(
            f"backend is 'numpy' and {type(array).__name__} lives on the GPU, from where nothing "
            "is copied unasked. Copy it with cupy.asnumpy(...), or leave the backend to 'auto'."
        )
