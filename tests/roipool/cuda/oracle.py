"""RoI max pooling as plainly as it can be said: what the kernels are compared with."""

import numpy as np

from roipool import bin_edges
from roipool.conventions import DTYPE_LOWEST


def forward(maps, boxes, output_size, spatial_scale, convention):
    """(output, argmax); boxes with a bad batch index or a coordinate NaN have empty bins."""
    images, channels, _, width = maps.shape
    convention = convention.on(maps.dtype)
    table = np.array(boxes, dtype=np.float64)
    index = table[:, 0]
    known = (index >= 0) & (index < images) & (index == np.floor(index))
    number = ~np.isnan(table[:, 1:]).any(axis=1)
    usable = np.where(number[:, None], table, 0.0)
    usable[:, 0] = np.where(known, index, 0)
    # The library's own boxes are finite.
    usable = np.clip(usable, -1e300, 1e300)
    bins = bin_edges(usable, output_size, maps.shape[2:], spatial_scale, convention)
    shape = (len(table), channels, *output_size)
    output = np.full(shape, convention.empty_value, maps.dtype)
    argmax = np.full(shape, convention.empty_argmax, np.int32)
    if convention.degenerate_argmax is not None:
        argmax[bins.degenerate & number] = convention.degenerate_argmax
    for n, i, j in np.argwhere(~bins.empty & (known & number)[:, None, None]).tolist():
        rows = slice(bins.y0[n, i], bins.y1[n, i])
        cols = slice(bins.x0[n, j], bins.x1[n, j])
        for c in range(channels):
            cells = maps[int(index[n]), c, rows, cols]
            value, place = _maximum(cells, convention)
            output[n, c, i, j] = value + maps.dtype.type(0)
            if place >= 0:
                row, col = divmod(place, cells.shape[1])
                place = (rows.start + row) * width + cols.start + col
            argmax[n, c, i, j] = place
    return output, argmax


def _maximum(cells, convention):
    flat = cells.ravel()
    if convention.nan != "usual" and np.isnan(flat).any():
        return _scanned(flat, convention)
    if convention.lowest is None:
        return flat[flat.argmax()], int(flat.argmax())
    with np.errstate(over="ignore"):
        lowest = (
            np.finfo(cells.dtype).min
            if convention.lowest == DTYPE_LOWEST
            else cells.dtype.type(convention.lowest)
        )
    above = np.flatnonzero(flat > lowest)
    if not len(above):
        return lowest, -1
    place = above[flat[above].argmax()]
    return flat[place], int(place)


def _scanned(flat, convention):
    """As the frameworks write it, cell by cell."""
    if convention.nan == "first":
        best, place = flat[0], 0
        for k, cell in enumerate(flat):
            if best < cell:
                best, place = cell, k
        return best, place
    assert convention.lowest == DTYPE_LOWEST
    best, place = np.finfo(flat.dtype).min, -1
    for k, cell in enumerate(flat):
        # std::max(cell, best), but that of equal cells the first stays.
        if not (cell < best or cell == best):
            best, place = cell, k
    return best, place


def backward(grad_output, argmax, images, input_shape):
    """Gradients added box by box, bin by bin; float16 in float32 and rounded once."""
    batch, channels, height, width = input_shape
    dtype = np.float32 if grad_output.dtype == np.float16 else grad_output.dtype
    grad_input = np.zeros((batch, channels, height * width), dtype)
    images = np.asarray(images)
    valid = (argmax >= 0) & (argmax < height * width)
    valid &= ((images >= 0) & (images < batch))[:, None, None, None]
    n, c, _, _ = np.nonzero(valid)
    np.add.at(grad_input, (images[n], c, argmax[valid]), grad_output[valid].astype(dtype))
    return grad_input.reshape(input_shape).astype(grad_output.dtype)
