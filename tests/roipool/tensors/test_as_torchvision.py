"""What torchvision asks of its RoIPool and RoIAlign, asked of ours through a user's adapter.

Left out, with why: quantised tensors (no kernel takes them; refused by their dtype),
``torch.jit.script`` (the functions are Python's, and torch has deprecated it; ``torch.jit.trace``
is in `test_graphs`), MPS (refused by its device), maps of more than 2**31 numbers (their memory)
and CUDA (RoIAlign has no kernel there; RoI pooling has tests of its kernels in
``tests/roipool/gpu``). Where torchvision raises an AssertionError for a shape, it is a RoIPoolError
here.
"""

import math
from functools import partial

import pytest

from roipool import RoIPoolError

BOXES = [[0, 0, 0, 9, 9], [0, 0, 5, 4, 9], [0, 5, 5, 9, 9], [1, 0, 0, 9, 9]]
SIZE = 5


@pytest.fixture
def adapter(torch):
    """Names, arguments and defaults of ``torchvision.ops``."""
    from roipool import torch as ours

    class Adapter:
        roi_pool = staticmethod(partial(ours.roi_pool, convention="torchvision"))
        RoIPool = staticmethod(partial(ours.RoIPool, convention="torchvision"))
        roi_align, RoIAlign = staticmethod(ours.roi_align), ours.RoIAlign

    return Adapter


def slow_pool(torch, maps, boxes, size, scale):
    """Bin by bin, as Fast R-CNN cuts them."""
    output = torch.zeros(len(boxes), maps.shape[1], size, size, dtype=maps.dtype)
    for n, (image, *corners) in enumerate(boxes.tolist()):
        x1, y1, x2, y2 = (math.floor(corner * scale + 0.5) for corner in corners)
        height, width = max(y2 - y1 + 1, 1) / size, max(x2 - x1 + 1, 1) / size
        for i in range(size):
            for j in range(size):
                rows = slice(y1 + math.floor(i * height), y1 + math.ceil((i + 1) * height))
                columns = slice(x1 + math.floor(j * width), x1 + math.ceil((j + 1) * width))
                cells = maps[int(image), :, rows, columns]
                output[n, :, i, j] = cells.amax((1, 2)) if cells.numel() else 0
    return output


def slow_align(torch, maps, boxes, size, scale, ratio, aligned):
    """Sample by sample."""
    height, width = maps.shape[2:]
    output = torch.zeros(len(boxes), maps.shape[1], size, size, dtype=maps.dtype)

    def sample(image, y, x):
        if not (-1 <= y <= height and -1 <= x <= width):
            return torch.zeros(maps.shape[1], dtype=maps.dtype)
        y, x = min(max(y, 0), height - 1), min(max(x, 0), width - 1)
        top, left = int(y), int(x)
        total = 0
        for row, dy in ((top, 1 - (y - top)), (min(top + 1, height - 1), y - top)):
            for column, dx in ((left, 1 - (x - left)), (min(left + 1, width - 1), x - left)):
                total = total + maps[image, :, row, column] * dy * dx
        return total

    for n, (image, *corners) in enumerate(boxes.tolist()):
        x1, y1, x2, y2 = (corner * scale - (0.5 if aligned else 0) for corner in corners)
        least = -math.inf if aligned else 1
        bin_height, bin_width = max(y2 - y1, least) / size, max(x2 - x1, least) / size
        down, across = (ratio if ratio > 0 else math.ceil(b) for b in (bin_height, bin_width))
        for i in range(size):
            for j in range(size):
                samples = [
                    sample(
                        int(image),
                        y1 + (i + (k + 0.5) / down) * bin_height,
                        x1 + (j + (m + 0.5) / across) * bin_width,
                    )
                    for k in range(down)
                    for m in range(across)
                ]
                output[n, :, i, j] = sum(samples) / max(len(samples), 1)
    return output


@pytest.fixture
def images(torch):
    return torch.rand(2, 3, 12, 11, generator=torch.Generator().manual_seed(0)).double()


@pytest.mark.parametrize("contiguous", [True, False])
@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_pooling_is_that_of_a_slow_loop(torch, adapter, images, dtype, contiguous):
    maps, boxes = images.to(getattr(torch, dtype)), torch.tensor(BOXES, dtype=torch.float64)
    maps = maps if contiguous else maps.permute(0, 1, 3, 2)
    for scale in (1.0, 0.75):
        output = adapter.roi_pool(maps, boxes.to(maps.dtype), SIZE, scale)
        assert output.dtype == maps.dtype
        assert torch.equal(output, slow_pool(torch, maps, boxes, SIZE, scale))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("aligned", [True, False])
@pytest.mark.parametrize("ratio", [-1, 1, 2])
@pytest.mark.parametrize("contiguous", [True, False])
def test_align_is_that_of_a_slow_loop(torch, adapter, images, ratio, aligned, contiguous):
    maps = images if contiguous else images.permute(0, 1, 3, 2)
    boxes = torch.tensor(BOXES, dtype=torch.float64)
    output = adapter.roi_align(maps, boxes, (2, 2), 0.8, ratio, aligned)
    expected = slow_align(torch, maps, boxes, 2, 0.8, ratio, aligned)
    torch.testing.assert_close(output, expected)


