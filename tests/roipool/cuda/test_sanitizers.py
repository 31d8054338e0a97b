"""The kernels under AddressSanitizer and UndefinedBehaviorSanitizer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from roipool.backends import device
from tests.common import need
from tests.roipool.cuda import shim
from tests.roipool.cuda.workbench import ALL_KERNELS

ROOT = Path(__file__).parents[3]
SOURCE = device.source()


@pytest.fixture(scope="module")
def sanitized(builds):
    """``sanitized(source)``, the finished run of every kernel of a sanitized build."""
    compiler = os.environ.get("CXX", "g++")
    found = subprocess.run(
        [compiler, "-print-file-name=libasan.so"], capture_output=True, text=True
    ).stdout.strip()
    need(os.path.isabs(found), "this compiler brings no AddressSanitizer")

    def run(source, flags=()):
        library = shim.build_library(source, ALL_KERNELS, builds, (*shim.SANITIZED, *flags))
        environment = {
            **os.environ,
            # Python itself is not built with ASan, whose part must then come first.
            "LD_PRELOAD": found,
            "ASAN_OPTIONS": "detect_leaks=0,detect_stack_use_after_return=0",
        }
        return subprocess.run(
            [sys.executable, "-m", "tests.roipool.cuda.run_sanitized", library],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )

    return run


def test_every_kernel_is_clean(sanitized):
    done = sanitized(SOURCE)
    assert done.returncode == 0, done.stderr[-4000:]
    assert done.stdout == "clean\n"


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("before", "after", "report"),
    [
        ("if (element >= elements)", "if (element > elements)", "heap-buffer-overflow"),
        ("row_length(chunk | 1)", "row_length((chunk | 1) + 2)", "use-after-poison"),
        ("const unsigned target = (unsigned)", "const int target = ", "signed integer overflow"),
    ],
)
def test_a_kernel_that_leaves_its_arrays_or_overflows_is_caught(sanitized, before, after, report):
    changed = SOURCE.replace(before, after, 1).replace("- (unsigned)first_cell", "- first_cell")
    assert before in SOURCE
    done = sanitized(changed, ("-w",))
    assert done.returncode != 0
    assert report in done.stderr, done.stderr[-4000:]
