"""The tests for a card are themselves tested: they pass on a pretended one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.common import need

HERE = Path(__file__).parent
TESTS = HERE.parent / "gpu"
# Those that take the shim long do what others do, at more sizes.
LONG = "every_kernel_equals or maps_beyond or edges_equal or two_threads or callers_stream"


@pytest.fixture
def run_on_pretended_card():
    need(shutil.which(os.environ.get("CXX", "g++")), "there is no g++ to build the kernels with")

    def run(chosen):
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-p",
                "pretended_gpu",
                "-m",
                "gpu",
                "-k",
                chosen,
                TESTS,
            ],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, [HERE, *HERE.parents[:2]]))},
            capture_output=True,
            text=True,
        )

    return run


def test_they_pass_on_a_pretended_card(run_on_pretended_card):
    done = run_on_pretended_card(f"not ({LONG})")
    assert done.returncode == 0, done.stdout[-4000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert int(passed[1]) > 20, done.stdout
    assert "skipped" not in done.stdout
