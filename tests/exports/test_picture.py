"""A scene as a PNG or an SVG that can be shown anywhere."""

import re
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import pytest

from app.exercise.record import pool
from app.exports.gif import gif
from app.exports.picture import picture
from app.story.scenes import Scene, scenes
from app.text import LANGUAGES, Text
from tests.exports.drawings import ARTICLE, EMPTY, EN, FIVE, SHARED, SVG, opened, scene_of


@pytest.mark.parametrize("kind", FIVE)
def test_a_png_is_as_wide_as_a_projector(kind):
    image = opened(picture(ARTICLE, pool(ARTICLE), scene_of(ARTICLE, kind), EN, "png"))
    image.load()
    assert (image.format, image.width) == ("PNG", 1600)


@pytest.mark.sampled(3)
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


@pytest.mark.sampled(4)
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
