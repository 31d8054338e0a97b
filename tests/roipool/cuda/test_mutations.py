"""The checks bite: each change to roipool.cu, alone, is caught by a handful of cases.

Each takes a build of the kernels, and together they take as long as a thousand other tests. Whoever
changes the kernels or these checks tries all of them: ``pytest --exhaustive`` with this file.
"""

import re
from dataclasses import replace

import numpy as np
import pytest

from roipool import PRESETS, get_convention
from roipool.backends import device
from tests.roipool.cuda import shim
from tests.roipool.cuda.cases import (
    BAD_BOXES,
    ODD_BOXES,
    boxes_of,
    check_forward,
    every_choice,
    maps_of,
)
from tests.roipool.cuda.test_edges import assert_edges_equal, kernel_edges
from tests.roipool.cuda.test_scatter import check_order, check_rounding, problem, run
from tests.roipool.cuda.workbench import pretend

SOURCE = device.source()


def edges(cp):
    """Long boxes, fractional ones, half-way ones, all choices, and boxes that are none."""
    lengths = np.zeros((200, 5))
    lengths[:, 1:3], lengths[:, 3], lengths[:, 4] = 3, np.arange(3, 203), np.arange(2, 202)
    for convention in PRESETS.values():
        for table, scale in (
            (boxes_of(40, 2, 20, 30), 0.3),
            (ODD_BOXES, 1.0),
            (ODD_BOXES, 1e-42),
            (lengths[::3], 1.0),
        ):
            assert_edges_equal(cp, table, (7, 3), (250, 250), scale, convention)
        starts = kernel_edges(cp, BAD_BOXES, (1, 1), (9, 9), 1.0, convention)
        np.testing.assert_array_equal(starts[4], [-1, -1, -1, -1, -1, 0, 0, 0, 0, -1])
        assert (starts[0] >= starts[1])[:7].all()
    tiny = np.array([[0, a, b, c, d] for a, b, c, d in np.ndindex(2, 2, 2, 2)]) * 3e-46
    for convention in list(every_choice(get_convention("mmcv")))[::7]:
        assert_edges_equal(cp, tiny, (2, 2), (9, 9), 1.0, convention)
        assert_edges_equal(cp, boxes_of(30, 2, 20, 30), (3, 7), (20, 30), 0.7, convention)


def forward(plan, dtypes):
    """Ties, NaN, infinities, empty bins, bins larger than the windows, bins in two parts."""

    def check(cp):
        boxes = np.concatenate(
            [[[0, 0, 0, 10, 8]], boxes_of(2, 2, 9, 11), ODD_BOXES[:7], BAD_BOXES]
        )
        # Conventions differ in the scan, and in what nothing gives.
        odd = replace(PRESETS["fast_rcnn"], name="odd", empty_argmax=-7, empty_value=0.5)
        for dtype in dtypes:
            for kind, convention in (
                ("ties", odd),
                ("special", "chainer_roi_pooling_2d"),
                ("special", "mmcv"),
                ("special", "onnxruntime"),
                ("nan", "onnxruntime"),
                ("special", "openvino"),
                ("low", odd),
                ("low", "chainer_roi_pooling_2d"),
            ):
                maps = maps_of(kind, (2, 3, 9, 11), dtype)
                check_forward(cp, plan, maps, boxes, (3, 2), 1.0, convention)
            maps = maps_of("normal", (1, 35, 8, 9), dtype)
            large = np.array([[0, -90, -90, 90, 90], [0, 1, -80, 6, 81], [0, -80, 1, 81, 6.0]])
            large = np.concatenate([large, [[0, 0, 0, 8, 7]]])
            check_forward(cp, plan, maps, large, (5, 5), 1.0, "fast_rcnn")
        maps = maps_of("ties", (1, 1, 6, 6), dtypes[0])
        check_forward(cp, plan, maps, boxes_of(1, 1, 6, 6), (18, 17), 1.0, "article")

    return check


def backward(cp):
    """Shared cells, several slabs and chunks, places and images that are not there, halves."""
    for dtype in ("float16", "float32"):
        check_order(cp, (2, 2, 6, 6), 45, (3, 5), dtype)
        check_order(cp, (1, 1, 130, 131), 6, (7, 7), dtype)
        grads, places, _ = problem((2, 1, 4, 4), 60, (2, 2), dtype)
        images = np.tile([-1, 0, 5, 1, 2, 0], 10)
        exact = run(cp, grads, places, images, (2, 1, 4, 4)).astype(np.float64)
        quick = run(cp, grads, places, images, (2, 1, 4, 4), deterministic=False)
        np.testing.assert_allclose(quick, exact, rtol=1e-2, atol=1e-2)
    check_rounding(cp)


