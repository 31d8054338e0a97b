"""Pool thousands of images out of .npy files, of which only a few blocks are in memory at a time.

    python examples/pool_images_with_dask.py maps.npy boxes.npy pooled.npy

``maps.npy`` holds feature maps (B, C, H, W) and ``boxes.npy`` boxes (N, 5), one row
``[batch_index, x1, y1, x2, y2]`` each; ``pooled.npy`` is written, (N, C, P, P). Both maps and
results are mapped into memory: read and written block by block, where they lie on the disk. Without
files, ``--make 2000`` writes some to try it with.
"""

import argparse
from pathlib import Path

import dask.array as da
import numpy as np
from dask.diagnostics import ProgressBar
from numpy.lib.format import open_memmap

from roipool.dask import roi_pool


def pool_file(
    maps: Path, boxes: Path, pooled: Path, bins: int, scale: float, images: int, workers: int
) -> None:
    """Pool all boxes of a file, in blocks of so many images.

    Boxes are taken image by image and each result is written to the rows that its boxes have in
    the file. What one block needs is known before: its maps, and the results of its boxes, as many
    times as there are workers.
    """
    table = np.load(boxes)
    by_image = np.argsort(table[:, 0], kind="stable")
    output = roi_pool(maps_of(maps, images), table[by_image], bins, scale)
    # Written beside the old file, which stays until all is done.
    unfinished = pooled.with_suffix(".unfinished.npy")
    written = open_memmap(unfinished, mode="w+", dtype=output.dtype, shape=output.shape)
    with ProgressBar():
        rows = Rows(written, by_image)
        da.store(output, rows, scheduler="threads", num_workers=workers, lock=False)
    written.flush()
    unfinished.replace(pooled)


def maps_of(path: Path, images: int) -> da.Array:
    """The maps of a file, in blocks of so many images that are read when they are needed.

    Not `dask.array.from_array`: that copies what it is given, a mapped file too.
    """
    on_disk = np.load(path, mmap_mode="r")
    chunks = da.core.normalize_chunks((images, -1, -1, -1), on_disk.shape)
    meta = np.empty((0,) * 4, dtype=on_disk.dtype)
    return da.map_blocks(read_block, chunks=chunks, dtype=meta.dtype, meta=meta, path=path)


def read_block(path: Path, block_info: dict) -> np.ndarray:
    start, stop = block_info[None]["array-location"][0]
    return np.array(np.load(path, mmap_mode="r")[start:stop])


class Rows:
    """An array whose rows are written in another order: what `dask.array.store` writes into."""

    def __init__(self, target: np.memmap, order: np.ndarray):
        self.target, self.order, self.shape = target, order, target.shape

    def __dask_tokenize__(self) -> str:
        """What Dask calls it; otherwise it would copy all of the file to find a name."""
        return str(self.target.filename)

    def __setitem__(self, place: tuple[slice, ...], block: np.ndarray) -> None:
        rows, *others = place
        self.target[(self.order[rows], *others)] = block


def make_files(maps: Path, boxes: Path, images: int) -> None:
    """Images of noise, 16 channels of 38x50 cells, and eight shuffled boxes for each."""
    rng = np.random.default_rng(0)
    written = open_memmap(maps, mode="w+", dtype=np.float32, shape=(images, 16, 38, 50))
    for image in written:
        image[:] = rng.standard_normal(image.shape, dtype=np.float32)
    written.flush()
    corners = np.sort(rng.uniform(0, 600, (8 * images, 2, 2)), axis=1).reshape(-1, 4)
    index = rng.permutation(np.repeat(np.arange(images), 8))
    np.save(boxes, np.concatenate([index[:, None], corners], axis=1))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("maps", type=Path)
    parser.add_argument("boxes", type=Path)
    parser.add_argument("pooled", type=Path)
    parser.add_argument("--bins", type=int, default=7, help="along each axis (default 7)")
    parser.add_argument("--scale", type=float, default=1 / 16, help="cells per unit of the boxes")
    parser.add_argument("--images", type=int, default=32, help="of a block (default 32)")
    parser.add_argument("--workers", type=int, default=2, help="threads (default 2)")
    parser.add_argument("--make", type=int, metavar="IMAGES", help="write input of so many first")
    given = parser.parse_args(arguments)
    if given.make:
        make_files(given.maps, given.boxes, given.make)
    pool_file(
        given.maps, given.boxes, given.pooled, given.bins, given.scale, given.images, given.workers
    )


if __name__ == "__main__":
    main()
