"""The names of conventions: any spelling, what to ask for instead, and what there is."""

import re

import pytest

from roipool import ALIASES, PRESETS, RoIPoolError, get_convention
from roipool.names import NO_CONVENTION, SPELLINGS, VARIANTS
from roipool.ports import PORTS


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pytorch", "fast_rcnn"),
        ("PyTorch", "fast_rcnn"),
        ("TorchVision", "fast_rcnn"),
        ("Caffe", "fast_rcnn"),
        ("caffe2", "fast_rcnn"),
        ("Fast RCNN", "fast_rcnn"),
        ("fast-rcnn", "fast_rcnn"),
        (" ONNX ", "fast_rcnn"),
        ("ONNXRuntime", "fast_rcnn"),
        ("Paddle CPU", "fast_rcnn"),
        ("paddle-gpu", "paddle_gpu"),
        ("mmdet", "mmcv"),
        ("MMCV", "mmcv"),
        ("MXNet", "mxnet"),
        ("Keras-FRCNN", "keras_frcnn"),
        ("Chainer roi-pooling.2d", "chainer_roi_pooling_2d"),
        ("Article", "article"),
    ],
)
def test_a_name_is_known_in_any_spelling(name, expected):
    assert get_convention(name).name == expected


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("chainer", ["'chainer_roi_pooling_2d'", "'chainer_roi_max_pooling_2d'"]),
        ("Paddle", ["'paddle_cpu'", "'paddle_gpu'"]),
        ("Detectron2", ["aligned=True", "'torchvision'"]),
        ("tensorflow", ["crop_and_resize", "'deepsense'", "'keras_frcnn'"]),
        ("Keras", ["'keras_frcnn'", "'keras_cv'"]),
        ("OpenCV", ["'caffe'", "off by a cell"]),
        ("matconvnet", ["'fast_rcnn'", "from 1"]),
    ],
)
def test_a_framework_that_stands_for_no_one_rule_is_an_error_with_the_choices(name, choices):
    with pytest.raises(RoIPoolError) as caught:
        get_convention(name)
    message = str(caught.value)
    assert message.startswith(f"convention is {name!r}. ")
    assert all(choice in message for choice in choices)


def test_every_choice_that_such_an_error_quotes_is_known():
    quoted = set(re.findall(r"'(\w+)'", " ".join(NO_CONVENTION.values()))) - {"ROIPool"}
    assert len(quoted) > 8
    for name in quoted:
        get_convention(name)


@pytest.mark.parametrize(
    ("unknown", "hint"),
    [
        ("fastrcnn", "Did you mean 'fast_rcnn'?"),
        ("Torchvison", "Did you mean 'torchvision'?"),
        ("keras_fcnn", "Did you mean 'keras_frcnn'?"),
        ("chaine", "Did you mean 'chainer'?"),
        ("zzz", ""),
        (3, ""),
        (None, ""),
    ],
)
def test_unknown_name_is_an_error_with_the_known_ones_and_the_nearest(unknown, hint):
    with pytest.raises(RoIPoolError) as caught:
        get_convention(unknown)
    expected = (
        f"convention is {unknown!r}; expected a Convention or one of "
        f"{', '.join([*PRESETS, *ALIASES])}; or a port: {', '.join(PORTS)}. {hint}"
    )
    assert str(caught.value) == expected.rstrip()


def test_no_name_stands_for_two():
    plain = [*PRESETS, *PORTS, *SPELLINGS, *NO_CONVENTION]
    assert len(plain) == len(set(plain))
    assert not set(ALIASES) & set(plain)
    assert {SPELLINGS[name] for name in SPELLINGS} <= {*PRESETS, *ALIASES}
    # A variant cuts as the preset that its name is an alias of.
    assert all(ALIASES[name] in PRESETS for name in VARIANTS)
