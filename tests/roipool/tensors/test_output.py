"""Tensors in, tensors out, as the library pools arrays."""

import subprocess
import sys

import numpy as np
import pytest

import roipool
from roipool import RoIPoolError
from tests.roipool.tensors.cases import BOXES, CONVENTIONS


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


@pytest.mark.parametrize("needs_gradient", [False, True])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda torch, x: x.to(torch.float8_e5m2), r"dtype torch.float8_e5m2; .*input\.float\(\)"),
        (lambda torch, x: x[0], r"shape \(3, 9, 11\).*input\[None\]"),
        (lambda torch, x: x.detach().numpy(), "input is a ndarray; expected a torch tensor"),
        (lambda torch, x: x.to_sparse(), r"torch\.sparse_coo.*input\.to_dense\(\)"),
    ],
    ids=["float8", "rank 3", "array", "sparse"],
)
def test_inputs_that_cannot_be_pooled_are_told_apart(
    torch, operation, maps, change, words, needs_gradient
):
    maps.requires_grad_(needs_gradient)
    with pytest.raises(RoIPoolError, match=words):
        operation(change(torch, maps), torch.tensor(BOXES), 2)


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
    torch, operation, maps, boxes, words, needs_gradient
):
    maps.requires_grad_(needs_gradient)
    with pytest.raises(RoIPoolError, match=words):
        operation(maps, torch.tensor(boxes), 2)


def test_a_list_for_another_number_of_images_is_told(torch, operation, maps):
    with pytest.raises(RoIPoolError, match=r"list of 1 arrays; expected 2"):
        operation(maps, [torch.zeros(3, 4)], 2)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_of_16_bits_the_result_is_that_of_float32_rounded_once(torch, operation, maps, dtype):
    dtype, boxes = getattr(torch, dtype), torch.tensor(BOXES)
    narrow = maps.to(dtype).requires_grad_()
    wide = narrow.detach().float().requires_grad_()
    outputs = [operation(x, boxes, (3, 2)) for x in (narrow, wide)]
    weights = torch.randint(1, 9, outputs[0].shape) / 8
    for output in outputs:
        output.backward(weights.to(output.dtype))
    assert outputs[0].dtype == narrow.grad.dtype == dtype
    assert torch.equal(outputs[0], outputs[1].to(dtype))
    assert torch.equal(narrow.grad, wide.grad.to(dtype))


def test_autocast_leaves_the_dtype_of_the_input(torch, operation, maps):
    with torch.autocast("cpu", dtype=torch.bfloat16):
        outputs = [operation(maps.to(d), torch.tensor(BOXES), 2) for d in (torch.float, torch.half)]
    assert [output.dtype for output in outputs] == [torch.float, torch.half]


def test_roi_align_is_that_of_the_library(torch, align, maps):
    for sampling_ratio, aligned in [(-1, False), (2, True), ((1, 3), False)]:
        output = align(
            maps, torch.tensor(BOXES, dtype=torch.float64), (3, 2), 0.9, sampling_ratio, aligned
        )
        expected = roipool.roi_align(maps.numpy(), BOXES, (3, 2), 0.9, sampling_ratio, aligned)
        assert output.dtype == maps.dtype
        np.testing.assert_array_equal(output.numpy(), expected)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0,), "output_size is 0"),
        ((2, float("nan")), "spatial_scale is nan"),
        ((2, 1.0, 1.5), "sampling_ratio is 1.5; expected a whole number"),
        ((2, 1.0, (1, 2, 3)), r"sampling_ratio is \(1, 2, 3\); expected a whole number, or a pair"),
        ((2, 1.0, 2**40), "would take"),
        ((2, 1.0, 2, "yes"), "aligned is 'yes'; expected True or False"),
    ],
)
def test_arguments_of_roi_align_that_are_wrong_are_told(torch, align, maps, arguments, words):
    with pytest.raises(RoIPoolError, match=words):
        align(maps, torch.tensor(BOXES), *arguments)


@pytest.mark.parametrize("form", ["()", "(0, 4)", "list of tables", "lists"])
def test_no_boxes_in_any_form_give_an_empty_output(torch, operation, maps, form):
    none = {
        "()": torch.tensor([]),
        "(0, 4)": torch.zeros(0, 4),
        "list of tables": [torch.zeros(0, 4), torch.zeros(0)],
        "lists": [[], []],
    }
    assert operation(maps, none[form], 2).shape == (0, 3, 2, 2)


def test_rows_arrays_and_nested_lists_are_taken_as_a_tensor_is(torch, operation, maps):
    table = torch.tensor(BOXES, dtype=torch.float64)
    expected, rows = operation(maps, table, 2), list(table)
    for boxes in (BOXES, np.array(BOXES), rows, tuple(rows), [[*table[0]]]):
        assert torch.equal(operation(maps, boxes, 2), expected[: len(boxes)])
    per_image = [torch.tensor([BOXES[0][1:]]), np.array([BOXES[1][1:]])]
    assert torch.equal(operation(maps, per_image, 2), expected[:2])
