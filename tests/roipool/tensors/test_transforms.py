"""torch.func and forward mode: derivatives and batches of batches, in any order."""

import pytest

from roipool import RoIPoolError


@pytest.fixture
def boxes(torch):
    return torch.tensor([[0, 0, 0, 4, 4.0], [1, 1, 1, 3, 6], [0, 3, 1, 5, 5]])


@pytest.fixture
def batches(torch):
    cells = torch.randperm(3 * 2 * 2 * 6 * 6, generator=torch.Generator().manual_seed(0))
    return cells.double().reshape(3, 2, 2, 6, 6) / 16


@pytest.fixture
def loss(operation, boxes):
    return lambda x: operation(x, boxes, 2).square().sum()


def test_gradients_of_torch_func_are_those_of_autograd(torch, loss, batches):
    expected = torch.stack([torch.autograd.functional.jacobian(loss, x) for x in batches])
    assert torch.equal(torch.stack([torch.func.grad(loss)(x) for x in batches]), expected)
    torch.testing.assert_close(torch.vmap(torch.func.grad(loss))(batches), expected)
    of_all = torch.func.grad(lambda x: torch.vmap(loss)(x).sum())(batches)
    torch.testing.assert_close(of_all, expected)


def test_hessians_are_the_same_whichever_mode_comes_first(torch, loss, batches):
    small = batches[0, :, :1]
    func = torch.func
    expected = torch.autograd.functional.hessian(loss, small)
    assert expected.any()
    for outer in (func.jacfwd, func.jacrev):
        for inner in (func.jacfwd, func.jacrev):
            torch.testing.assert_close(outer(inner(loss))(small), expected)


def test_forward_mode_is_the_gradients_product(torch, loss, batches):
    from torch.autograd import forward_ad

    maps, direction = batches[:2]
    expected = (torch.func.grad(loss)(maps) * direction).sum()
    torch.testing.assert_close(torch.func.jvp(loss, (maps,), (direction,))[1], expected)
    with forward_ad.dual_level():
        tangent = forward_ad.unpack_dual(loss(forward_ad.make_dual(maps, direction))).tangent
        assert forward_ad.unpack_dual(loss(maps)).tangent is None
    torch.testing.assert_close(tangent, expected)


def test_forward_mode_and_batched_gradients_pass_torchs_gradcheck(torch, operation, boxes, batches):
    assert torch.autograd.gradcheck(
        lambda x: operation(x, boxes, 2),
        batches[0, :, :1].clone().requires_grad_(),
        eps=1e-3,
        check_forward_ad=True,
        check_batched_grad=True,
        check_batched_forward_grad=True,
    )


@pytest.mark.parametrize("which", ["maps", "boxes", "both"])
def test_vmap_is_a_loop_over_maps_or_boxes_or_both(torch, operation, boxes, batches, which):
    tables = torch.stack([boxes, boxes.flip(0), boxes + torch.tensor([0, 0, 1, 0, 1])])
    dims = {"maps": (0, None), "boxes": (None, 0), "both": (0, 0)}[which]
    arguments = [
        [tensors[0 if dim is None else n] for n in range(3)]
        for tensors, dim in zip((batches, tables), dims, strict=True)
    ]
    expected = torch.stack([operation(x, table, 2) for x, table in zip(*arguments, strict=True)])
    shared = [batches if dims[0] == 0 else batches[0], tables if dims[1] == 0 else tables[0]]
    found = torch.vmap(lambda x, table: operation(x, table, 2), in_dims=dims)(*shared)
    assert torch.equal(found, expected)
    if which == "both":
        inner = torch.vmap(lambda x, table: operation(x, table, 2), in_dims=(2, 1), out_dims=3)(
            batches.movedim(0, 2), tables.movedim(0, 1)
        )
        assert torch.equal(inner, expected.movedim(0, 3))
        nested = torch.vmap(torch.vmap(lambda x, table: operation(x, table, 2)))
        assert torch.equal(nested(batches[None], tables[None]), expected[None])


def test_under_vmap_no_box_reaches_the_images_of_another_example(torch, operation, boxes, batches):
    for index in (2, 3, -1):
        tables = torch.stack([boxes] * 3)
        tables[0, 0, 0] = index
        with pytest.raises(RoIPoolError, match="batch_index"):
            torch.vmap(lambda x, table: operation(x, table, 2))(batches, tables)


def test_under_vmap_there_may_be_no_boxes(torch, operation, boxes, batches):
    tables = torch.stack([boxes[:0]] * 3)
    found = torch.vmap(lambda x, table: operation(x, table, 2))(batches, tables)
    assert found.shape == (3, 0, 2, 2, 2)
