"""A scene of any exercise can be drawn, and what is drawn is what it is."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.collections import QuadMesh
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch

from app.exercise.feature_maps import make_cells, make_maps
from app.exercise.maps import Maps
from app.exercise.record import Exercise, pool
from app.exports.colour import DARK_RED, fills, inks, pale
from app.exports.draw import draw
from app.exports.gif import gif
from app.exports.picture import picture
from app.exports.plane import plane
from app.story.scenes import scenes
from app.text import number
from tests.exports.drawings import (
    ARTICLE,
    EMPTY,
    EN,
    SHARED,
    drawn,
    lines,
    numbers,
    opened,
    rectangles,
    rings,
    scene_of,
    words,
)


def test_shared_cells_are_hatched_and_the_output_is_an_equal_grid():
    axes = drawn(SHARED, "sections")
    (hatch,) = (p for p in axes.patches if isinstance(p, PathPatch) and p.get_hatch())
    inside = [
        (col, row)
        for row in range(8)
        for col in range(8)
        if hatch.get_path().contains_point((col + 0.5, row + 0.5))
    ]
    row_5, col_3 = {(col, 5) for col in range(7)}, {(3, row) for row in range(3, 8)}
    assert set(inside) == row_5 | col_3
    sides = {
        (round(x1 - x0, 6), round(y1 - y0, 6))
        for x0, y0, x1, y1 in rectangles(drawn(SHARED, "output"))
    }
    assert len(sides) == 1
    assert len(rectangles(drawn(SHARED, "output"))) == 4
    assert not any(p.get_hatch() for p in drawn(SHARED, "proposal").patches)


def test_hatching_lies_on_the_cells_and_under_the_numbers():
    axes = drawn(SHARED, "sections")
    (mesh,) = (c for c in axes.collections if isinstance(c, QuadMesh))
    (hatch,) = (p for p in axes.patches if p.get_hatch())
    over = [t.get_zorder() for t in axes.texts if t.get_text() == "0.13"]
    assert mesh.get_zorder() < hatch.get_zorder() < min(over)


def test_sections_without_a_cell_are_dashed_and_say_so():
    axes = drawn(EMPTY, "sections")
    assert "∅" in words(axes)
    assert any(line.is_dashed() for line in axes.lines)
    output = drawn(EMPTY, "output")
    assert words(output).count("∅") == 2
    dashed = [p for p in output.patches if p.get_linestyle() not in ("-", "solid")]
    assert len(dashed) == 2


def test_the_scan_marks_what_is_looked_at_and_the_largest_so_far():
    told = [s for s in scenes(ARTICLE, pool(ARTICLE), EN) if s.section == (1, 0)]
    (axes,) = draw(ARTICLE, pool(ARTICLE), told[1], EN).axes
    assert (1, 5, 2, 6) in lines(axes)
    assert set(rings(axes)) == {(0.5, 3.5), (3.5, 3.5), (0.5, 5.5)}


def test_cells_too_small_for_numbers_have_none_and_keep_their_rings():
    big = Exercise(Maps(make_cells("random", 64, 64)), ((0, 5, 10, 50, 60),), (7, 7))
    assert numbers(drawn(big, "maxima")) == {}
    assert len(rings(drawn(big, "maxima"))) == 49
    assert len(numbers(drawn(big, "output"))) == 49


def test_sections_too_small_for_their_numbers_are_put_out_on_an_equal_grid():
    tiny = Exercise(Maps(make_cells("random", 64, 64)), ((0, 0, 0, 7, 5),))
    assert len(numbers(drawn(tiny, "output"))) == 4
    assert (0, 0, 3, 2) not in lines(drawn(tiny, "output"))


@pytest.mark.sampled(6)
@pytest.mark.parametrize(
    "convention", ["article", "fast_rcnn", "mmcv", "chainer_roi_max_pooling_2d"]
)
@pytest.mark.parametrize("size", [(2, 2), (2, 64), (64, 2)])
@pytest.mark.parametrize(
    "box",
    [
        (0, 5, 3, 3, 8),
        (0, 90, 90, 99, 99),
        (0, -1e300, -1e300, 1e300, 1e300),
        (0, 0.4, 0.6, 1.7, 1.2),
    ],
)
def test_any_box_on_any_map_can_be_drawn(convention, size, box):
    cells = make_cells("random", *size)
    exercise = Exercise(Maps(cells), (box, (0, 0, 0, 1, 1)), (3, 14), convention)
    told = {s.kind: s for s in scenes(exercise, pool(exercise), EN)}
    for kind in ("maxima", "output"):
        draw(exercise, pool(exercise), told[kind], EN).canvas.draw()


@pytest.mark.parametrize("low_high", [(0.0, 0.0), (-1.5e308, 1.5e308), (0.0, 5e-324)])
def test_any_values_have_colours(low_high):
    low, high = low_high
    exercise = Exercise(Maps([[low, high], [high, low]]), ((0, 0, 0, 2, 2),))
    assert len(opened(gif(exercise, pool(exercise), EN)).getcolors(10**6)) > 2
    assert number(high) in words(drawn(exercise, "maxima"))


def test_black_white_and_red_can_be_read_on_what_is_under_them():
    plane_of_all = np.arange(256) / 256
    colours = fills(plane_of_all, np.array([0.0, 1.0]))
    for colour, ink in zip(colours, inks(colours), strict=True):
        assert contrast(to_rgba(ink), colour) >= 4.5
        assert contrast(to_rgba(DARK_RED), pale(colour)) >= 4.5


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


def test_the_app_starts_without_the_exports():
    code = "import sys, app.stage.mount, app.widgets.controls; print(*sys.modules)"
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert not {"matplotlib", "app.exports"} & set(run.stdout.split())


def test_drawing_leaves_the_settings_of_matplotlib_as_they_were():
    import matplotlib

    before = dict(matplotlib.rcParams)
    picture(ARTICLE, pool(ARTICLE), scene_of(ARTICLE, "output"), EN, "svg")
    assert dict(matplotlib.rcParams) == before


def test_of_a_batch_the_image_and_the_channel_that_are_looked_at_are_drawn():
    maps = make_maps("random", 6, 6, images=2, channels=2)
    boxes = ((0, 0, 0, 2, 2), (1, 1, 1, 5, 5), (1, 0, 0, 3, 3))
    batch = Exercise(maps, boxes, selected=1, image=1, channel=1)
    drawn = plane(batch, pool(batch))
    np.testing.assert_array_equal(drawn.values, maps.array[1, 1])
    assert (drawn.box, drawn.others) == ((1, 5, 1, 5), ((0, 3, 0, 3),))
    assert [bin_.value for bin_ in drawn.bins] == pool(batch).outputs[1, 1].ravel().tolist()
