"""What the tests of the kernels share besides cases: names, a pretended GPU."""

from roipool.backends import device
from tests.roipool.cuda import fake_cupy

ALL_KERNELS = tuple(
    dict.fromkeys(
        name for dtype in ("float16", "float32", "float64") for name in device.kernel_names(dtype)
    )
)


def pretend(monkeypatch, load):
    """The backend with a CuPy whose kernels `load` builds."""
    cp = fake_cupy.FakeCupy(load)
    monkeypatch.setattr(device, "load_cupy", lambda: cp)
    monkeypatch.setattr(device, "_kernels", {})
    monkeypatch.setattr(device, "_modules", {})
    return cp
