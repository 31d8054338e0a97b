"""Two worker processes: the same results, also where one of them is killed on the way."""

import os
import signal
from pathlib import Path

import numpy as np
import pytest

import roipool
from tests.roipool.chunked.cases import make_batch
from tests.roipool.chunked.same import assert_same_bits

SHAPE = (24, 3, 12, 14)
BLOCKS = 12


def cells(images):
    """Images of which each can be made anywhere, by its number."""
    return np.stack([np.random.default_rng(n).standard_normal(SHAPE[1:]) for n in images])


def block_of_images(block_info, *, dies, told):
    """Two images; the block of that number ends its worker the first time it is asked for."""
    number = block_info[None]["chunk-location"][0]
    if number == dies and not Path(told).exists():
        Path(told).write_text(str(os.getpid()), "utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
    start, stop = block_info[None]["array-location"][0]
    return cells(range(start, stop))


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    distributed = pytest.importorskip("distributed", reason="there is no other cluster here")
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            local_directory=tmp_path_factory.mktemp("workers"),
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.mark.parametrize("seed", [18, 31])
def test_workers_give_what_the_library_gives(da, chunked, client, seed):
    batch = make_batch(seed)
    maps = da.from_array(batch.maps, chunks=batch.chunks)
    arguments = (batch.boxes, batch.output_size, batch.spatial_scale)
    options = {"convention": batch.convention}
    lazy = chunked.roi_pool_with_argmax(maps, *arguments, **options)
    ones = da.ones_like(lazy[0])
    shape = batch.maps.shape
    back = chunked.roi_pool_backward(ones, lazy[1], batch.boxes, shape, chunks=maps.chunks)
    found = client.gather(client.compute([*lazy, back]))
    expected = roipool.roi_pool_with_argmax(batch.maps, *arguments, **options)
    gradient = roipool.roi_pool_backward(np.ones_like(expected[0]), expected[1], batch.boxes, shape)
    for one, other, computed in zip((*lazy, back), (*expected, gradient), found, strict=True):
        assert_same_bits(one, other, computed)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing ends so abruptly here")
def test_a_worker_killed_on_the_way_changes_no_result(da, chunked, client, tmp_path):
    told = tmp_path / "killed"
    chunks = ((2,) * BLOCKS, *((size,) for size in SHAPE[1:]))
    maps = da.map_blocks(
        block_of_images,
        chunks=chunks,
        dtype=float,
        meta=np.empty((0,) * 4),
        dies=BLOCKS - 4,
        told=str(told),
    )
    rng = np.random.default_rng(0)
    corners = np.sort(rng.uniform(0, 14, (90, 2, 2)), axis=1).reshape(-1, 4)
    boxes = np.concatenate([rng.integers(0, SHAPE[0], (90, 1)), corners], axis=1)
    before = set(client.run(os.getpid).values())
    lazy = chunked.roi_pool(maps, boxes, 3)
    found = client.compute(lazy).result()
    assert int(told.read_text("utf-8")) in before
    assert_same_bits(lazy, roipool.roi_pool(cells(range(SHAPE[0])), boxes, 3), found)
