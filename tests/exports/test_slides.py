"""Slides and stills tell the whole story, in words that can be read, edited and spoken."""

import io
import json
import zipfile
from dataclasses import replace
from itertools import islice, pairwise

import pytest
from pptx import Presentation
from pptx.util import Inches

from app.exercise.feature_maps import make_cells
from app.exercise.maps import Maps
from app.exercise.record import Exercise, pool
from app.exports.draw import draw
from app.exports.fonts import fill
from app.exports.picture import rendered
from app.exports.plane import plane
from app.exports.sheet import Sheet
from app.exports.slides import LINE, slides
from app.exports.steps import MOST_SEARCHED, steps
from app.exports.stills import pictured, stills
from app.story.chapters import story
from app.story.scenes import scenes
from app.text import LANGUAGES, Text
from roipool import get_convention
from tests.exports.drawings import ARTICLE, EN, ZH
from tests.exports.drawings import opened as opened_png

# Pixels of a row: what is drawn is looked at elsewhere.
FEW = 160
MANY = Exercise(
    Maps(make_cells("random", 2, 3)), ((0, 0, 0, 2, 1),), (14, 14), convention="fast_rcnn"
)
FAR = replace(ARTICLE, boxes=((0, -1e300, -1e300, 1e300, 1e300),), output_size=(9, 9))


def opened(made):
    return Presentation(io.BytesIO(made))


def parts(slide):
    """Title, picture and caption of a slide: there is nothing else on it."""
    title, picture, caption = slide.shapes
    assert title == slide.shapes.title
    return title, picture, caption


def alternative(picture):
    return picture.element.nvPicPr.cNvPr.get("descr")


@pytest.fixture(scope="module")
def blank():
    """Sheets are as large as ever and stay empty: what takes long is to draw."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.exports.stills.draw", empty)
        yield


def empty(exercise, result, scene, text, *, worded):
    return Sheet(plane(exercise, result), text, worded).figure


@pytest.fixture(scope="module", params=LANGUAGES)
def told(request, blank):
    """The article's story in a language: its strings, what stops in it, its slides."""
    text = Text(request.param)
    stops = [scene for scene in scenes(ARTICLE, pool(ARTICLE), text) if scene.stop]
    return text, stops, opened(slides(ARTICLE, text, wide=FEW))


def test_a_picture_is_that_of_its_step_without_words():
    _, (step, picture) = islice(pictured(ARTICLE, EN, FEW), 2)
    figure = draw(ARTICLE, pool(ARTICLE), step.scene, EN, worded=False)
    assert opened_png(picture).tobytes() == rendered(figure, FEW).tobytes()
    said = {one.get_text() for one in figure.axes[0].texts}
    assert "0.97" in said
    assert not {EN("exports.kind.proposal"), step.caption} & said
    high, wide = (round(side * 100) for side in figure.get_size_inches()[::-1])
    assert (wide, high) == (800, 730)


def test_each_step_that_stops_is_a_slide_with_its_title_its_picture_and_its_caption(told):
    text, stops, deck = told
    shown = [parts(slide) for slide in deck.slides]
    assert [caption.text_frame.text for *_, caption in shown] == [one.caption for one in stops]
    assert [alternative(picture) for _, picture, _ in shown] == [one.caption for one in stops]
    titles = [title.text_frame.text for title, *_ in shown]
    assert titles[:3] == [text(f"story.{kind}.title") for kind in ("input", "proposal", "sections")]
    assert titles[3:7] == [text("exports.section", i=i, j=j) for i in (0, 1) for j in (0, 1)]
    assert {picture.image.size[0] for _, picture, _ in shown} == {FEW}


def test_the_notes_explain_and_give_the_arithmetic_of_the_cut(told):
    text, stops, deck = told
    bodies = {
        one["kind"]: one["body"] for one in story(ARTICLE, pool(ARTICLE), text, at_hand=False)
    }
    notes = [slide.notes_slide.notes_text_frame.text.split("\n") for slide in deck.slides]
    assert [note[0] for note in notes] == [bodies[scene.kind] for scene in stops]
    assert [len(note) for note in notes] == [1, 1, 4, *[1] * 6]
    _, convention, rows, cols = notes[2]
    assert text("convention.article") in convention
    assert "n = 5" in rows
    assert "3–4 | 5–7" in rows
    assert "⌊0⌋ | ⌊2.50⌋" in rows
    assert "⌊3.50⌋ | ⌊7⌋" in cols


