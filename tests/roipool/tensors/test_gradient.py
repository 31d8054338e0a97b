"""The gradient of pooled tensors is the one that torch itself would compute."""

import json
from pathlib import Path

import numpy as np
import pytest

from roipool import bin_edges
from tests.roipool.tensors.cases import BOXES, CONVENTIONS

GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.mark.sampled(5)
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


def test_gradients_of_shared_maps_add_up_and_go_on_to_what_made_them(torch, pool, maps):
    leaf, boxes = maps.clone().requires_grad_(), torch.tensor(BOXES)
    made = leaf * 3
    (pool(made, boxes, 2).sum() + pool(made, boxes, 2).sum()).backward()
    once = maps.clone().requires_grad_()
    pool(once, boxes, 2).sum().backward()
    assert torch.equal(leaf.grad, 6 * once.grad)


def test_second_derivative_of_a_sum_of_squares_is_two_for_each_maximum(torch, pool):
    maps = (
        torch.randperm(36, generator=torch.Generator().manual_seed(0)).double().reshape(1, 1, 6, 6)
    )
    boxes = torch.tensor([[0, 0, 0, 4, 4]])
    hessian = torch.autograd.functional.hessian(lambda x: pool(x, boxes, 2).square().sum(), maps)
    assert hessian.sum() == 8  # four cells
    maps.requires_grad_()
    pool(maps, boxes, 2).sum().backward()
    assert torch.equal(hessian.reshape(36, 36).diag(), 2 * maps.grad.flatten())


@pytest.mark.sampled(2)
@pytest.mark.parametrize("shape", [(1, 1, 6, 6), (2, 2, 4, 4)])
def test_second_derivative_passes_torchs_gradgradcheck(torch, operation, shape):
    cells = torch.randperm(torch.Size(shape).numel(), generator=torch.Generator().manual_seed(1))
    maps = cells.double().reshape(shape).requires_grad_()
    boxes = torch.tensor([[0, 0, 0, 3, 4], [shape[0] - 1, 1, 1, 3, 3], [0, 0, 0, 3, 4]])
    assert torch.autograd.gradgradcheck(lambda x: operation(x, boxes, 2), maps, eps=1e-3)


def test_third_derivative_of_a_cube_is_right(torch, operation):
    maps = torch.rand(1, 1, 5, 5, dtype=torch.float64, requires_grad=True)
    boxes, directions = torch.tensor([[0, 0, 0, 3, 4]]), torch.rand(3, 1, 1, 5, 5).double()
    value = (operation(maps, boxes, 2) ** 3).sum()
    for direction in directions:
        (value,) = torch.autograd.grad((value * 1).sum(), maps, create_graph=True)
        value = (value * direction).sum()
    # It is linear in the map while the maxima stay, so that 6 is left of each cube.
    slopes = [torch.func.jvp(lambda x: operation(x, boxes, 2), (maps,), (d,)) for d in directions]
    expected = 6 * torch.stack([slope for _, slope in slopes]).prod(0).sum()
    torch.testing.assert_close(value, expected)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("aligned", [False, True])
@pytest.mark.parametrize("sampling_ratio", [-1, 1, 2, (1, 2)])
def test_gradient_of_roi_align_passes_torchs_gradcheck(torch, align, sampling_ratio, aligned):
    maps = torch.rand(2, 2, 5, 6, dtype=torch.float64, requires_grad=True)
    boxes = torch.tensor([[0, 0.3, 1, 4.2, 3.9], [1, -2, 0, 7, 6], [1, 3, 3, 1, 1]])
    assert torch.autograd.gradcheck(
        lambda x: align(x, boxes, (2, 3), 0.9, sampling_ratio, aligned), maps
    )


@pytest.mark.parametrize("form", ["array", "tensor", "list"])
def test_boxes_that_change_after_the_forward_pass_do_not_change_the_gradient(torch, pool, form):
    maps = torch.rand(2, 1, 4, 4, requires_grad=True)
    boxes = {"array": np.array, "tensor": torch.tensor, "list": list}[form]([[0, 0, 0, 4, 4.0]])
    output = pool(maps, boxes, 1)
    boxes[0][0] = 1
    output.sum().backward()
    assert maps.grad.sum((1, 2, 3)).tolist() == [1, 0]
