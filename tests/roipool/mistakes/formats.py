"""Outputs that lost digits on their way: printed, or stored as another float."""

import re

import numpy as np

from roipool import roi_align
from tests.roipool.mistakes.kind import Kind


def _printed(form):
    return lambda output: np.vectorize(lambda value: float(form % value))(output.astype(float))


def _numpy_print(output):
    text = np.array2string(output, threshold=10**9)
    numbers = re.findall(r"[-+.\w]*\d[-+.\w]*", text)
    return np.array([float(one) for one in numbers]).reshape(output.shape)


def _torch_print(output):
    return np.round(output.astype(float), 4)


def _half(output):
    return output.astype(np.float16).astype(np.float32)


def _brain(output):
    """To the nearest bfloat16, halves to even, as frameworks do."""
    bits = output.astype(np.float32).view(np.uint32)
    bits = bits + 0x7FFF + ((bits >> 16) & 1)
    return (bits & np.uint32(0xFFFF0000)).view(np.float32)


def _lost(name, lossy, slack):
    def make(scene):
        maps = scene.maps / np.float32(scene.maps.max()) * np.float32(3.7)
        return scene.instance(lossy(scene.pooled(maps=maps)), maps=maps)

    return Kind(name, make, slack=slack)


def _align(name, lossy, slack, dtype=np.float32):
    """Averages, of which none is a cell of the map."""

    def make(scene):
        maps = (scene.maps / np.float32(scene.maps.max())).astype(dtype)
        made = roi_align(maps.astype(np.float32), scene.boxes, scene.size, scene.scale, 2, True)
        return scene.instance(lossy(made), maps=maps)

    rules = ({"operation": "align", "aligned": True, "sampling_ratio": 2},)
    return Kind(f"RoIAlign, {name}", make, rules=rules, slack=slack)


FORMATS = (
    _align("float16", lambda output: output.astype(np.float16), 2e-3, np.float16),
    _align("float16 stored as float32", _half, 2e-3),
    _align("bfloat16 stored as float32", _brain, 2e-2),
    _align("printed to 4 decimals", _printed("%.4f"), 1e-4),
    *(_lost(f"printed to {n} digits", _printed(f"%.{n}g"), 10.0 ** (1 - n)) for n in (5, 6, 7, 8)),
    *(_lost(f"printed to {n} decimals", _printed(f"%.{n}f"), 10.0**-n) for n in (3, 4, 5)),
    _lost("%f", _printed("%f"), 1e-6),
    _lost("%g", _printed("%g"), 1e-5),
    _lost("NumPy's print", _numpy_print, 1e-7),
    _lost("PyTorch's print", _torch_print, 1e-4),
    _lost("float16", _half, 2e-3),
    _lost("bfloat16", _brain, 2e-2),
)