def test_the_slides_are_wide_and_in_the_readers_language(told):
    text, _, deck = told
    assert deck.slide_width * 9 == pytest.approx(deck.slide_height * 16, rel=1e-3)
    assert deck.core_properties.title == text("app.title")
    said = {"en": "en-US", "zh": "zh-CN"}[text.language]
    for slide in deck.slides:
        title, _, caption = parts(slide)
        for frame in (title.text_frame, caption.text_frame, slide.notes_slide.notes_text_frame):
            runs = [run for paragraph in frame.paragraphs for run in paragraph.runs]
            assert {run.font.language_id.xml_value for run in runs} == {said}


def test_a_font_that_has_chinese_is_named_for_it(blank):
    layout = opened(slides(replace(ARTICLE, boxes=()), ZH, wide=FEW)).slides[0].slide_layout
    for place in layout.placeholders:
        if place.placeholder_format.type.name in ("TITLE", "BODY"):
            assert "Microsoft YaHei" in place.element.xpath(".//a:lvl1pPr/a:defRPr/a:ea/@typeface")


def test_the_search_through_many_sections_ends_early_and_says_so():
    told = steps(MANY, pool(MANY), EN)
    searched = [step for step in told if step.scene.kind == "scan"]
    assert (len(searched), len(told)) == (MOST_SEARCHED, MOST_SEARCHED + 5)
    assert [step for step in told if f": {196 - MOST_SEARCHED}." in step.notes[-1]] == searched[-1:]
    few = replace(MANY, output_size=(4, 4))
    assert len(steps(few, pool(few), EN)) == 16 + 5
    assert all(len(step.notes) == 1 for step in steps(few, pool(few), EN)[3:])


@pytest.mark.parametrize("exercise", [MANY, FAR], ids=["many", "far"])
def test_nothing_overlaps_or_leaves_the_slide(exercise, blank):
    deck = opened(slides(exercise, EN, wide=FEW))
    for slide in deck.slides:
        spans = [(shape.top, shape.top + shape.height) for shape in parts(slide)]
        assert sorted(spans) == spans
        assert spans[0][0] >= 0
        assert all(above[1] <= below[0] + 1 for above, below in pairwise(spans))
        assert spans[-1][1] <= deck.slide_height
        for shape in parts(slide):
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
        assert fits(parts(slide)[2])


def fits(shape):
    """Whether what a shape says takes no more lines than it has room for, in its own size."""
    (run,) = shape.text_frame.paragraphs[0].runs
    lines = fill(run.text, (shape.width - Inches(0.2)) / run.font.size)
    return len(lines) * run.font.size * LINE <= shape.height - Inches(0.1)


def test_a_map_without_a_box_is_one_slide(blank):
    (slide,) = opened(slides(replace(ARTICLE, boxes=()), EN, wide=FEW)).slides
    assert parts(slide)[0].text_frame.text == EN("story.input.title")


HOSTILE = "</a:t><script>alert(1)</script> & ]]> [x](y) \x00\x1b\ud800\uffff\n# *b*"


def test_whatever_a_convention_is_called_is_text(blank):
    named = replace(ARTICLE, convention=replace(get_convention("article"), name=HOSTILE))
    note = opened(slides(named, EN, wide=FEW)).slides[2].notes_slide.notes_text_frame.text
    assert "</a:t><script>alert(1)</script> & ]]> [x](y) ����" in note
    folder = zipfile.ZipFile(io.BytesIO(stills(named, EN, wide=FEW)))
    page = folder.read("captions.md").decode()
    assert "\\<script\\>alert(1)\\</script\\> \\& \\]\\]\\> \\[x\\](y)" in page
    assert "# \\*b\\*" in page
    assert "\n# \\*b" not in page
    assert HOSTILE.split("\n")[0] in json.loads(folder.read("captions.json"))[2]["notes"][1]


def test_stills_are_pictures_and_what_each_of_them_says(blank):
    made = stills(ARTICLE, ZH, wide=FEW)
    folder = zipfile.ZipFile(io.BytesIO(made))
    told = steps(ARTICLE, pool(ARTICLE), ZH)
    records = json.loads(folder.read("captions.json"))
    assert [name for name in folder.namelist() if name.endswith(".png")] == [
        record["file"] for record in records
    ]
    assert [(one["title"], one["caption"], tuple(one["notes"])) for one in records] == [
        (step.title, step.caption, step.notes) for step in told
    ]
    page = folder.read("captions.md").decode()
    for step, record in zip(told, records, strict=True):
        assert opened_png(folder.read(record["file"])).width == FEW
        assert f"## {step.title}\n\n![{step.caption}]({record['file']})\n\n{step.caption}" in page
    assert stills(ARTICLE, ZH, wide=FEW) == made
