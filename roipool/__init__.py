"""RoI pooling: boxes on a feature map, cut into bins, the maximum of each bin.

Many implementations share the name and few cut the same bins. Here the cut is a `Convention`,
and every function takes one: ``"article"`` by default, ``"torchvision"``, ``"mmcv"``, ...
"""

from roipool import article
from roipool.align import roi_align
from roipool.align_backward import roi_align_backward
from roipool.backends import BackendStatus, backend_status
from roipool.bins import Bins, bin_edges
from roipool.conventions import ALIASES, PRESETS, Convention, get_convention
from roipool.errors import RoIPoolError
from roipool.formats import Format
from roipool.identify import identify
from roipool.matches import Match, Matches
from roipool.notebook import show
from roipool.pooling import roi_pool, roi_pool_backward, roi_pool_with_argmax
from roipool.readings import Change, Reading
from roipool.rules import Rule
from roipool.samples import AxisSamples, Samples, align_samples
from roipool.settling import Settling

__all__ = [
    "ALIASES",
    "PRESETS",
    "AxisSamples",
    "BackendStatus",
    "Bins",
    "Change",
    "Convention",
    "Format",
    "Match",
    "Matches",
    "Reading",
    "RoIPoolError",
    "Rule",
    "Samples",
    "Settling",
    "align_samples",
    "article",
    "backend_status",
    "bin_edges",
    "get_convention",
    "identify",
    "roi_align",
    "roi_align_backward",
    "roi_pool",
    "roi_pool_backward",
    "roi_pool_with_argmax",
    "show",
]
