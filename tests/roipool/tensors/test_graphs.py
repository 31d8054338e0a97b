"""Models with these layers become graphs: compiled, exported, traced, and for shapes alone."""

import io

import pytest

from roipool import RoIPoolError, get_convention

# torch's tracer warns of its own look at a gradient.
pytestmark = pytest.mark.filterwarnings(
    "ignore:The .grad attribute:UserWarning",
    "ignore:.*torch.jit:DeprecationWarning",
    "ignore:Converting a tensor to a Python",  # of shapes, by torch.jit
)


@pytest.fixture
def boxes(torch):
    return torch.tensor([[0.0, 0, 0, 4, 4], [1, 1, 1, 3, 6]])


@pytest.fixture
def compiled(torch):
    """A function as one graph, or an error: "eager" traces as all do, and needs no C++ compiler."""
    yield lambda function, **options: torch.compile(
        function, **{"fullgraph": True, "backend": "eager"} | options
    )
    torch._dynamo.reset()


@pytest.fixture(params=["RoIPool", "RoIAlign"])
def layer(torch, request):
    import roipool.torch

    return getattr(roipool.torch, request.param)(2, 0.9)


@pytest.fixture
def model(torch, layer):
    class Model(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.convolution, self.layer = torch.nn.Conv2d(3, 2, 3), layer

        def forward(self, maps, boxes):
            return self.layer(self.convolution(maps), boxes)

    torch.manual_seed(0)
    return Model()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("backend", ["eager", "aot_eager"])
def test_compiled_whole_it_computes_and_learns_the_same(
    torch, compiled, model, maps, boxes, backend
):
    gradients = []
    for function in (model, compiled(model, backend=backend)):
        output = function(maps.float(), boxes)
        output.square().sum().backward()
        gradients.append([output, *(weights.grad for weights in model.parameters())])
        model.zero_grad()
    for ours, theirs in zip(*gradients, strict=True):
        torch.testing.assert_close(ours, theirs)


def test_compiled_without_a_gradient_it_looks_for_no_argmax(torch, compiled, pool, maps, boxes):
    targets = []

    def keep(graph, inputs):
        targets.extend(str(node.target) for node in graph.graph.nodes)
        return graph.forward

    expected = pool(maps, boxes, 2)
    for gradient in (False, True):
        found = compiled(lambda x: pool(x, boxes, 2), backend=keep)(maps.requires_grad_(gradient))
        assert torch.equal(found, expected)
        assert ("roipool.roi_pool_with_argmax.default" in targets) is gradient


@pytest.mark.sampled(2)
def test_compiled_it_takes_boxes_per_image_and_other_sizes(torch, compiled, layer, maps, boxes):
    function = compiled(layer, dynamic=True)
    for images, table in [(1, boxes[:1]), (2, boxes), (2, boxes[:0])]:
        assert torch.equal(function(maps[:images], table), layer(maps[:images], table))
    per_image = [boxes[:1, 1:], boxes[1:, 1:]]
    assert torch.equal(function(maps, per_image), layer(maps, boxes))


def test_a_record_of_choices_is_compiled_with_its_choices(torch, compiled, pool, maps, boxes):
    function = compiled(lambda x, convention: pool(x, boxes, 2, 0.9, convention=convention))
    for name in ("torchvision", "chainer_roi_max_pooling_2d"):
        expected = pool(maps, boxes, 2, 0.9, convention=name)
        assert torch.equal(function(maps, get_convention(name)), expected)


def test_errors_of_a_compiled_model_say_what_is_wrong(torch, compiled, layer, maps, boxes):
    with pytest.raises(RoIPoolError, match="batch_index = 7; expected a whole number"):
        compiled(layer)(maps, boxes + torch.tensor([7, 0, 0, 0, 0]))
    with pytest.raises(Exception, match=r"expected \(N, 5\), one row"):
        compiled(layer)(maps, boxes[:, 1:])


def test_an_unknown_convention_is_told_while_a_graph_is_made(torch, compiled, pool, maps, boxes):
    with pytest.raises(Exception, match="convention is 'magic'; expected a Convention or one of"):
        compiled(lambda x: pool(x, boxes, 2, convention="magic"))(maps)


@pytest.mark.sampled(2)
def test_derivatives_of_torch_func_break_a_graph_and_stay_right(
    torch, compiled, operation, maps, boxes
):
    def loss(x):
        return operation(x, boxes, 2).square().sum()

    def slope(x):
        return torch.func.jvp(loss, (x,), (x,))[1]

    with pytest.raises(Exception, match=r"cannot follow torch\.func, nor forward mode"):
        compiled(slope)(maps)
    torch._dynamo.reset()
    assert torch.equal(compiled(slope, fullgraph=False)(maps), slope(maps))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("strict", [False, True])
def test_exported_with_sizes_left_open_it_computes_and_learns_the_same(
    torch, model, maps, boxes, strict
):
    sizes = {"maps": {0: torch.export.Dim("B")}, "boxes": {0: torch.export.Dim("N")}}
    maps = maps.float()
    program = torch.export.export(model, (maps, boxes), strict=strict, dynamic_shapes=sizes)
    gradients = []
    for function in (model, program.module()):
        output = function(torch.cat([maps, maps]), boxes[[0, 1, 1]])
        output.square().sum().backward()
        gradients.append([output, *(w.grad.clone() for w in function.parameters())])
        function.zero_grad()
    for ours, theirs in zip(*gradients, strict=True):
        torch.testing.assert_close(ours, theirs)


def test_exported_for_inference_and_read_back_from_a_file_it_can_still_learn(
    torch, layer, maps, boxes
):
    file = io.BytesIO()
    with torch.no_grad():
        torch.export.save(torch.export.export(layer, (maps, boxes)), file)
    file.seek(0)
    read = torch.export.load(file).module()
    gradients = []
    for function in (layer, read):
        leaf = maps.clone().requires_grad_()
        function(leaf, boxes).square().sum().backward()
        gradients.append(leaf.grad)
    assert torch.equal(*gradients)


def test_symbolically_traced_it_is_one_call(torch, layer, maps, boxes):
    traced = torch.fx.symbolic_trace(layer)
    kinds = [node.op for node in traced.graph.nodes]
    assert kinds == ["placeholder", "placeholder", "call_function", "output"]
    assert torch.equal(traced(maps, boxes), layer(maps, boxes))
    per_image = [boxes[:1, 1:], boxes[1:, 1:]]
    assert torch.equal(traced(maps, per_image), layer(maps, boxes))


def test_traced_by_jit_it_is_the_operator(torch, layer, maps, boxes):
    traced = torch.jit.trace(layer, (maps, boxes))
    assert "roipool::roi_" in str(traced.graph)
    assert torch.equal(traced(maps * 2, boxes[:1]), layer(maps * 2, boxes[:1]))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", ["roi_pool", "roi_pool_with_argmax", "roi_align"])
def test_operators_and_their_gradients_pass_torchs_opcheck(torch, maps, boxes, name):
    leaf, rule = (
        maps.clone().requires_grad_(),
        (2, 2, False) if "align" in name else ("mmcv", "auto"),
    )
    forward = getattr(torch.ops.roipool, name).default
    output = forward(leaf, boxes, 3, 2, 0.9, *rule)
    torch.library.opcheck(forward, (leaf, boxes, 3, 2, 0.9, *rule))
    if name == "roi_pool":
        return  # its gradient is that of the next
    grads = torch.rand(2, 3, 3, 2, dtype=torch.float64, requires_grad=True)
    if name == "roi_align":
        arguments = (grads, boxes, *maps.shape, 0.9, *rule)
    else:
        arguments = (grads, output[1], boxes, *maps.shape, "auto")
    backward = getattr(torch.ops.roipool, name.removesuffix("_with_argmax") + "_backward").default
    torch.library.opcheck(backward, arguments)


@pytest.mark.parametrize("kind", ["meta", "fake", "fake outside its mode"])
def test_tensors_without_memory_give_shapes_alone(torch, operation, kind):
    from torch._subclasses import FakeTensorMode

    mode = FakeTensorMode()
    if kind == "meta":
        maps = torch.rand(2, 3, 9, 11, device="meta", requires_grad=True)
    else:
        with mode:
            maps = torch.rand(2, 3, 9, 11, requires_grad=True)
    # Boxes that somebody has are no part of the mode.
    for boxes in (torch.zeros(4, 5), [torch.zeros(3, 4), torch.zeros(1, 4)], [[0, 1, 1, 2, 2]] * 4):
        if kind == "fake":
            with mode:
                output = operation(maps, boxes, (3, 2))
        else:
            output = operation(maps, boxes, (3, 2))
        assert output.shape == (4, 3, 3, 2)
        assert type(output) is type(maps) or output.device.type == "meta"
        output.sum().backward()
        assert maps.grad.shape == maps.shape
