"""As much of CuPy as the backend and the detector use, on NumPy arrays and the shim's kernels.

It is as strict as a device: kernels take only its own arrays, fresh memory holds rubbish, and no
more of it is given out than there is.
"""

import contextlib
import weakref
from types import SimpleNamespace

import numpy as np

from tests.roipool.cuda import shim

DEVICE = contextlib.nullcontext()

# What the detector's layers compute with.
ALIKE = ("abs", "arange", "clip", "concatenate", "exp", "flatnonzero", "log", "maximum", "pad")
ALIKE += ("stack",)


class Array(np.ndarray):
    """An array "on the device", which computes with none of the host's."""

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        if not all(map(_on_device, inputs)):
            raise TypeError(f"{ufunc.__name__} is given an array of the host")
        plain = [np.asarray(each) if isinstance(each, Array) else each for each in inputs]
        out = options.pop("out", ())
        if out:
            options["out"] = tuple(np.asarray(each) for each in out)
        result = getattr(ufunc, method)(*plain, **options)
        return out[0] if out else np.asarray(result).view(Array)

    def get(self):
        """Back to the host."""
        return np.array(self).view(np.ndarray)

    @property
    def device(self):
        """The one device there is, to be entered with ``with``."""
        return DEVICE


def _on_device(given):
    """Whether it is no array of the host, neither by itself nor in a list."""
    if isinstance(given, (list, tuple)):
        return all(map(_on_device, given))
    return not isinstance(given, np.ndarray) or isinstance(given, Array) or given.ndim == 0


class Stream(contextlib.nullcontext):
    """A stream to work on: here everything is done at once."""

    def __init__(self, non_blocking=False):
        super().__init__()


class OutOfMemoryError(MemoryError):
    """As cupy.cuda.memory.OutOfMemoryError."""


class CompileException(Exception):  # noqa: N818 - CuPy's name
    """As cupy.cuda.compiler.CompileException."""


class FakeCupy:
    """Stands in for the module.

    Parameters
    ----------
    load : callable
        ``load(source, names)`` gives a `shim.Shim`.
    """

    ndarray = Array

    def __init__(self, load):
        self.load = load
        self.launched = []
        self.limit = None
        self.used = 0
        self.freed = 0
        pool = SimpleNamespace(
            free_all_blocks=self._free,
            used_bytes=lambda: self.used,
            get_limit=lambda: self.limit,
            set_limit=lambda size: setattr(self, "limit", size),
        )
        self.get_default_memory_pool = lambda: pool
        self.cuda = SimpleNamespace(
            Device=lambda: SimpleNamespace(id=0, synchronize=lambda: None),
            Stream=Stream,
            compiler=SimpleNamespace(CompileException=CompileException),
            memory=SimpleNamespace(OutOfMemoryError=OutOfMemoryError),
            runtime=SimpleNamespace(
                getDeviceCount=lambda: 1,
                getDeviceProperties=lambda index: {"name": b"A pretended GPU"},
                memGetInfo=lambda: (0, self.limit or 0),
            ),
            get_current_stream=lambda: SimpleNamespace(synchronize=lambda: None),
        )

        for name in ALIKE:
            setattr(self, name, self._alike(getattr(np, name)))
        self.finfo = np.finfo

    def _alike(self, function):
        """As NumPy's function, of arrays that are on the device."""

        def computed(*arguments, **options):
            assert all(map(_on_device, arguments)), function.__name__
            return self._own(function(*arguments, **options))

        return computed

    def _free(self):
        self.freed += 1

    def _held(self, array):
        """Counts an array's bytes for as long as it lives."""
        if self.limit is not None and self.used + array.nbytes > self.limit:
            raise OutOfMemoryError(f"Out of memory allocating {array.nbytes} bytes")
        self.used += array.nbytes
        weakref.finalize(array, self._give_back, array.nbytes)
        return array

    def _give_back(self, size):
        self.used -= size

    def _own(self, array):
        return self._held(np.array(array, order="C", copy=True).view(Array))

    def empty(self, shape, dtype):
        """Rubbish."""
        array = np.empty(shape, dtype)
        array.view(np.uint8).reshape(-1)[...] = 0x7B if array.size else 0
        return self._held(array.view(Array))

    def zeros(self, shape, dtype):
        """Zeros."""
        return self._own(np.zeros(shape, dtype))

    def zeros_like(self, array):
        """Zeros."""
        return self.zeros(array.shape, array.dtype)

    def ones(self, shape, dtype):
        """Ones."""
        return self._own(np.ones(shape, dtype))

    def from_dlpack(self, wrapped):
        """Of a wrapper of one of our arrays."""
        return wrapped.array

    def asarray(self, array, dtype=None):
        """A copy of what is not on the device or of another dtype."""
        dtype = dtype or np.asarray(array).dtype
        if isinstance(array, Array) and array.dtype == dtype:
            return array
        return self._own(np.asarray(array).astype(dtype))

    def ascontiguousarray(self, array):
        """Only for arrays that are on the device."""
        assert isinstance(array, Array)
        return array if array.flags.c_contiguous else self._own(array)

    def asnumpy(self, array):
        """Back to the host."""
        assert isinstance(array, Array)
        return array.get()

    def where(self, condition, here, there):
        """As NumPy's."""
        return self._own(np.where(condition, here, there))

    def full(self, shape, value):
        """As NumPy's."""
        return self._own(np.full(shape, value))

    def argsort(self, array, kind):
        """As NumPy's."""
        assert isinstance(array, Array)
        return self._own(np.argsort(array, kind=kind))

    def searchsorted(self, array, values):
        """As NumPy's."""
        assert isinstance(array, Array)
        assert isinstance(values, Array)
        return self._own(np.searchsorted(array, values))

    def RawModule(self, *, code, options, name_expressions):  # noqa: N802 - CuPy's name
        """The kernels of the shim, called as CuPy calls them."""
        assert isinstance(options, tuple)
        kernels = self.load(code, name_expressions)

        def get_function(name):
            assert name in name_expressions

            def launch(grid, block, args, *, shared_mem=0):
                for argument in args:
                    if isinstance(argument, np.ndarray) and not isinstance(argument, Array):
                        raise shim.LaunchError(f"{name} is given an array of the host")
                self.launched.append(name)
                kernels.launch(name, grid, block, args, shared_mem)

            return launch

        return SimpleNamespace(get_function=get_function)
