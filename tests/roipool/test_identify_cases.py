"""Outputs as people have reported them, and what made each."""

from pathlib import Path

import numpy as np
import pytest

from roipool import identify

CASES = Path(__file__).parent / "cases"

# file; what is among the best explanations: rule, reading, choices of the rule
REPORTED = [
    ("floor_inclusive", "fast_rcnn", "as_given", {"rounding": "floor"}),
    ("floor_exclusive", "chainer_roi_max_pooling_2d", "as_given", {"rounding": "floor"}),
    ("sevilla_keras_roipooling", "keras_roi_pooling", "as_given", {}),
    ("keras_frcnn_theano_min_one_cell", "keras_frcnn", "xywh", {}),
    ("align_sampling_ratio_1", "roi_align", "as_given", {"aligned": True, "sampling_ratio": 1}),
    (
        "identify_roi_align_alignedFalse_sr3",
        "roi_align",
        "as_given",
        {"aligned": False, "sampling_ratio": 3},
    ),
    (
        "identify_roi_align_alignedTrue_sr4",
        "roi_align",
        "as_given",
        {"aligned": True, "sampling_ratio": 4},
    ),
    ("identify_batch_off_by_one", "fast_rcnn", "index_by", {}),
    ("identify_clipped_boxes", "fast_rcnn", "clipped", {}),
    ("identify_cxcywh_passed_as_corners", "fast_rcnn", "as_centre_size", {}),
    ("identify_output_nhwc", "fast_rcnn", "output_nhwc", {}),
    ("identify_scale_twice", "fast_rcnn", "scale_twice", {}),
    ("identify_printed_5_significant_yxyx", "fast_rcnn", "swapped_xy", {}),
    ("index_last_vision1875", "fast_rcnn", "index_last", {}),
    ("matlab_torch7_from_1", "fast_rcnn", "from_1", {}),
    ("nhwc_article", "article", "map_nhwc", {}),
    ("normalised_corners", "fast_rcnn", "fractions", {}),
    ("yolo_rows", "fast_rcnn", "centre_size+fractions", {}),
    ("two_scales_vision7738", "fast_rcnn", "scale_down", {}),
    ("printf_6_decimals", "fast_rcnn", "as_given", {}),
    ("fp16_saved_as_float32", "fast_rcnn", "as_given", {}),
]


def read(name):
    """(input, boxes, output, spatial_scale) of a case."""
    with np.load(CASES / f"{name}.npz") as case:
        held = {key: case[key] for key in case}
    scale = held.get("spatial_scale", held.get("s", 1.0))
    x, boxes, output = (
        held[long] if long in held else held[short]
        for long, short in (("map", "x"), ("boxes", "r"), ("output", "y"))
    )
    return x, boxes, output, float(scale)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("name", "rule", "reading", "choices"), REPORTED, ids=[case[0] for case in REPORTED]
)
def test_what_made_a_reported_output_is_among_the_best_explanations(name, rule, reading, choices):
    matches = identify(*read(name))
    best = [match for match in matches if match.rank == 1]
    assert matches[0].differing == 0
    assert (rule, reading, choices) in [(m.name, m.reading.key, dict(m.rule.choices)) for m in best]


@pytest.mark.parametrize("name", ["floor_inclusive", "floor_exclusive"])
def test_corners_that_were_cut_off_are_not_said_to_have_been_moved(name):
    best = [match for match in identify(*read(name)) if match.rank == 1]
    assert not any("offset" in match.reading.key for match in best)


def test_every_case_is_asked():
    assert sorted(path.stem for path in CASES.glob("*.npz")) == sorted(case[0] for case in REPORTED)
