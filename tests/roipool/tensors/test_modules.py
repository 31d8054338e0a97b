"""The layers: the functions with their arguments kept."""

import copy
import pickle
from dataclasses import replace

import pytest

from roipool import RoIPoolError, get_convention
from tests.roipool.tensors.cases import BOXES


@pytest.fixture
def layers(torch):
    import roipool.torch

    return roipool.torch


def test_layers_compute_what_the_functions_compute(torch, layers, maps):
    boxes = torch.tensor(BOXES)
    pooled = layers.RoIPool((3, 2), 0.9, convention="mmcv", backend="numpy")(maps, boxes)
    assert torch.equal(pooled, layers.roi_pool(maps, boxes, (3, 2), 0.9, convention="mmcv"))
    averaged = layers.RoIAlign((3, 2), 0.9, 2, True)(maps, boxes)
    assert torch.equal(averaged, layers.roi_align(maps, boxes, (3, 2), 0.9, 2, True))


def test_the_default_convention_is_the_articles(torch, layers):
    from roipool import article

    output = layers.RoIPool(2)(torch.tensor(article.FEATURE_MAP), torch.tensor(article.BOXES))
    assert output.tolist() == [[[[0.85, 0.84], [0.97, 0.96]]]]


def test_layers_print_their_arguments(layers):
    own = replace(get_convention("mmcv"), name="mine")
    assert repr(layers.RoIPool(7, convention=own, backend="numpy")) == (
        "RoIPool(output_size=7, spatial_scale=1.0, convention='mine', backend='numpy')"
    )
    assert repr(layers.RoIAlign((7, 3), 0.5, (2, -1), True)) == (
        "RoIAlign(output_size=(7, 3), spatial_scale=0.5, sampling_ratio=(2, -1), aligned=True)"
    )


def test_layers_are_copied_and_pickled_with_models(torch, layers, maps):
    record = get_convention("mmcv")
    model = torch.nn.ModuleList([layers.RoIPool(2, convention=record), layers.RoIAlign(2)])
    for other in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert repr(other) == repr(model)
        for ours, theirs in zip(other, model, strict=True):
            assert torch.equal(ours(maps, torch.tensor(BOXES)), theirs(maps, torch.tensor(BOXES)))


@pytest.mark.parametrize(
    ("name", "arguments", "options", "words"),
    [
        ("RoIPool", (0,), {}, "output_size"),
        ("RoIPool", (2, 0), {}, "spatial_scale"),
        ("RoIPool", (2,), {"convention": "torchvison"}, "Did you mean 'torchvision'"),
        ("RoIPool", (2,), {"backend": "gpu"}, "backend"),
        ("RoIAlign", (2, 1.0, None), {}, "sampling_ratio"),
        ("RoIAlign", (2, 1.0, 1, "no"), {}, "aligned"),
    ],
)
def test_wrong_arguments_are_told_when_a_layer_is_made(layers, name, arguments, options, words):
    with pytest.raises(RoIPoolError, match=words):
        getattr(layers, name)(*arguments, **options)
