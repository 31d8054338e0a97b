"""The box in image pixels: right in the hand, and Python says the same when it is let go."""

import re

import pytest

from app.exercise.presets import preset_exercise
from app.pixels.positions import Align, outputs
from app.pixels.quantise import quantise

from .launch import DESKTOP
from .part import expect
from .stage_page import TEXT, Stage
from .test_pages import CUT_OFF, PHONE, SCROLLED

NUMBERS = """(root) => {
  const part = (name) => root.querySelector(`[data-testid=${name}]`);
  const value = (name) => Number(part(name).dataset.value);
  const all = (name) =>
    [...part(name).querySelectorAll("[data-value]")].map(({dataset}) => Number(dataset.value));
  return {
    box: ["x1", "y1", "x2", "y2"].map((name) => Number(part(name).value)),
    drift: ["w", "n", "e", "s"].map((side) => value(`drift-${side}`)),
    lost: value("lost-share"),
    taken: value("taken-share"),
    pooled: all("pooled"),
    averaged: all("averaged"),
    strips: [...all("error-strip"), ...all("value-strip")],
    curves: [...root.querySelectorAll(".curve")].map((line) => line.getAttribute("d")),
    caption: part("caption").textContent,
  };
}"""


class Pixels(Stage):
    """The page with both views."""

    def __init__(self, *of):
        super().__init__(*of)
        self.root, self.map = self.part("pixels"), self.part("pool-map")

    def numbers(self):
        """Everything that the page says in numbers."""
        return self.root.read(NUMBERS)

    def pull(self, name, right, down, view="pool-map"):
        """Drag a box or a handle by pixels of the image, and hold it there."""
        x, y = self.part(view).part(name).middle()
        whole = self.part(view).place()
        self.hand.move(x, y)
        self.hand.press()
        self.hand.move(x + right * whole["width"] / 192, y + down * whole["height"] / 160, steps=4)


@pytest.fixture
def pixels(open_page):
    page = open_page("/pixels", Pixels)
    yield page
    page.resize(**DESKTOP["viewport"])


@pytest.fixture
def seen(open_page):
    """The page for a test that asks Python nothing: the first such opens it for those after it."""
    page = open_page("/pixels", Pixels, anew=False)
    yield page
    page.resize(**DESKTOP["viewport"])


def same(held, answered):
    """Sums may differ in the last bit, nothing else."""
    assert held["averaged"] == pytest.approx(answered["averaged"], abs=1e-12)
    assert held["strips"] == pytest.approx(answered["strips"], abs=1e-12)
    # A tenth of a pixel of the screen, for what is drawn.
    assert points(held) == pytest.approx(points(answered), abs=0.11)
    near = ("averaged", "strips", "curves")
    assert {**held, **dict.fromkeys(near)} == {**answered, **dict.fromkeys(near)}


def points(numbers):
    """The coordinates of all curves."""
    return [float(place) for line in numbers["curves"] for place in re.findall(r"[\d.]+", line)]


def test_what_the_hand_shows_is_what_python_answers(pixels):
    x1, y1, x2, y2 = 40, 24, 151, 119
    for view, name, right, down, box in [
        # Boxes, strides and ways to sample of every kind: tests/figures/pixels/model.test.mjs.
        ("pool-map", "roi-0-handle-ne", -17, 9, (x1, y1 + 9, x2 - 17, y2)),
        ("align-map", "roi-0", 300, 300, (98, 74, 192, 160)),
    ]:
        before = pixels.reruns
        pixels.pull(name, right, down, view)
        held = pixels.numbers()
        assert pixels.reruns == before
        pixels.hand.release()
        assert pixels.reruns == before + 1
        answered = pixels.numbers()
        assert tuple(answered["box"]) == box
        same(held, answered)
        found = quantise(preset_exercise("a-pixel-further"), [0, *box])
        assert (answered["lost"], answered["taken"]) == (found.lost.item(), found.taken.item())
        assert answered["drift"] == found.drift[0].tolist()


def test_the_arithmetic_from_pixels_to_cells_follows_the_hand(pixels):
    across, down = (pixels.part("rounding").locator("span").nth(k) for k in (0, 1))
    expect(across).to_have_text("x 40 / 16 = 2.50, 151 / 16 = 9.44 → columns 3–9")
    expect(down).to_have_text("y 24 / 16 = 1.50, 119 / 16 = 7.44 → rows 2–7")
    pixels.pull("roi-0-handle-n", 0, 17)
    expect(across).to_have_text("x 40 / 16 = 2.50, 151 / 16 = 9.44 → columns 3–9")
    expect(down).to_have_text("y 41 / 16 = 2.56, 119 / 16 = 7.44 → rows 3–7")
    pixels.hand.release()


def test_one_rounding_comes_first_on_a_photograph_that_the_map_covers_as_far_as_wanted(pixels):
    expect(pixels.part("step-first")).to_have_attribute("aria-pressed", "true")
    for view in ("pool-map", "align-map"):
        photo = pixels.part(view).locator(".photo")
        assert "data:image/jpeg" in photo.read("(photo) => getComputedStyle(photo).backgroundImage")
    canvas, numbers = (
        pixels.map.locator(f"canvas{name}") for name in (":first-of-type", ".numbers")
    )
    for cover, numbered in ((0, False), (50, False), (100, True)):
        pixels.part("cover").fill(str(cover))
        opacity = canvas.read("(canvas) => getComputedStyle(canvas).opacity")
        assert float(opacity) == cover / 100
        visible = numbers.read("(canvas) => getComputedStyle(canvas).visibility")
        assert visible == ("visible" if numbered else "hidden")


