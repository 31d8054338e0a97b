"""What people take away is what the stage shows: the article's animation, frame for frame."""

import io
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.collections import PolyCollection, QuadMesh
from matplotlib.colors import to_hex, to_rgba
from matplotlib.patches import Circle, PathPatch, Rectangle
from PIL import Image

from app.exercise.feature_maps import make_cells, make_maps
from app.exercise.maps import Maps
from app.exercise.record import Exercise, article_exercise, pool
from app.exports import fonts
from app.exports.colour import DARK_RED, RED, fills, inks, pale
from app.exports.draw import draw
from app.exports.gif import gif
from app.exports.picture import picture, rendered
from app.exports.plane import plane
from app.story.scenes import Scene, scenes
from app.text import LANGUAGES, Text, number

ARTICLE = article_exercise()
EN, ZH = Text("en"), Text("zh")
FIVE = ("input", "proposal", "sections", "maxima", "output")
EMPTY = replace(ARTICLE, boxes=((0, 0, 0, 2, 1),))
SHARED = replace(ARTICLE, boxes=((0, 0, 3, 6, 7),), convention="fast_rcnn")
SVG = "{http://www.w3.org/2000/svg}"


def scene_of(exercise, kind, text=EN):
    return next(s for s in scenes(exercise, pool(exercise), text) if s.kind == kind)


def drawn(exercise, kind, text=EN):
    (axes,) = draw(exercise, pool(exercise), scene_of(exercise, kind, text), text).axes
    return axes


def numbers(axes):
    """{(x, y) in cells: (what is written, colour)} of what is written on the map."""
    texts = {t.get_position(): (t.get_text(), to_hex(t.get_color())) for t in axes.texts}
    return {at: said for at, said in texts.items() if re.fullmatch(r"-?\d\.\d\d|∅", said[0])}


def words(axes):
    return [t.get_text() for t in axes.texts]


def lines(axes):
    """Black outlines as (left, top, right, bottom) in cells, from all polygons and rectangles."""
    found = set()
    for collection in axes.collections:
        if (
            isinstance(collection, PolyCollection)
            and to_hex(collection.get_edgecolor()[0]) == "#000000"
        ):
            found |= {tuple(path.get_extents().extents.tolist()) for path in collection.get_paths()}
    return found | set(rectangles(axes))


def rectangles(axes):
    return {
        tuple(float(side) for side in patch.get_bbox().extents): to_hex(patch.get_facecolor())
        for patch in axes.patches
        if isinstance(patch, Rectangle)
    }


def rings(axes):
    return [
        patch.center
        for patch in axes.patches
        if isinstance(patch, Circle) and to_hex(patch.get_edgecolor()) == RED
    ]


def opened(data):
    return Image.open(io.BytesIO(data))


def frames(data):
    """(pixels, duration) of each frame of a GIF."""
    animation = opened(data)
    told = []
    for k in range(animation.n_frames):
        animation.seek(k)
        told.append((np.asarray(animation.convert("RGB")), animation.info["duration"]))
    return told


@lru_cache
def scanned(exercise):
    return frames(gif(exercise, pool(exercise), EN, scan=True))


def reds(pixels):
    """How many pixels are red, whatever is mixed with it at the edges."""
    red, green, blue = pixels.astype(int).transpose(2, 0, 1)
    return int(((red > 170) & (green < 90) & (blue < 110)).sum())


# ---- the article's animation -----------------------------------------------------------------

BOX = (0, 3, 7, 8)  # left, top, right, bottom
CUTS = {(0, 3, 3, 5), (3, 3, 7, 5), (0, 5, 3, 8), (3, 5, 7, 8)}  # at column 3 and row 5
MAXIMA = {(0.5, 3.5): "0.85", (3.5, 3.5): "0.84", (2.5, 7.5): "0.97", (6.5, 5.5): "0.96"}
LINES = {"input": set(), "proposal": {BOX}, "sections": {BOX, *CUTS}, "maxima": {BOX, *CUTS}}
TITLES = ("input", "region proposal", "pooling sections", "max values in sections", "output")


@pytest.mark.parametrize(("kind", "title"), list(zip(FIVE, TITLES, strict=True)))
def test_each_frame_has_the_article_s_title(kind, title):
    axes = drawn(ARTICLE, kind)
    assert words(axes).count(title) == 1
    assert not set(TITLES) - {title} & set(words(axes))


