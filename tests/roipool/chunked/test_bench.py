"""``python -m roipool.bench.dask``: those who take turns compute the same."""

import subprocess
import sys

import pytest

from roipool.bench.dask import lazy_sum, loop_sum, make_boxes


def test_the_loop_and_the_blocks_pool_the_same(da):
    boxes = make_boxes(3)[:-70:3]  # an image and a block less
    assert float(lazy_sum(3, 1, boxes).compute()) == pytest.approx(loop_sum(3, 1, boxes), rel=1e-6)


def test_without_dask_it_says_how_to_get_it():
    code = (
        "import sys; sys.modules['distributed'] = None; "
        "from roipool.bench.dask import main; sys.exit(main([]))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 2
    assert "pip install roipool[dask]" in run.stderr
