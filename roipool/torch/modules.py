"""The functions as layers of a model, with the arguments of torchvision's."""

from typing import Any

import torch

from roipool.backends import check_name
from roipool.bins import as_output_size, as_scale
from roipool.conventions import Convention
from roipool.torch.checks import as_ratios, check_aligned
from roipool.torch.functions import roi_align, roi_pool
from roipool.torch.records import encoded


class RoIPool(torch.nn.Module):
    """`roi_pool` as a layer; ``convention="torchvision"`` for what torchvision's computes.

    Parameters
    ----------
    output_size, spatial_scale, convention, backend
        As for `roi_pool`, and checked at once.

    Examples
    --------
    >>> from roipool.torch import RoIPool
    >>> RoIPool((7, 7), 1 / 16, convention="torchvision")
    RoIPool(output_size=(7, 7), spatial_scale=0.0625, convention='torchvision')
    """

    def __init__(
        self,
        output_size: int | tuple[int, int],
        spatial_scale: float = 1.0,
        *,
        convention: str | Convention = "article",
        backend: str = "auto",
    ) -> None:
        super().__init__()
        as_output_size(output_size)
        as_scale(spatial_scale)
        encoded(convention)
        check_name(backend)
        self.output_size, self.spatial_scale = output_size, spatial_scale
        self.convention, self.backend = convention, backend

    def forward(self, input: torch.Tensor, boxes: Any) -> torch.Tensor:
        """(N, C, PH, PW) of maps (B, C, H, W) and boxes (N, 5), or a list of B tensors (L, 4)."""
        return roi_pool(
            input,
            boxes,
            self.output_size,
            self.spatial_scale,
            convention=self.convention,
            backend=self.backend,
        )

    def extra_repr(self) -> str:
        """The arguments, a backend only where one was chosen."""
        chosen = "" if self.backend == "auto" else f", backend={self.backend!r}"
        record = self.convention
        name = record.name if isinstance(record, Convention) else record
        return (
            f"output_size={self.output_size}, spatial_scale={self.spatial_scale}, "
            f"convention={name!r}{chosen}"
        )


class RoIAlign(torch.nn.Module):
    """`roi_align` as a layer.

    Parameters
    ----------
    output_size, spatial_scale, sampling_ratio, aligned
        As for `roi_align`, and checked at once.

    Examples
    --------
    >>> from roipool.torch import RoIAlign
    >>> RoIAlign(7, 0.25, sampling_ratio=2)
    RoIAlign(output_size=7, spatial_scale=0.25, sampling_ratio=2, aligned=False)
    """

    def __init__(
        self,
        output_size: int | tuple[int, int],
        spatial_scale: float = 1.0,
        sampling_ratio: int | tuple[int, int] = -1,
        aligned: bool = False,
    ) -> None:
        super().__init__()
        as_output_size(output_size)
        as_scale(spatial_scale)
        as_ratios(sampling_ratio)
        check_aligned(aligned)
        self.output_size, self.spatial_scale = output_size, spatial_scale
        self.sampling_ratio, self.aligned = sampling_ratio, aligned

    def forward(self, input: torch.Tensor, boxes: Any) -> torch.Tensor:
        """(N, C, PH, PW) of maps (B, C, H, W) and boxes (N, 5), or a list of B tensors (L, 4)."""
        return roi_align(
            input, boxes, self.output_size, self.spatial_scale, self.sampling_ratio, self.aligned
        )

    def extra_repr(self) -> str:
        """The arguments."""
        return (
            f"output_size={self.output_size}, spatial_scale={self.spatial_scale}, "
            f"sampling_ratio={self.sampling_ratio}, aligned={self.aligned}"
        )