@pytest.mark.parametrize("kind", FIVE[:4])
def test_the_map_and_its_lines_are_the_article_s_in_every_frame(kind):
    axes = drawn(ARTICLE, kind)
    written = {at: said for at, (said, _) in numbers(axes).items()}
    assert written == {
        (col + 0.5, row + 0.5): f"{value:.2f}"
        for row, values in enumerate(ARTICLE.cells)
        for col, value in enumerate(values)
    }
    assert lines(axes) == LINES[kind]
    red = {at: said for at, (said, colour) in numbers(axes).items() if colour == DARK_RED}
    assert red == (MAXIMA if kind == "maxima" else {})
    assert set(rings(axes)) == set(red)


def test_cells_have_the_colours_of_viridis_between_the_smallest_and_the_largest():
    (mesh,) = (c for c in drawn(ARTICLE, "input").collections if isinstance(c, QuadMesh))
    colours = mesh.get_facecolor().reshape(8, 8, 4)
    assert to_hex(colours[6, 6]) == "#440154"  # 0.01
    assert to_hex(colours[7, 2]) == "#fde725"  # 0.97
    assert mesh.get_coordinates()[[0, -1], [0, -1]].tolist() == [[0, 0], [8, 8]]


def test_the_fifth_frame_holds_the_sections_alone_each_with_its_maximum_in_the_middle():
    axes = drawn(ARTICLE, "output")
    assert lines(axes) == CUTS
    assert {at: said for at, (said, _) in numbers(axes).items()} == {
        (1.5, 4.0): "0.85", (5.0, 4.0): "0.84", (1.5, 6.5): "0.97", (5.0, 6.5): "0.96"
    }  # fmt: skip
    viridis = {
        value: to_hex(fills(np.array(value), plane_of(ARTICLE).values)) for value in (0.85, 0.97)
    }
    filled = rectangles(axes)
    assert filled[0, 3, 3, 5] == viridis[0.85]
    assert filled[0, 5, 3, 8] == viridis[0.97] == "#fde725"


def plane_of(exercise):
    return plane(exercise, pool(exercise))


def test_the_gif_is_the_article_s_five_frames_of_a_second_and_a_half_for_ever():
    data = gif(ARTICLE, pool(ARTICLE), EN)
    assert [duration for _, duration in frames(data)] == [1500] * 5
    assert opened(data).info["loop"] == 0


def test_red_appears_with_the_maxima_and_not_before():
    counted = [reds(pixels) for pixels, _ in frames(gif(ARTICLE, pool(ARTICLE), EN))]
    assert counted[3] > 500
    assert counted[:3] + counted[4:] == [0] * 4


# ---- animations --------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", [ARTICLE, SHARED, EMPTY], ids=["article", "shared", "empty"])
def test_with_the_scan_every_scene_is_a_frame_with_its_time(exercise):
    result = pool(exercise)
    told = scenes(exercise, result, EN)
    shown = scanned(exercise)
    assert [duration for _, duration in shown] == [scene.hold for scene in told]


