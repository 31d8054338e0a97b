"""The example that pools files block by block."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from roipool import roi_pool
from roipool.bench.machine import peak_memory

EXAMPLE = Path(__file__).parents[3] / "examples" / "pool_images_with_dask.py"


@pytest.fixture
def example(da):
    return runpy.run_path(str(EXAMPLE))


def test_it_writes_what_the_library_gives_in_the_order_of_the_boxes(example, tmp_path, capsys):
    maps, boxes, pooled = (tmp_path / f"{name}.npy" for name in ("maps", "boxes", "pooled"))
    example["main"]([*map(str, (maps, boxes, pooled)), "--make", "5", "--images", "2"])
    table = np.load(boxes)
    assert (np.diff(table[:, 0]) < 0).any()
    np.testing.assert_array_equal(np.load(pooled), roi_pool(np.load(maps), table, 7, 1 / 16))
    assert "100% Completed" in capsys.readouterr().out
    assert sorted(tmp_path.iterdir()) == [boxes, maps, pooled]


def test_it_never_holds_more_than_some_blocks(example, tmp_path):
    maps, boxes, pooled = (tmp_path / f"{name}.npy" for name in ("maps", "boxes", "pooled"))
    arguments = [*map(str, (maps, boxes, pooled)), "--images", "2"]
    example["main"]([*arguments, "--make", "4"])  # imports what is imported late
    example["make_files"](maps, boxes, 100)
    # Mapped pages are not counted: the system takes them back whenever it likes.
    assert peak_memory(lambda: example["main"](arguments)) < maps.stat().st_size / 2
