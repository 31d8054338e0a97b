"""Every mistake that a lesson knows, as a way of computing: a row each.

Each is a misconception that people were seen to hold about RoI pooling. Its sentences stand in
assets/i18n under ``lessons.mistake.KEY``: `named` says what it does, `mended` what is done instead.
"""

from app.lessons import aligning, slips
from app.lessons.ways import Way
from roipool import Change

MISTAKES: dict[str, Way] = {
    # Which cells the box holds.
    "end_counted": slips.ruled(inclusive_end=True),
    "end_left_out": slips.ruled(inclusive_end=False),
    "swapped_xy": slips.read(Change("swapped_xy")),
    "xywh": slips.read(Change("xywh")),
    "scale_forgotten": slips.read(Change("scale_forgotten")),
    "scale_twice": slips.read(Change("scale_twice")),
    "scale_inverted": slips.read(Change("scale_inverted")),
    "box_floored": slips.ruled(rounding="floor"),
    "box_outward": slips.ruled(rounding="outward"),
    "box_unrounded": Way(cells=slips.unrounded),
    "last_cell_named": slips.cells(lambda cells: (cells[0], cells[1], cells[2] - 1, cells[3] - 1)),
    "corners_sorted": slips.boxes(slips.sorted_corners),
    "moved_inside": slips.boxes(slips.moved_in),
    "clipped_first": slips.read(Change("clipped")),
    "left_empty": slips.ruled(min_cells=0),
    # Whose rule it is.
    "as_article": slips.preset("article"),
    "as_fast_rcnn": slips.preset("fast_rcnn"),
    "as_mmcv": slips.preset("mmcv"),
    "as_chainer_roi_max_pooling_2d": slips.preset("chainer_roi_max_pooling_2d"),
    "whole_map": slips.boxes(slips.as_large_as_map),
    # How it is cut.
    "rounded_once": slips.ruled(
        rounding="none", arithmetic="float64", stop="ceil", inclusive_end=False, min_cells=0
    ),
    "rest_lost": slips.ruled(arithmetic="step"),
    "rest_to_last": slips.ruled(arithmetic="step_rest"),
    "rounded_up": slips.cut(slips.ceiled),
    "first_longer": slips.cut(slips.step_and_overlap),
    "rounded_to_nearest": slips.ruled(stop="nearest"),
    "stops_rounded_up": slips.ruled(stop="ceil"),
    "made_to_tile": slips.ruled(stop="floor"),
    "at_least_a_cell": slips.ruled(stop="floor_or_one"),
    "size_for_number": slips.cut(slips.as_long_as_many),
    "start_forgotten": Way(cut=slips.from_zero),
    # One rule for the other.
    "article_rule": slips.ruled(inclusive_end=False, arithmetic="exact", stop="floor"),
    "framework_rule": slips.ruled(inclusive_end=True, arithmetic="float32", stop="ceil"),
    # What a section gives.
    "average": Way(value=slips.average),
    "box_maximum": slips.of(slips.of_box),
    "next_section": slips.of(lambda taken: taken.shifted(0, 1)),
    "section_below": slips.of(lambda taken: taken.shifted(1, 0)),
    "first_cell": slips.at(slips.first),
    "middle_cell": slips.at(slips.middle),
    "smallest": slips.at(slips.smallest),
    "nearest_for_empty": slips.of(slips.filled),
    "transposed": Way(arranged=lambda made: made.T),
    # What RoIAlign gives.
    "align_pooled": Way(align=aligning.pooled),
    "align_rounded": Way(align=aligning.rounded),
    "align_nearest": Way(align=aligning.nearest),
    "align_evenly": Way(align=aligning.evenly),
    "align_by_corners": Way(align=aligning.by_corners),
    # How large the output is.
    "size_of_box": slips.shaped(slips.size_of_box),
    "one_per_image": slips.shaped(lambda exercise, right: [exercise.maps.images, *right[1:]]),
    "channels_merged": slips.shaped(lambda _, right: [right[0], 1, *right[2:]]),
    "boxes_times_images": slips.shaped(
        lambda exercise, right: [right[0] * exercise.maps.images, *right[1:]]
    ),
    "width_first": slips.shaped(lambda _, right: [*right[:2], right[3], right[2]]),
    # Where the gradient goes.
    "spread_evenly": slips.spread(slips.every_cell, divided=True),
    "to_all_of_section": slips.spread(slips.every_cell, divided=False),
    "to_every_tie": slips.spread(slips.ties, divided=False),
    "ties_share": slips.spread(slips.ties, divided=True),
    "shared_once": Way(sent=slips.once),
    "gradient_of_ones": Way(sent=slips.ones),
}
"""The mistakes by key, each with the way of computing of whoever holds it."""