@pytest.mark.parametrize("name", ["RoIPool", "RoIAlign"])
def test_gradients_pass_gradcheck_by_function_and_by_layer(torch, adapter, name):
    generator = torch.Generator().manual_seed(0)
    maps = torch.randperm(50, generator=generator).double().reshape(1, 2, 5, 5).requires_grad_()
    boxes = torch.tensor([[0, 0, 0, 4, 4], [0, 0, 2, 3, 4], [0, 2, 2, 4, 4]]).double()
    layer = getattr(adapter, name)(2, 1.0)
    assert torch.autograd.gradcheck(lambda x: layer(x, boxes), maps, eps=1e-3)
    again = [torch.autograd.grad(layer(maps, boxes).square().sum(), maps)[0] for _ in range(2)]
    assert torch.equal(*again)  # deterministic


@pytest.mark.parametrize("name", ["roi_pool", "roi_align"])
def test_boxes_of_another_shape_are_refused(torch, adapter, images, name):
    function = getattr(adapter, name)
    for boxes in (torch.rand(4), torch.rand(5), torch.rand(8, 4), torch.rand(1, 4, 5)):
        with pytest.raises(RoIPoolError, match="boxes has shape"):
            function(images, boxes, 2)
    with pytest.raises(RoIPoolError, match=r"boxes\[1\] has shape"):
        function(images, [torch.rand(3, 4), torch.rand(2, 5)], 2)


@pytest.mark.parametrize("name", ["roi_pool", "roi_align"])
def test_boxes_listed_by_image_equal_the_table(torch, adapter, images, name):
    function, table = getattr(adapter, name), torch.tensor(BOXES, dtype=torch.float64)
    per_image = [table[:3, 1:], table[3:, 1:]]
    expected = function(images, table, SIZE)
    for boxes in (per_image, tuple(per_image)):
        assert torch.equal(function(images, boxes, SIZE), expected)
    assert function(images, [table[:0, 1:]] * 2, SIZE).shape == (0, 3, SIZE, SIZE)


@pytest.mark.parametrize("name", ["RoIPool", "RoIAlign"])
def test_a_layer_is_a_leaf_for_tracers_and_prints_its_arguments(torch, adapter, images, name):
    layer = getattr(adapter, name)(SIZE, 0.5)
    assert "output_size=5, spatial_scale=0.5" in repr(layer)
    graph = torch.fx.Tracer().trace(layer)
    assert sum(node.op == "call_function" for node in graph.nodes) == 1
    traced = torch.fx.GraphModule(layer, graph)
    boxes = torch.tensor(BOXES, dtype=torch.float64)
    assert torch.equal(traced(images, boxes), layer(images, boxes))


@pytest.mark.parametrize("dtype", ["float32", "float16", "bfloat16"])
def test_under_autocast_boxes_and_maps_may_differ_in_dtype(torch, adapter, images, dtype):
    maps = images.to(getattr(torch, dtype))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        for function in (adapter.roi_pool, adapter.roi_align):
            output = function(maps, torch.tensor(BOXES).float(), SIZE)
            assert output.dtype == maps.dtype
            torch.testing.assert_close(
                output, function(maps.float(), torch.tensor(BOXES), SIZE).to(maps.dtype)
            )


@pytest.mark.filterwarnings("ignore:.*quantized tensor creation:UserWarning")
def test_quantised_maps_are_refused_by_their_dtype(torch, adapter, images):
    maps = torch.quantize_per_tensor(images.float(), 0.1, 0, torch.quint8)
    for function in (adapter.roi_pool, adapter.roi_align):
        with pytest.raises(RoIPoolError, match="quint8"):
            function(maps, torch.tensor(BOXES), 2)


@pytest.fixture
def theirs(torch):
    try:
        from torchvision import ops
    except Exception as error:  # one that was built for another torch raises RuntimeError
        pytest.skip(f"torchvision is a peer to compare with, and cannot be imported: {error}")
    return ops


@pytest.mark.parametrize("name", ["roi_pool", "roi_align"])
def test_outputs_and_gradients_are_torchvisions_own(torch, adapter, theirs, name):
    generator = torch.Generator().manual_seed(0)
    for _ in range(40):
        maps = torch.rand(2, 3, 14, 17, generator=generator)
        corners = torch.rand(6, 4, generator=generator) * 260 - 20
        boxes = torch.cat([torch.randint(2, (6, 1), generator=generator).float(), corners], 1)
        results = []
        for functions in (adapter, theirs):
            leaf = maps.clone().requires_grad_()
            output = getattr(functions, name)(leaf, boxes, (3, 4), 1 / 16)
            output.square().sum().backward()
            results.append((output, leaf.grad))
        (ours, our_grad), (output, gradient) = results
        if name == "roi_pool":
            assert torch.equal(ours, output)
        torch.testing.assert_close(ours, output)
        torch.testing.assert_close(our_grad, gradient)
