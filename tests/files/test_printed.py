"""Arrays as NumPy and PyTorch print them are read wherever numbers are: in files and pasted."""

import time

import numpy as np
import pytest

from app.files import ReadError, read_array, read_boxes, read_maps, typed_boxes, typed_maps

BOX = ((0.0, 0.0, 3.0, 8.0, 7.0),)


@pytest.mark.parametrize(
    "text",
    [
        "tensor([[0., 0., 3., 8., 7.]])",
        "tensor([[0., 0., 3., 8., 7.]], device='cuda:0', grad_fn=<SliceBackward0>)",
        "rois = torch.tensor([[0., 0., 3., 8., 7.]], dtype=torch.float64, requires_grad=True)",
        "Parameter containing:\ntensor([[0., 0., 3., 8., 7.]], requires_grad=True)",
        "<tf.Tensor: shape=(1, 5), dtype=float32, numpy=\narray([[0., 0., 3., 8., 7.]])>",
        "array([[0., 0., 3., 8., 7.]], dtype=float32)",
        "[[0. 0. 3. 8. 7.]]",
        "[[0. 0. 3.\n  8. 7.]]",
        "[[ 0.  0. +3.  8.  7.e0]]",
        "[[0., 0., 3., 8., 7.]]",
        "[[np.float64(0.0), np.float64(0.0), np.float32(3.0), 8., 7.]]",
    ],
)
def test_boxes_are_read_as_they_are_printed(text):
    assert read_boxes("", text.encode(), images=1) == BOX
    assert read_array("", text.encode()).tolist() == [list(BOX[0])]
    assert typed_boxes(text).value == BOX


def torch_repr(array):
    """Like NumPy, but for the call's name and how its lines are set in."""
    return repr(array).replace("array(", "tensor(").replace("\n ", "\n  ")


@pytest.mark.parametrize("printed", [str, repr, torch_repr])
@pytest.mark.parametrize(
    "shape", [(3, 4), (2, 3, 4), (2, 3, 2, 3), (1, 1, 8, 8), (9, 40), (2, 2, 30)]
)
def test_an_array_is_read_back_from_its_printout(shape, printed):
    """Also one whose rows take several lines."""
    array = np.random.default_rng(4).integers(-9, 9, shape) / 4.0
    content = printed(array).encode()
    whole = (1,) * (4 - array.ndim) + shape
    assert read_maps("", content).tolist() == array.reshape(whole).tolist()
    assert read_array("", content).ravel().tolist() == array.ravel().tolist()


@pytest.mark.parametrize("printed", [str, repr, torch_repr])
@pytest.mark.parametrize("shape", [(3, 4), (9, 40), (1, 1, 8, 8)])
def test_a_map_is_pasted_as_it_is_printed(shape, printed):
    array = np.random.default_rng(4).integers(-9, 9, shape) / 4.0
    assert typed_maps(printed(array)).value[0, 0].tolist() == array.reshape(shape[-2:]).tolist()


def test_nan_and_infinities_are_read_as_they_are_printed():
    array = np.array([[np.nan, -np.inf, np.inf, 0.0]])
    for content in (str(array), repr(array)):
        assert np.array_equal(read_array("", content.encode()), array, equal_nan=True)


@pytest.mark.parametrize("parse", [typed_maps, typed_boxes])
def test_a_printout_with_dots_is_not_taken_for_numbers(parse):
    with pytest.raises(ReadError) as error:
        parse(repr(np.zeros((40, 40))))
    assert error.value.problem.key == "file.elided"


@pytest.mark.parametrize(
    "fragment",
    ["1,", "1. ", "[", "[1],", "]", "1;", "1\t", "{", "[[1.]] "],
)
@pytest.mark.parametrize(
    "read", [read_maps, read_array, lambda name, text: read_boxes(name, text, 1)]
)
def test_more_than_any_array_is_counted_and_refused_before_it_is_parsed(
    monkeypatch, fragment, read
):
    def parsed(*arguments, **options):
        raise AssertionError("it was parsed")

    for parser in ("nested.load", "nested.lists", "tables._blocks", "boxes.rows_of"):
        monkeypatch.setattr(f"app.files.{parser}", parsed)
    monkeypatch.setattr("app.files.reading.tidied", parsed)
    content = (fragment * (5 * 2**20 // len(fragment.encode()))).encode()
    with pytest.raises(ReadError) as error:
        read("", content)
    assert error.value.problem.key in ("file.numbers", "file.nested")


@pytest.mark.parametrize(
    "start", ["[", "[[\n", "[[1 ", "np.f(", "[np.f(", "tensor([", "] ", "[\n", "[[0. ] ,\n"]
)
def test_no_printout_takes_long_to_be_refused(start):
    content = (start * (2**21 // len(start))).encode()
    began = time.perf_counter()
    with pytest.raises(ReadError):
        read_maps("", content)
    assert time.perf_counter() - began < 5
