"""Links: what is on screen travels in the address, and comes back in another browser."""

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from app.exercise.feature_maps import make_maps
from app.exercise.link import decode, encode
from app.exercise.record import Exercise, article_exercise
from app.text import strings

from .part import expect
from .stage_page import TEXT
from .widgets import set_map

CHINESE = strings("zh")
BATCH = Exercise(
    maps=make_maps("random", 6, 9, seed=5, images=3, channels=2),
    boxes=((0, 0, 3, 7, 8), (2, 1, 1, 5, 4.5)),
    output_size=(3, 2),
    convention="mmcv",
    selected=1,
    image=2,
    channel=1,
)


def code_in(stage):
    return parse_qs(urlsplit(stage.address()).query).get("x", [None])[0]


def test_the_address_follows_what_is_on_screen_and_opens_it_again(playground, app_url):
    assert code_in(playground) is None
    playground.type_cell(0, 0, "0.125")
    playground.drag("roi-0", -1, 1)
    code = code_in(playground)
    made = decode(code)
    assert [list(box) for box in made.boxes] == playground.boxes()
    assert made.cells[0][0] == 0.125
    again = playground.leave().open(f"{app_url}/playground?x={code}")
    assert again.boxes() == [list(box) for box in made.boxes]
    assert again.cell(0, 0) == 0.125
    assert code_in(again) == code


def test_a_link_brings_back_a_batch_and_what_was_looked_at(open_page):
    stage = open_page(f"/playground?x={encode(BATCH)}")
    assert stage.size() == (6, 9)
    assert stage.root.attribute("data-image") == "2"
    assert stage.root.attribute("data-channel") == "1"
    expect(stage.part("pick-1")).to_be_checked()
    assert stage.boxes() == [list(box) for box in BATCH.boxes]
    assert code_in(stage) == encode(BATCH)


def test_the_copy_button_gives_the_link_and_says_so(playground):
    playground.part("copy-link").click()
    field = playground.part("link")
    expect(field).to_be_visible()
    assert decode(field.value().partition("?x=")[2]) == article_exercise()
    card = playground.locator(".link-card")
    sentences = (TEXT["stage.link.copied"], TEXT["stage.link.select"])
    said = re.compile("|".join(map(re.escape, sentences)))
    expect(card).to_contain_text(said)
    playground.press("Escape")
    expect(card).to_be_hidden()


def test_what_is_too_large_for_a_link_is_said_at_the_button(playground):
    set_map(playground, np.random.default_rng(0).random((64, 64)).tolist())
    assert code_in(playground) is None
    playground.part("copy-link").click()
    expect(playground.locator(".link-card")).to_contain_text("too large for a link")
    expect(playground.part("link")).to_be_hidden()


@pytest.mark.parametrize(
    "query", ["x=1broken", "x=" + "A" * 9000, "x=%00%ff", "preset=<b>nobody</b>"]
)
def test_a_link_that_cannot_be_opened_shows_the_article_and_says_so(open_page, query):
    stage = open_page(f"/?{query}")
    assert stage.finish().output() == [[0.85, 0.84], [0.97, 0.96]]
    expect(stage.part("stAlert")).to_be_visible()
    assert stage.locator("b", has_text="nobody").amount() == 0


def test_a_preset_opens_by_its_name(open_page):
    stage = open_page("/?preset=article-by-torchvision")
    assert stage.finish().output() == [[0.85, 0.96], [0.97, 0.91]]


def test_a_link_shows_the_step_that_was_on_screen(replay, app_url):
    replay.next.click()
    replay.drag("roi-0", -1, 0)
    replay.next.click()
    scene, step, url = replay.scene(), replay.step(), replay.address()
    assert (scene, f"at={step}" in url) == ("sections", True)
    again = replay.leave().open(url)
    assert (again.scene(), again.step()) == (scene, step)
    again.rewind()
    assert "at=" not in again.address()


def test_a_reload_keeps_the_language(open_page):
    stage = open_page()
    with stage.rerun():
        stage.get_by_role("radio", name="简体中文").click()
    expect(stage.root).to_have_attribute("aria-label", CHINESE["stage.described"])
    assert "lang=zh" in stage.address()
    stage.reload()
    link = stage.get_by_role("link", name=CHINESE["page.playground"], exact=True)
    expect(link).to_be_visible()