def test_outputs_are_the_library_s(seen):
    exercise = preset_exercise("a-pixel-further")
    pooled, averaged = outputs(exercise, Align(), exercise.boxes)
    shown = seen.numbers()
    assert shown["pooled"] == pooled.ravel().tolist()
    assert shown["averaged"] == averaged.ravel().tolist()


def test_each_rounding_can_be_looked_at_alone(seen):
    areas, ideal = (seen.root.locator(name) for name in (".area.lost", "path.ideal"))
    seen.part("step-first").click()
    expect(ideal).to_have_attribute("d", "")
    expect(areas).not_to_have_attribute("d", "")
    seen.part("step-second").click()
    expect(ideal).not_to_have_attribute("d", "")
    expect(areas).to_have_attribute("d", "")
    expect(seen.caption).to_contain_text("columns 3–6 | 6–9 and rows 2–4 | 5–7")


def test_a_sample_shows_its_four_cells_and_their_weights(seen):
    place = seen.part("align-map").place()
    for across, down in ((0.25, 0.27), (0.4, 0.5), (0.74, 0.69)):
        seen.hand.move(place["x"] + across * place["width"], place["y"] + down * place["height"])
        labels = seen.part("align-map").locator("[data-weight]")
        weights = labels.read_all("(all) => all.map(({dataset}) => Number(dataset.weight))")
        assert len(weights) == 4
        assert sum(weights) == pytest.approx(1)
    expect(seen.part("sample-readout")).to_contain_text("=")


def test_both_views_stand_under_one_another_on_a_phone(seen):
    seen.resize(360, 780)
    assert seen.map.place()["x"] < 60
    top, below = (seen.part(name).place() for name in ("pool-map", "align-map"))
    assert below["y"] > top["y"] + top["height"]
    assert seen.root.read(SCROLLED, "X") == []
    assert seen.root.read(CUT_OFF) == []


def test_arrows_move_by_a_pixel_and_with_shift_resize_in_one_edit(pixels):
    pixels.root.focus()
    before = pixels.reruns
    pixels.press_together("ArrowLeft", "ArrowUp", "ArrowUp", "Shift+ArrowRight")
    with pixels.at_once():
        held = pixels.numbers()
    assert pixels.reruns == before + 1
    assert held["box"] == [39, 22, 151, 117]
    same(held, pixels.numbers())


def test_a_tapped_sample_keeps_its_four_cells_until_another_place_is_tapped(open_page):
    pixels = open_page("/pixels", Pixels, **PHONE)
    before = pixels.reruns
    view = pixels.part("align-map")
    labels, place = view.locator("[data-weight]"), view.place()
    view.read("(view) => view.scrollIntoView({ block: 'center' })")
    for across, down in ((0.4, 0.5), (0.7, 0.4)):
        place = view.place()
        pixels.touch(
            place["x"] + across * place["width"], place["y"] + down * place["height"]
        ).lift()
        expect(labels).to_have_count(4)
        expect(pixels.part("sample-readout")).to_contain_text("=")
    pixels.touch(place["x"] + 3, place["y"] + place["height"] - 3).lift()
    expect(labels).to_have_count(0)
    assert pixels.reruns == before


def test_typed_numbers_may_be_fractions_and_those_off_the_image_are_refused(pixels):
    field = pixels.part("x1")
    field.fill("40.5")
    field.press("Enter")
    assert pixels.numbers()["drift"][0] == 7.5
    field.fill("-3")
    field.press("Enter")
    refused = TEXT["problem.pixels.outside"].format(first="x1", last="x2", most=192)
    expect(pixels.root.get_by_role("alert")).to_have_text(refused)
    expect(field).to_have_value("-3")
    assert pixels.numbers()["drift"][0] == 7.5


def test_a_box_that_is_not_rounded_can_be_dragged_too(pixels):
    box = pixels.get_by_role("combobox", name=TEXT["controls.convention"])
    box.click()
    with pixels.rerun():
        pixels.get_by_role("option", name=TEXT["convention.mmcv"]).click()
    pixels.pull("roi-0", 5, 3)
    held = pixels.numbers()
    pixels.hand.release()
    answered = pixels.numbers()
    assert held["pooled"] == [0, 0, 0, 0]  # not known yet
    assert len(set(answered["pooled"])) > 1
    for name in ("box", "drift", "lost", "taken", "caption"):
        assert held[name] == answered[name]


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_the_rounding_of_both_axes_stands_on_one_screen_with_the_maps(open_page, locale):
    page = open_page("/pixels", Pixels, locale=locale)
    for step in ("first", "second", "both"):
        page.part(f"step-{step}").click()
        expect(page.part("rounding")).to_be_in_viewport(ratio=1)
        expect(page.map).to_be_in_viewport(ratio=1)
