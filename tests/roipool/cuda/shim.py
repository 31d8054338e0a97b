"""Builds a .cu with g++ and runs its kernels on NumPy arrays, one thread after another.

``shim.h`` gives the file CUDA's words and ``shim.cpp`` runs and watches the threads of a block.
"""

import ctypes
import functools
import hashlib
import os
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent

PLAIN = ("-O2",)
# Every access calls shim.cpp, which knows the arrays of the launch and the barriers passed.
WATCHED = ("-O0", "-fsanitize=thread")
SANITIZED = (
    "-O0",
    "-fsanitize=address,undefined",
    "-fno-sanitize-recover=all",
    "-fno-omit-frame-pointer",
)
_COMMON = (
    "-std=c++17",
    "-fPIC",
    "-ffp-contract=off",
    "-U_FORTIFY_SOURCE",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-Wno-unknown-pragmas",
)


# A library runs one launch at a time.
_lock = threading.Lock()


class LaunchError(Exception):
    """A launch that CUDA would refuse, or that did what a kernel must not."""


def _compile(arguments):
    compiler = os.environ.get("CXX", "g++")
    done = subprocess.run(
        [compiler, *_COMMON, *map(str, arguments)], capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"the shim build failed:\n{done.stderr}")


def build(source, kernels, folder, flags=PLAIN):
    """Compile a .cu's text and load it.

    Parameters
    ----------
    source : str
        The text of the .cu.
    kernels : sequence of str
        Name expressions such as ``"reference<float>"``.
    folder : Path
        Where builds are kept: what has been built there before is not built again.
    flags : sequence of str
        PLAIN, WATCHED or SANITIZED.

    Returns
    -------
    Shim
    """
    return Shim(build_library(source, kernels, folder, flags))


def build_library(source, kernels, folder, flags=PLAIN):
    """The path of the shared library that `build` loads."""
    entries = [f'static Entry<{name}> entry{i}("{name}");' for i, name in enumerate(kernels)]
    text = '#include "shim.h"\n#line 1 "roipool.cu"\n' + source + "\n".join(entries)
    library = folder / f"kernels-{_digest(text, flags)}.so"
    with _alone(folder):
        if library.exists():
            os.utime(library)
            return library
        # The runtime itself is not watched.
        runtime_flags = [flag for flag in flags if flag != "-fsanitize=thread"]
        runtime = folder / f"runtime-{_digest('', flags)}.o"
        if not runtime.exists():
            _compile([*runtime_flags, "-c", HERE / "shim.cpp", "-o", runtime])
        with tempfile.TemporaryDirectory(dir=folder) as place:
            unit, objects, made = (Path(place, f"kernels.{kind}") for kind in ("cpp", "o", "so"))
            unit.write_text(text)
            # Without --no-undefined the calls that -fsanitize=thread makes are left to the runtime.
            _compile([*flags, "-I", HERE, "-c", unit, "-o", objects])
            links = [flag for flag in flags if "sanitize" in flag and "thread" not in flag]
            _compile([*links, "-shared", objects, runtime, "-o", made])
            made.replace(library)
    return library


def forget_old(folder, days=7):
    """Delete the builds that nobody has used for a while."""
    for build in folder.glob("*-*.*"):
        if build.stat().st_mtime < time.time() - days * 86400:
            build.unlink(missing_ok=True)


def _digest(text, flags):
    """Another one for whatever would make another library."""
    runtime = "".join((HERE / name).read_text() for name in ("shim.h", "shim.cpp"))
    told = "\0".join([text, runtime, *flags, os.environ.get("CXX", "g++"), _version()])
    return hashlib.sha256(told.encode()).hexdigest()[:20]


@functools.cache
def _version():
    command = [os.environ.get("CXX", "g++"), "--version"]
    return subprocess.run(command, capture_output=True, text=True).stdout


@contextmanager
def _alone(folder):
    """Of several processes that build here, one at a time: the next one finds what it wanted."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # on Windows two may build the same
        yield
        return
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Shim:
    """The kernels of one build.

    Parameters
    ----------
    library : Path
        What `build_library` made.
    """

    def __init__(self, library):
        self._library = ctypes.CDLL(str(library))
        self._library.shim_parameters.restype = ctypes.c_char_p
        self._library.shim_launch.restype = ctypes.c_char_p
        self.seed = 0

    def launch(self, name, grid, block, arguments, shared_bytes=0):
        """Run a kernel; a LaunchError says what it did wrong.

        Parameters
        ----------
        name : str
            One of the build's kernels.
        grid, block : tuple of int
            As CuPy takes them.
        arguments : sequence of arrays and NumPy scalars
            Checked, as CuPy does not do it, against the parameters' types.
        shared_bytes : int
            Dynamic shared memory.
        """
        parameters = self._library.shim_parameters(name.encode())
        if parameters is None:
            raise LaunchError(f"there is no kernel {name}")
        types = parameters.decode().split()
        if len(types) != len(arguments):
            raise LaunchError(f"{name} takes {len(types)} arguments, given {len(arguments)}")
        held, ranges = [], []
        for position, (expected, given) in enumerate(zip(types, arguments, strict=True)):
            held.append(_argument(f"{name}, argument {position}", expected, given, ranges))
        pointers = (ctypes.c_void_p * len(held))(*(value.ctypes.data for value in held))
        flat = (ctypes.c_size_t * max(1, len(ranges)))(*ranges)
        three = ctypes.c_uint * 3
        with _lock:
            self.seed += 1
            message = self._library.shim_launch(
                name.encode(),
                three(*grid, *(1,) * (3 - len(grid))),
                three(*block, *(1,) * (3 - len(block))),
                ctypes.c_size_t(shared_bytes),
                pointers,
                flat,
                ctypes.c_size_t(len(ranges) // 2),
                ctypes.c_ulonglong(self.seed),
                ctypes.c_int(has_barriers(name)),
            )
        if message is not None:
            raise LaunchError(f"{name}: {message.decode()}")


def has_barriers(name):
    """Kernels without them run as plain loops, and a barrier in one is an error."""
    return name.partition("<")[0] not in ("bin_edges", "reference", "widen", "scatter_atomic")


def _argument(where, expected, given, ranges):
    """One argument as an array of one element whose address the kernel's parameter is read from."""
    if expected.startswith("*"):
        if isinstance(given, np.uint64) and given == 0:
            return np.array([0], dtype=np.uint64)
        if not isinstance(given, np.ndarray):
            raise LaunchError(f"{where} is {type(given).__name__}; expected an array {expected}")
        if f"{given.dtype.kind}{given.dtype.itemsize}" != expected[1:]:
            raise LaunchError(f"{where} is an array of {given.dtype}; expected {expected}")
        if not given.flags.c_contiguous:
            raise LaunchError(f"{where} is not contiguous")
        ranges += [given.ctypes.data, given.ctypes.data + given.nbytes]
        return np.array([given.ctypes.data], dtype=np.uint64)
    if not isinstance(given, np.generic):
        raise LaunchError(f"{where} is {type(given).__name__}; expected a NumPy scalar")
    if f"{given.dtype.kind}{given.dtype.itemsize}" != expected:
        raise LaunchError(f"{where} is {given.dtype}; expected {expected}")
    return np.array([given])
