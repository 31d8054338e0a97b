"""RoI pooling of torch tensors: the functions and modules that torchvision's users know.

The rest of the library neither needs nor imports torch: this package is for whoever has it.

They are made of registered operators, ``torch.ops.roipool.*``, each with a fake kernel and the
formula of its derivative (`pool_operator.py`, `align_operator.py`), so that ``torch.compile`` and
``torch.export`` take a model with them as one graph.
"""

try:
    import torch as _torch  # noqa: F401  # the first place that misses it says how to get it
except ImportError as error:
    raise ImportError(
        f"roipool.torch needs PyTorch ({error}). Get it with pip install torch, or for a GPU as "
        "https://pytorch.org/get-started says. roipool.roi_pool does without, on NumPy arrays."
    ) from error

from roipool.torch.functions import roi_align, roi_pool
from roipool.torch.modules import RoIAlign, RoIPool

__all__ = ["RoIAlign", "RoIPool", "roi_align", "roi_pool"]