SECTIONS = {
    "edges": (edges, ["bin_edges"]),
    "reference": (
        forward("reference", ("float32", "float16")),
        ["bin_edges", "reference<float>", "reference<Half>"],
    ),
    "cells": (
        forward("cells", ("float32",)),
        [
            "bin_edges",
            "encode<float, false>",
            *(f"pool_cells<float, {a}, {n}>" for a in ("true", "false") for n in ("true", "false")),
        ],
    ),
    "windows": (
        forward("windows", ("float16",)),
        ["bin_edges", "widen<short>", "widen<long long>"]
        + [f"{k}<Half, {w}>" for k in ("encode", "pool_windows") for w in ("true", "false")]
        + [f"pool_cells<Half, {w}, true>" for w in ("true", "false")],
    ),
    "backward": (
        backward,
        [f"{k}<{t}>" for k in ("scatter", "scatter_atomic") for t in ("Half", "float")],
    ),
}


def removals(section, word, start=""):
    """The source with one occurrence of a word gone, for each."""
    found = list(re.finditer(re.escape(word), SOURCE))
    assert found
    return [
        pytest.param(
            section(m.start()), SOURCE[: m.start()] + SOURCE[m.end() :], id=f"no {word} {i}"
        )
        for i, m in enumerate(found)
    ]


def section_of(position):
    """The section of the kernel in which a position of the source lies."""
    name = re.findall(r"__global__ void (\w+)|void (pool)\(", SOURCE[:position])[-1]
    return {"encode": "cells", "scatter": "backward"}.get("".join(name), "cells")


def change(section, before, after, which=0):
    """The source with one occurrence of `before` changed."""
    parts = SOURCE.split(before)
    assert len(parts) > which + 1, before
    text = before.join(parts[: which + 1]) + after + before.join(parts[which + 1 :])
    return pytest.param(section, text, id=f"{section}: {before} -> {after or 'nothing'}")


