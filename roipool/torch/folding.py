"""What ``torch.vmap`` makes of an operator: many batches of images as one larger batch.

Image b of example v becomes image ``v * B + b``, and the boxes of all examples stand in one table.
"""

from typing import Any

import torch

Dim = int | None


def fold(tensor: torch.Tensor, dim: Dim, examples: int) -> torch.Tensor:
    """(examples * N, ...) of a tensor whose examples lie along `dim`, or of one for all of them."""
    if dim is None:
        tensor, dim = tensor.expand(examples, *tensor.shape), 0
    return tensor.movedim(dim, 0).flatten(0, 1)


def fold_boxes(boxes: torch.Tensor, dim: Dim, examples: int, batch_size: int) -> torch.Tensor:
    """Boxes (examples * N, 5) of the images of one batch of ``examples * batch_size``.

    An index that names no image of its own example names none of the others' either.
    """
    table = fold(boxes, dim, examples)
    index = table[:, 0]
    each = torch.arange(examples, device=table.device).repeat_interleave(len(table) // examples)
    moved = index + torch.where(index < batch_size, each, examples) * batch_size
    return torch.cat([torch.where(index < 0, index, moved)[:, None], table[:, 1:]], dim=1)


def fold_arguments(info: Any, dims: Any, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """Maps and boxes of many examples as one batch; maps that all share stay as they are."""
    maps, boxes, *others = arguments
    if dims[0] is None:
        return maps, fold(boxes, dims[1], info.batch_size), *others
    maps = fold(maps, dims[0], info.batch_size)
    images = maps.shape[0] // info.batch_size
    return maps, fold_boxes(boxes, dims[1], info.batch_size, images), *others


def unfold(folded: Any, examples: int) -> tuple[Any, Any]:
    """The result of an operator on what was folded, and where its examples lie."""
    if isinstance(folded, tuple):
        parts = [unfold(part, examples) for part in folded]
        return tuple(part for part, _ in parts), tuple(dim for _, dim in parts)
    return folded.unflatten(0, (examples, -1 if len(folded) else 0)), 0