@pytest.mark.parametrize("exercise", [ARTICLE, SHARED, EMPTY], ids=["article", "shared", "empty"])
def test_frames_that_share_their_ground_look_as_if_drawn_alone(exercise):
    result = pool(exercise)
    told = scenes(exercise, result, EN)
    shown = scanned(exercise)
    for k in (0, 1, 2, len(told) // 2, len(told) - 2, len(told) - 1):
        alone = np.asarray(rendered(draw(exercise, result, told[k], EN), shown[k][0].shape[1]))
        # The palette has not every grey at the edges of letters.
        assert np.abs(alone.astype(int) - shown[k][0]).max() < 90, told[k]


def test_areas_keep_their_colours_in_every_frame():
    first, *_, last = (pixels for pixels, _ in frames(gif(ARTICLE, pool(ARTICLE), EN)))
    assert first[2, 2].tolist() == last[2, 2].tolist() == [255, 255, 255]
    yellow = [253, 231, 37]
    counts = [int((pixels == yellow).all(axis=2).sum()) for pixels in (first, last)]
    assert min(counts) > 5000


def test_progress_rises_from_nothing_to_all():
    heard = []
    gif(ARTICLE, pool(ARTICLE), EN, scan=True, progress=heard.append)
    assert heard == sorted(heard)
    assert (heard[0], heard[-1]) == (0, 1)
    assert len(heard) == 42  # 40 scenes, the start and the end


def test_a_map_without_a_box_is_one_frame():
    alone = replace(ARTICLE, boxes=())
    assert opened(gif(alone, pool(alone), EN)).n_frames == 1
    assert opened(gif(alone, pool(alone), EN, scan=True)).n_frames == 1
    assert lines(drawn(alone, "input")) == set()


# ---- other exercises ----------------------------------------------------------------------------


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


# ---- pictures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FIVE)
def test_a_png_is_as_wide_as_a_projector(kind):
    image = opened(picture(ARTICLE, pool(ARTICLE), scene_of(ARTICLE, kind), EN, "png"))
    image.load()
    assert (image.format, image.width) == ("PNG", 1600)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exercise", [ARTICLE, SHARED, EMPTY], ids=["article", "shared", "empty"])
def test_an_svg_is_xml_with_its_text_as_text_and_points_nowhere(exercise, language):
    text = Text(language)
    for scene in scenes(exercise, pool(exercise), text)[:4]:
        data = picture(exercise, pool(exercise), scene, text, "svg").decode()
        root = ElementTree.fromstring(data)
        said = [element.text for element in root.iter(f"{SVG}text")]
        assert "0.85" in said
        assert "".join(said).replace(" ", "").count(scene.caption[:6].replace(" ", "")) == 1
        assert not root.findall(f".//{SVG}image")
        outside = re.sub(r'xmlns(:\w+)?="[^"]*"', "", data)
        assert not re.search(r"https?:|//|<!DOCTYPE|<script", outside.split("?>", 1)[1])


def test_the_same_scene_gives_the_same_bytes():
    for kind in ("png", "svg"):
        first, second = (
            picture(SHARED, pool(SHARED), scene_of(SHARED, "sections"), EN, kind) for _ in range(2)
        )
        assert first == second


def test_pictures_drawn_at_once_are_those_drawn_one_by_one():
    tasks = [(kind, form) for kind in ("sections", "output") for form in ("png", "svg")]

    def make(task):
        return picture(SHARED, pool(SHARED), scene_of(SHARED, task[0]), EN, task[1])

    with ThreadPoolExecutor(4) as threads:
        at_once = list(threads.map(make, tasks))
    assert at_once == [make(task) for task in tasks]


def test_gifs_drawn_at_once_are_those_drawn_one_by_one():
    with ThreadPoolExecutor(2) as threads:
        at_once = list(threads.map(lambda text: gif(ARTICLE, pool(ARTICLE), text), [EN, EN]))
    assert at_once == [gif(ARTICLE, pool(ARTICLE), EN)] * 2


HOSTILE = [
    "</text><script>alert(1)</script>",
    "$x^2$ $\\frac{",
    "a & b ]]> <!-- \" ' %s {0}",
    "nul \x00 bell \x07 escape \x1b",
    "surrogate \ud800, noncharacter \uffff, emoji \U0001f600, עברית",
    "line\nbreak\ttab\u2028separator",
    "w" * 5000,
    "",
]


@pytest.mark.parametrize("caption", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_people_write_is_text(caption):
    scene = Scene("input", caption)
    root = ElementTree.fromstring(picture(ARTICLE, pool(ARTICLE), scene, EN, "svg"))
    assert not list(root.iter(f"{SVG}script"))
    if "script" in caption:
        assert caption in [element.text for element in root.iter(f"{SVG}text")]
    if "$" in caption:
        assert any("$x^2$" in (element.text or "") for element in root.iter(f"{SVG}text"))
    assert opened(picture(ARTICLE, pool(ARTICLE), scene, EN, "png")).width == 1600


# ---- words -------------------------------------------------------------------------------------


@pytest.mark.skipif(fonts.chinese_font() is None, reason="no Chinese font is installed")
def test_chinese_is_drawn_where_there_is_a_font_for_it():
    axes = drawn(ARTICLE, "maxima", ZH)
    assert ZH("exports.kind.maxima") in words(axes)
    assert scene_of(ARTICLE, "maxima", ZH).caption in words(axes)


def test_without_a_chinese_font_the_words_are_english_and_no_boxes(monkeypatch):
    monkeypatch.setattr(fonts, "chinese_font", lambda: None)
    axes = drawn(ARTICLE, "maxima", ZH)
    assert "max values in sections" in words(axes)
    assert scene_of(ARTICLE, "maxima").caption in words(axes)
    assert words(axes) == words(drawn(ARTICLE, "maxima"))
    assert gif(ARTICLE, pool(ARTICLE), ZH) == gif(ARTICLE, pool(ARTICLE), EN)


@pytest.mark.parametrize("width", [8, 20, 50])
@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_hold_every_word_and_fit(width, language):
    for scene in scenes(ARTICLE, pool(ARTICLE), Text(language)):
        lines = fonts.wrap(scene.caption, width, 100)
        assert "".join(lines).replace(" ", "") == scene.caption.replace(" ", "")
        assert max(map(fonts.ems, lines)) <= width + 1
        assert not any(line[0] in "，。；：）" for line in lines)


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
