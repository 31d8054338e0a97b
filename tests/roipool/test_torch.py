"""Tensors in, tensors out, and the gradient that torch itself would compute."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import roipool
from roipool import RoIPoolError, bin_edges

GOLDEN = Path(__file__).parents[1] / "golden"
CONVENTIONS = ["article", "torchvision", "paddle_gpu", "mmcv", "chainer_roi_max_pooling_2d"]


@pytest.fixture
def torch():
    return pytest.importorskip("torch", reason="roipool.torch is for whoever has torch")


@pytest.fixture
def pool(torch):
    from roipool.torch import roi_pool

    return roi_pool


@pytest.fixture
def maps(torch):
    """Two images of three channels; all cells differ, so that a small step moves no maximum."""
    cells = torch.randperm(2 * 3 * 9 * 11, generator=torch.Generator().manual_seed(0))
    return cells.double().reshape(2, 3, 9, 11) / 16


BOXES = [[0, 1, 2, 9, 7], [1, 0, 0, 10, 8], [0, 4, 3, 6, 4], [1, 2.4, 1.6, 7.5, 6.2]]


def test_without_torch_the_error_says_how_to_get_it():
    code = "import sys; sys.modules['torch'] = None; import roipool.torch"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 1
    assert "ImportError: roipool.torch needs PyTorch" in run.stderr
    assert "pip install torch" in run.stderr


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_output_is_that_of_the_library(torch, pool, maps, convention):
    output = pool(maps, torch.tensor(BOXES), (3, 2), 0.9, convention=convention)
    expected = roipool.roi_pool(maps.numpy(), BOXES, (3, 2), 0.9, convention=convention)
    assert isinstance(output, torch.Tensor)
    assert output.dtype == maps.dtype
    np.testing.assert_array_equal(output.numpy(), expected)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("convention", CONVENTIONS)
def test_gradient_passes_torchs_gradcheck(torch, pool, maps, convention):
    maps.requires_grad_()
    boxes = torch.tensor(BOXES)
    assert torch.autograd.gradcheck(
        lambda x: pool(x, boxes, (3, 2), convention=convention), maps, eps=1e-3
    )


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_gradient_is_that_of_torchs_own_maximum_over_each_bin(torch, pool, maps, convention):
    boxes, weights = torch.tensor(BOXES), torch.rand(4, 3, 3, 2, dtype=maps.dtype)
    ours, theirs = maps.clone().requires_grad_(), maps.clone().requires_grad_()
    (pool(ours, boxes, (3, 2), convention=convention) * weights).sum().backward()

    bins = bin_edges(BOXES, (3, 2), (9, 11), convention=convention)
    total = torch.zeros((), dtype=maps.dtype)
    for n, i, j in np.argwhere(~bins.empty).tolist():
        rows = slice(bins.y0[n, i], bins.y1[n, i])
        cols = slice(bins.x0[n, j], bins.x1[n, j])
        cells = theirs[BOXES[n][0], :, rows, cols]
        total = total + (cells.amax((1, 2)) * weights[n, :, i, j]).sum()
    total.backward()
    torch.testing.assert_close(ours.grad, theirs.grad)


CASES = [
    entry
    for entry in json.loads((GOLDEN / "manifest.json").read_text("utf-8"))["entries"]
    if entry["key"] == "torchvision" and "dx" in entry["arrays"]
]


@pytest.mark.parametrize("entry", CASES, ids=lambda entry: entry["case"])
def test_gradient_equals_torchvisions(torch, pool, entry):
    with np.load(GOLDEN / entry["file"]) as case:
        if (case["rois"][:, 0] % 1).any():
            pytest.skip("torchvision cuts off a fraction of a batch index; here it is an error")
        maps = torch.tensor(case["x"], requires_grad=True)
        output = pool(
            maps,
            torch.tensor(case["rois"]),
            tuple(case["output_size"].tolist()),
            float(case["spatial_scale"]),
            convention="torchvision",
        )
        output.backward(torch.tensor(case["dy"]))
        np.testing.assert_array_equal(maps.grad.numpy(), case["torchvision__dx"])


def test_a_list_of_boxes_per_image_equals_the_table(torch, pool, maps):
    table = torch.tensor(BOXES)
    per_image = [table[table[:, 0] == image, 1:] for image in (0, 1)]
    order = torch.argsort(table[:, 0], stable=True)
    assert torch.equal(pool(maps, per_image, 2), pool(maps, table, 2)[order])
    first_only = [per_image[0], torch.zeros(0, 4)]
    assert torch.equal(pool(maps, first_only, 2), pool(maps, table, 2)[table[:, 0] == 0])


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "int64"])
def test_boxes_of_any_dtype_are_taken(torch, pool, maps, dtype):
    boxes = torch.tensor(BOXES).round()
    expected = pool(maps, boxes, 2)
    assert torch.equal(pool(maps, boxes.to(getattr(torch, dtype)), 2), expected)


def test_boxes_that_are_learned_get_no_gradient_and_do_no_harm(torch, pool, maps):
    maps.requires_grad_()
    boxes = torch.tensor(BOXES, requires_grad=True)
    pool(maps, boxes, 2).sum().backward()
    assert boxes.grad is None
    assert maps.grad.any()


def test_boxes_may_be_overwritten_before_the_backward_pass(torch, pool, maps):
    gradients = []
    for overwritten in (False, True):
        leaf, boxes = maps.clone().requires_grad_(), torch.tensor(BOXES, dtype=torch.float64)
        output = pool(leaf, boxes, 2)
        if overwritten:
            boxes[:, 0] = 1 - boxes[:, 0]
        output.sum().backward()
        gradients.append(leaf.grad)
    assert torch.equal(*gradients)


def test_no_boxes_give_an_empty_output_and_a_gradient_of_zeros(torch, pool, maps):
    maps.requires_grad_()
    output = pool(maps, torch.zeros(0, 5), 2)
    assert output.shape == (0, 3, 2, 2)
    output.sum().backward()
    assert not maps.grad.any()


@pytest.mark.parametrize(
    "view",
    [
        lambda x: x.transpose(2, 3),
        lambda x: x[:, ::2, 1:, ::3],
        lambda x: x[:1].expand(2, -1, -1, -1),
        lambda x: x.to(memory_format=__import__("torch").channels_last),
    ],
    ids=["transposed", "strided", "expanded", "channels_last"],
)
def test_views_pool_as_their_contiguous_copies_do(torch, pool, maps, view):
    boxes = torch.tensor([[0, 0, 0, 3, 6], [1, 1, 2, 2, 5]])
    results = []
    for contiguous in (False, True):
        leaf = maps.clone().requires_grad_()
        seen = view(leaf).contiguous() if contiguous else view(leaf)
        output = pool(seen, boxes, 2)
        output.square().sum().backward()
        results.append((output, leaf.grad))
    assert all(map(torch.equal, *results))


def test_a_tensor_is_read_where_it_lies(torch, pool, maps, monkeypatch):
    seen = []
    forward = roipool.roi_pool

    def spy(input, *args, **kwargs):
        seen.append(np.from_dlpack(input))
        return forward(input, *args, **kwargs)

    monkeypatch.setattr(roipool, "roi_pool", spy)
    pool(maps, torch.tensor(BOXES), 2)
    assert np.shares_memory(seen[0], maps.numpy())


def test_argmax_is_asked_for_only_where_a_gradient_is(torch, pool, maps, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("argmax was asked for")

    monkeypatch.setattr(roipool, "roi_pool_with_argmax", refuse)
    boxes = torch.tensor(BOXES)
    assert not pool(maps, boxes, 2).requires_grad
    maps.requires_grad_()
    with torch.no_grad():
        assert not pool(maps, boxes, 2).requires_grad
    with pytest.raises(AssertionError, match="argmax was asked for"):
        pool(maps, boxes, 2)


def test_gradients_of_shared_maps_add_up_and_go_on_to_what_made_them(torch, pool, maps):
    leaf, boxes = maps.clone().requires_grad_(), torch.tensor(BOXES)
    made = leaf * 3
    (pool(made, boxes, 2).sum() + pool(made, boxes, 2).sum()).backward()
    once = maps.clone().requires_grad_()
    pool(once, boxes, 2).sum().backward()
    assert torch.equal(leaf.grad, 6 * once.grad)


# torch's tracer warns of its own look at a gradient.
@pytest.mark.filterwarnings("ignore:The .grad attribute:UserWarning")
@pytest.mark.parametrize("needs_gradient", [False, True])
def test_compiled_models_may_contain_it(torch, pool, maps, needs_gradient):
    maps.requires_grad_(needs_gradient)
    boxes = torch.tensor(BOXES)

    def model(x):
        return pool(x * 2, boxes, 2).square().sum()

    # "eager" traces as every backend does, and needs no compiler of C++.
    compiled, expected = torch.compile(model, backend="eager")(maps), model(maps)
    assert torch.equal(compiled, expected)
    if needs_gradient:
        gradients = [torch.autograd.grad(loss, maps)[0] for loss in (compiled, expected)]
        assert torch.equal(*gradients)


def test_a_second_derivative_is_refused(torch, pool, maps):
    maps.requires_grad_()
    output = pool(maps, torch.tensor(BOXES), 2).square().sum()
    (first,) = torch.autograd.grad(output, maps, create_graph=True)
    with pytest.raises(RuntimeError, match="once_differentiable"):
        first.sum().backward()


@pytest.mark.parametrize("needs_gradient", [False, True])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda torch, x: x.half(), r"dtype torch.float16; expected torch.float32 or"),
        (lambda torch, x: x.bfloat16(), r"input\.float\(\)"),
        (lambda torch, x: x[0], r"shape \(3, 9, 11\).*input\[None\]"),
        (lambda torch, x: x.detach().numpy(), "input is a ndarray; expected a torch tensor"),
        (lambda torch, x: x.to("meta"), r"device meta; expected cpu or cuda.*input\.cpu\(\)"),
        (lambda torch, x: x.to_sparse(), r"torch\.sparse_coo.*input\.to_dense\(\)"),
    ],
    ids=["half", "bfloat16", "rank 3", "array", "meta", "sparse"],
)
def test_inputs_that_cannot_be_pooled_are_told_apart(
    torch, pool, maps, change, words, needs_gradient
):
    maps.requires_grad_(needs_gradient)
    with pytest.raises(RoIPoolError, match=words):
        pool(change(torch, maps), torch.tensor(BOXES), 2)


@pytest.mark.parametrize("needs_gradient", [False, True])
@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        ([[1.0, 2, 3, 4]], "batch index is missing"),
        ([[2.0, 1, 1, 3, 3]], r"batch_index = 2; expected a whole number in \[0, 2\)"),
        ([[0.0, 1, float("nan"), 3, 3]], "y1 = nan"),
    ],
)
def test_boxes_that_are_wrong_are_told_as_the_library_tells_them(
    torch, pool, maps, boxes, words, needs_gradient
):
    maps.requires_grad_(needs_gradient)
    with pytest.raises(RoIPoolError, match=words):
        pool(maps, torch.tensor(boxes), 2)


def test_a_list_for_another_number_of_images_is_told(torch, pool, maps):
    with pytest.raises(RoIPoolError, match=r"list of 1 arrays; expected 2"):
        pool(maps, [torch.zeros(3, 4)], 2)


@pytest.mark.parametrize("form", ["array", "tensor", "list"])
def test_boxes_that_change_after_the_forward_pass_do_not_change_the_gradient(torch, pool, form):
    maps = torch.rand(2, 1, 4, 4, requires_grad=True)
    boxes = {"array": np.array, "tensor": torch.tensor, "list": list}[form]([[0, 0, 0, 4, 4.0]])
    output = pool(maps, boxes, 1)
    boxes[0][0] = 1
    output.sum().backward()
    assert maps.grad.sum((1, 2, 3)).tolist() == [1, 0]
