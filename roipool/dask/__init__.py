"""RoI pooling of Dask arrays: batches that no machine holds, pooled block by block where they lie.

Boxes name their image, so that a block of images needs only its own boxes and no neighbour's cells.
This is only the seam: each block is handed to the library with its boxes, and the results come back
in the order in which the boxes were given. The rest of the library neither needs nor imports Dask.
"""

try:
    import dask.array as _dask  # noqa: F401  # the first place that misses it says how to get it
except ImportError as error:
    raise ImportError(
        f"roipool.dask needs Dask ({error}). Get it with pip install 'dask[array]', and for "
        "several machines distributed beside it. roipool.roi_pool takes NumPy arrays without it."
    ) from error

from roipool.dask.functions import roi_align, roi_pool, roi_pool_with_argmax
from roipool.dask.gradient import roi_pool_backward

__all__ = ["roi_align", "roi_pool", "roi_pool_backward", "roi_pool_with_argmax"]