MUTANTS = [
    *removals(section_of, "__syncthreads();"),
    *removals(section_of, "__syncwarp();"),
    change("reference", "    return key > best;\n}", "    return key >= best;\n}"),
    change("reference", "key > best || best == Number<T>::LARGEST", "key > best"),
    change("reference", "if (nan == NAN_FIRST && key == Number<T>::LARGEST)", "if (false)"),
    change("reference", "return best == -Number<T>::LARGEST", "return false"),
    change("cells", "IN_ORDER ? replaces<T>(key, best, nan) : key > best", "key > best"),
    change("reference", "if (magnitude > Number<T>::INFINITE)", "if (false)"),
    change("reference", "if (magnitude > ", "if (magnitude >= "),
    change("reference", "nan_wins ? Number<T>::LARGEST : -", "nan_wins ? -Number<T>::LARGEST : -"),
    change("reference", "nan_wins ? Number<T>::LARGEST : -", "nan_wins ? Number<T>::LARGEST : "),
    change("reference", "return bits < 0 ? -magnitude : magnitude;", "return bits;"),
    change("reference", "is_plain ? -Number<T>::LARGEST : key_of", "is_plain ? 0 : key_of"),
    change("reference", "-key | ~Number<T>::LARGEST", "-key"),
    change("reference", "if (element >= elements)", "if (element > elements)"),
    change("reference", "place = -1;", ";"),
    change("reference", "T value = empty_value", "T value = lowest"),
    change("edges", "up ? ceil(boundary) : floor(boundary)", "floor(boundary)"),
    change("edges", "up ? -floor_div(-product, count) : floor", "floor"),
    change("edges", "a / b - (a % b < 0)", "a / b"),
    change("edges", "is_end && rounding == OUTWARD", "is_end"),
    change("edges", "floor_div(2 * product + count", "floor_div(2 * product"),
    change("edges", "floor(__dadd_rn(boundary, 0.5))", "floor(boundary)"),
    change("edges", "rest ? length : i * floor_div", "i * floor_div"),
    change("edges", "fmax(last, first + 1)", "last"),
    change("edges", "fabs(__dadd_rn(x, -whole)) >= 0.5", "fabs(__dadd_rn(x, -whole)) > 0.5"),
    change("edges", "whole + copysign(1.0, x) : whole", "whole + 1 : whole"),
    change("edges", "single ? to_float32(start) : start", "to_float32(start)"),
    change("edges", "single ? to_float32(stop) : stop", "stop"),
    change("edges", "single ? to_float32(span) : span", "span"),
    change("edges", "single ? to_float32(offset) : offset", "offset"),
    change("edges", "if (product != OF_FLOAT64) {", "if (true) {"),
    change("edges", "rounding == HALF_EVEN", "rounding != HALF_EVEN"),
    change("edges", "__ddiv_rn(length, count)", "__ddiv_rn(length, count + 1e-12)"),
    change("edges", "single ? to_float32(quotient) : quotient", "quotient"),
    change("edges", "boundary = single ? to_float32(product) : product", "boundary = product"),
    change("edges", "single ? to_float32(sum) : sum", "sum"),
    change("edges", "(bits >> 29 & 1)", "1"),
    change("edges", "if (fabs(x) < 0x1p-126)", "if (false)"),
    change("edges", "if (fabs(x) >= 0x1.ffffffp127)", "if (false)"),
    change("edges", "const double far = 1 << 30", "const double far = 1e300"),
    change("edges", "degenerate ? start : stop", "stop"),
    change("edges", "degenerate ? degenerate_argmax : empty_argmax", "empty_argmax"),
    change("edges", "if (known && is_number)", "if (known)"),
    change("edges", "if (known && is_number)", "if (is_number)"),
    change("edges", "index == floor(index)", "true"),
    change("edges", "index < images", "true"),
    change("edges", "if (roi >= rois)", "if (roi > rois)"),
    change("reference", "skips_degenerate && is_number", "skips_degenerate"),
    change("cells", "replaces<T>(key, best, nan) : key > best", "false : key >= best"),
    change("cells", "best = better ? key : best", "best = key"),
    change("cells", "word += channels)", "++word)"),
    change("cells", "min((int)blockDim.x, channels - first_channel)", "(int)blockDim.x"),
    change("cells", "if (channel < channels && cell < cells)", "if (cell < cells)"),
    change("cells", "if (channel < channels && cell < cells)", "if (channel < channels)", 1),
    change("cells", "bin -= count;\n                ++channel;", "bin -= count;"),
    change("cells", "if ((int)threadIdx.x < in_tile)", ""),
    change("cells", "filled ? place : bins.empty_argmax", "place"),
    change("cells", "const int count = min(chunk, all - first);", "const int count = chunk;"),
    change("windows", "if (W::key(word) > best)", "if (W::key(word) >= best)"),
    change("windows", "cols = 1 << b", "cols = 2 << b"),
    change("windows", "at(windows, y0, x1 - cols)", "at(windows, y0, x0)"),
    change("windows", "at(windows, y1 - rows, x0)", "at(windows, y0, x0)"),
    change("windows", "at(windows, y1 - rows, x1 - cols)", "at(windows, y0, x0)"),
    change("windows", "if (y1 - y0 > 2 * rows || x1 - x0 > 2 * cols)", "if (false)"),
    change("windows", "at + step < size", "true"),
    change("windows", "there > here ? there : here", "here"),
    change("windows", "(0x7FFFFFFF - cell)", "cell"),
    change("windows", "levels_high - 1)", "levels_high)"),
    change("backward", "target < (unsigned)owned", "true"),
    change("backward", "(unsigned)places[k] - (unsigned)first_cell", "(unsigned)places[k]"),
    change("backward", "lane == __ffs(same) - 1", "true"),
    change("backward", "for (; same; same &= same - 1)", "for (int once = 0; once < 1; ++once)"),
    change("backward", "if (roi < last) {", "if (roi <= last) {"),
    change("backward", "roi += 32 / bins;", ""),
    change("backward", "image >= 0 && image < batch", "true"),
    change("backward", "cell >= 0 && cell < cells && image", "image"),
    change("backward", "rest == halfway && half & 1", "rest == halfway"),
    change("backward", "magnitude >= 0x477FF000", "magnitude >= 0x48000000"),
    change("backward", "magnitude < 0x33000000", "magnitude <= 0x33800000"),
    change("backward", "126 - exponent", "125 - exponent"),
    change("backward", "(first + 103)", "(first + 104)"),
]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("section", SECTIONS)
def test_the_cases_pass_without_a_change(monkeypatch, build, section):
    check, names = SECTIONS[section]
    check(pretend(monkeypatch, lambda *_: build(SOURCE, tuple(names), shim.WATCHED)))


@pytest.mark.sampled(24)
@pytest.mark.parametrize(("section", "mutant"), MUTANTS)
def test_a_changed_kernel_is_caught(monkeypatch, build, section, mutant):
    assert mutant != SOURCE
    check, names = SECTIONS[section]
    kernels = build(mutant, tuple(names), (*shim.WATCHED, "-w"))
    with pytest.raises((AssertionError, shim.LaunchError)):
        check(pretend(monkeypatch, lambda *_: kernels))
