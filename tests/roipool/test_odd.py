"""Every public function gives a result or a RoIPoolError, whatever it is called with."""

from datetime import datetime
from fractions import Fraction

import numpy as np
import pytest

import roipool
from roipool import Convention, RoIPoolError, article
from tests import sampling
from tests.common import OnGpu, Tensor

MAP, BOXES, OUTPUT = article.FEATURE_MAP, article.BOXES, article.OUTPUT
ARGMAX = np.array([[[[24, 27], [58, 46]]]], np.int32)


class Failing:
    """An object that can be made nothing of."""

    def __array__(self, *args, **options):
        raise ZeroDivisionError

    def __float__(self):
        raise ZeroDivisionError

    __index__ = __repr__ = __str__ = __float__


def within_itself():
    rows = [1, 2]
    rows.append(rows)
    return rows


ODD = [
    None,
    True,
    False,
    0,
    -1,
    7,
    2**31,
    2**63,
    10**30,
    -(10**30),
    10**5000,
    0.5,
    np.nan,
    np.inf,
    -np.inf,
    1e-320,
    1e308,
    1j,
    Fraction(1, 3),
    "",
    "article",
    "7",
    "x" * 10**5,
    b"bytes",
    datetime(2017, 2, 28),
    object(),
    Failing(),
    Ellipsis,
    len,
    float,
    {},
    {"x1": 3},
    set(),
    range(5),
    iter([1, 2]),
    [],
    (),
    [[]],
    [[[]]],
    [[], []],
    [None],
    [[None] * 5],
    ["0", "0", "3", "7", "8"],
    [[0, 0, 3, 7], [1]],
    [[[0, 0, 3, 7, 8]]],
    [Failing()],
    [[Failing()] * 5],
    [[10**5000] * 5],
    [(0, 3, 7, 8), "four"],
    within_itself(),
    (2**40, 2**40),
    (2**31 - 1, 2**31 - 1),
    (1, 10**30),
    (0, 1),
    (2.0, 2),
    (True, 2),
    (-1, 1, 8, 8),
    (2**62, 2**62, 2, 2),
    (10**5000, 1, 8, 8),
    (1, 1, 2**31, 2**31),
    np.zeros(()),
    np.zeros(0),
    np.zeros((0, 4)),
    np.zeros((0, 5)),
    np.zeros((1, 5)),
    np.zeros((1, 5), "M8[D]"),
    np.zeros((1, 5), "m8[s]"),
    np.zeros((1, 5), complex),
    np.zeros((1, 5), object),
    np.zeros((1, 5), "U3"),
    np.zeros((1, 5), [("a", "f8")]),
    np.zeros((1, 5), np.longdouble),
    np.full((1, 5), np.nan),
    np.full((1, 5), -1),
    np.array([[0, -1e300, 1e300, 1e300, -1e300]]),
    np.array([[0, -1e30, -1e30, 1e30, 1e30]]),
    np.array([[0, 1, 1, 2**30, 2**30]]),
    np.ma.masked_array(BOXES, mask=True),
    np.zeros((0, 1, 8, 8)),
    np.zeros((1, 0, 8, 8)),
    np.zeros((1, 1, 0, 8)),
    np.zeros((1, 1, 2, 2), int),
    np.zeros((1, 1, 2, 2), bool),
    np.zeros((1, 1, 2, 2), object),
    np.zeros((1, 1, 2, 2), "M8[s]"),
    np.zeros((1, 1, 2, 2), np.uint64),
    np.zeros((1, 1, 2, 2), np.float16),
    np.zeros((1, 1, 2, 2), ">f8"),
    np.zeros((1, 1, 2, 2), np.longdouble),
    np.full((1, 1, 2, 2), np.nan),
    np.full((1, 1, 2, 2), np.inf),
    np.full((1, 1, 2, 2), -np.inf, np.float32),
    np.ma.masked_array(OUTPUT, mask=True),
    np.broadcast_to(np.float32(1), (1, 1, 2, 2)),
    np.zeros((1, 1, 2, 2))[..., ::-1],
    np.float32("nan"),
    np.datetime64("NaT"),
    np.int8(3),
    np.bool_(True),
    Tensor(BOXES.copy()),
    OnGpu(MAP.copy()),
    roipool.get_convention("mmcv"),
    roipool.RoIPoolError,
]

FUNCTIONS = {
    roipool.roi_pool: {
        "input": MAP,
        "boxes": BOXES,
        "output_size": 2,
        "spatial_scale": 1.0,
        "convention": "article",
        "backend": "auto",
    },
    roipool.roi_pool_with_argmax: {"input": MAP, "boxes": BOXES, "output_size": 2},
    roipool.roi_pool_backward: {
        "grad_output": OUTPUT,
        "argmax": ARGMAX,
        "boxes": BOXES,
        "input_shape": MAP.shape,
        "deterministic": True,
        "backend": "auto",
    },
    roipool.roi_align: {
        "input": MAP,
        "boxes": BOXES,
        "output_size": 2,
        "spatial_scale": 1.0,
        "sampling_ratio": -1,
        "aligned": False,
    },
    roipool.align_samples: {
        "boxes": BOXES,
        "output_size": 2,
        "map_size": (8, 8),
        "spatial_scale": 1.0,
        "sampling_ratio": -1,
        "aligned": False,
        "dtype": float,
    },
    roipool.bin_edges: {
        "boxes": BOXES,
        "output_size": 2,
        "map_size": (8, 8),
        "spatial_scale": 1.0,
        "convention": "article",
    },
    roipool.identify: {
        "input": MAP,
        "boxes": BOXES,
        "output": OUTPUT,
        "spatial_scale": 1.0,
        "tolerance": None,
        "budget": 1.0,
    },
    roipool.get_convention: {"convention": "article"},
    Convention: {
        "name": "mine",
        "inclusive_end": True,
        "rounding": "none",
        "arithmetic": "float32",
        "stop": "ceil",
        "min_cells": 1,
        "empty_value": 0.0,
        "empty_argmax": -1,
        "degenerate_argmax": None,
        "lowest": None,
    },
}


def outcome(function, arguments):
    try:
        return function(**arguments)
    except RoIPoolError as error:
        return str(error)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_an_odd_argument_gives_a_result_or_a_roi_pool_error(function):
    arguments = FUNCTIONS[function]
    # Each argument has a turn of its own, so that together they meet every odd value.
    for turn, name in enumerate(arguments):
        for odd in sampling.of(ODD, 3, turn):
            assert outcome(function, arguments | {name: odd}) is not None


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_odd_arguments_together_give_a_result_or_a_roi_pool_error(function):
    rng, arguments = np.random.default_rng(11), FUNCTIONS[function]
    for _ in range(60):
        names = rng.permutation(list(arguments))[: rng.integers(2, 4)].tolist()
        odd = {name: ODD[rng.integers(len(ODD))] for name in names}
        assert outcome(function, arguments | odd) is not None
