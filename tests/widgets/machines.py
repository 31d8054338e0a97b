"""Machines with a GPU and without."""

from app.widgets import backend
from roipool import BackendStatus

ON_GPU = BackendStatus("cupy", "NVIDIA H200", None)
NO_CUPY = BackendStatus("numpy", "CPU", "CuPy is not installed: pip install it")


def known(machine, status):
    asked = machine(status)
    backend.asked().result()
    asked.clear()
    return asked
