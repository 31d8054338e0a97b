"""Where pooling is computed, and why there."""

from dataclasses import dataclass

from roipool.errors import RoIPoolError


@dataclass(frozen=True, slots=True)
class BackendStatus:
    """What ``backend="auto"`` means now.

    Attributes
    ----------
    backend : str
        The backend that computes.
    device : str
        What it computes on.
    reason : str or None
        Why this is not the GPU.
    """

    backend: str
    device: str
    reason: str | None


def backend_status() -> BackendStatus:
    """Which backend "auto" means now, on which device, and if not the GPU, why.

    Examples
    --------
    >>> backend_status().backend
    'numpy'
    """
    return BackendStatus("numpy", "CPU", "this version of roipool has no GPU kernels yet")


def pick(backend: str) -> str:
    """The name of the backend that a caller's choice stands for.

    Raises
    ------
    RoIPoolError
        For a backend that is not there.

    Examples
    --------
    >>> pick("auto")
    'numpy'
    """
    status = backend_status()
    if backend not in ("auto", status.backend):
        raise RoIPoolError(
            f"backend is {backend!r}; expected 'auto' or {status.backend!r}: {status.reason}."
        )
    return status.backend
