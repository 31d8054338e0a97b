"""The exercise as one file: from the disk, with the network off, it does what the app does."""

from dataclasses import replace

import numpy as np
import pytest

from app.exercise.coordinates import coordinates
from app.exercise.maps import Maps
from app.exercise.record import article_exercise
from app.takeaway.document import page as made
from app.takeaway.scorm import package
from app.text import Text, strings
from roipool import PRESETS, get_convention, roi_pool
from tests.sampling import SAMPLING

from .axe import violations
from .course_page import Course
from .file_page import File
from .part import expect
from .stage_page import HANDLES, KINDS

HOSTILE = "</script><script>document.title = 'taken'</script><img src=x onerror=alert(1)>"
FOREIGN = """() => {
  const script = document.createElement("script");
  script.textContent = "window.taken = true";
  document.head.append(script);
  fetch("https://roipool.example/").catch(() => {});
}"""
EXERCISE = replace(article_exercise(), convention=replace(get_convention("mmcv"), name=HOSTILE))


@pytest.fixture
def opened(new_screen, tmp_path):
    """Opens an exercise as a file in a browser that has no network."""

    def open_file(exercise=EXERCISE, language="en", **options):
        file = tmp_path / "roipool.html"
        file.write_text(made(exercise, Text(language)), encoding="utf-8")
        return new_screen(File, offline=True, **options).show(file)

    return open_file


def boxed(page, rule):
    """The numbers of the box that is drawn, under a convention."""
    top, bottom, left, right = map(int, page.drawn())
    lines = coordinates(8, get_convention(rule), 1.0)
    return [0, lines.firsts[left], lines.firsts[top], lines.lasts[right], lines.lasts[bottom]]


def test_it_pools_as_the_library_does_and_asks_nobody(opened):
    page = opened()
    random = np.random.default_rng(SAMPLING.seed)
    assert page.part("convention").locator("option").first.text() == HOSTILE
    page.go_to("output")
    for name in SAMPLING.of(list(PRESETS), 3):
        high, wide = random.integers(1, 9, 2).tolist()
        page.part("convention").select_option(str(1 + list(PRESETS).index(name)))
        page.part("output-rows").fill(str(high))
        page.part("output-cols").fill(str(wide))
        page.drag(f"roi-0-handle-{random.choice(HANDLES)}", *random.integers(-3, 3, 2).tolist())
        page.drag("roi-0", *random.integers(-2, 3, 2).tolist())
        box = boxed(page, name)
        pooled = roi_pool(EXERCISE.maps.array, [box], (high, wide), convention=name)[0, 0]
        assert page.output() == pooled.tolist(), (name, box)
    # Itself alone has been asked for, and nothing in it was kept from running.
    assert len(page.asked) == 1
    assert page.refused == []
    # What is not the file's own is: a script that somebody brings in, and a request.
    page.record(FOREIGN)
    page.until(lambda: len(page.refused) >= 2, True)
    assert page.recorded("taken") is None


def test_it_is_edited_taken_back_hidden_presented_and_read_in_both_languages(opened):
    page = opened(article_exercise(), locale="zh-CN")
    said = strings("zh")
    expect(page.get_by_text(said["takeaway.purpose"])).to_be_visible()
    page.go_to("maxima")
    page.type_cell(4, 4, "2.5")
    assert page.output() == [[0.85, 2.5], [0.97, 0.96]]
    page.part("undo").click()
    assert page.output() == [[0.85, 0.84], [0.97, 0.96]]
    page.part("output-rows").fill("99")
    expect(page.part("refused")).to_contain_text("99")
    assert page.output() == [[0.85, 0.84], [0.97, 0.96]]
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text(strings("en")["takeaway.purpose"])).to_be_visible()
    page.press("h")
    assert page.output() == [[None, None], [None, None]]
    page.press("h", "p")
    expect(page.part("convention")).to_be_hidden()
    page.press("p")
    expect(page.part("convention")).to_be_visible()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_breaks_no_rule_of_access(opened, theme):
    page = opened(article_exercise(), color_scheme=theme)
    page.go_to("output")
    assert violations(page) == []


def test_it_is_as_small_as_it_should_be():
    assert len(made(article_exercise(), Text("en")).encode()) < 200_000


def test_a_course_is_told_that_the_story_was_seen_and_then_left(new_screen):
    exercise = replace(article_exercise(), maps=Maps(np.eye(3)), boxes=((0.0, 0.0, 0.0, 2.0, 2.0),))
    course = new_screen(Course).show(package(made(exercise, Text("en"), []), "RoI pooling"))
    expect(course.framed("stage")).to_have_attribute("data-scene", "input")
    assert course.calls() == ["LMSInitialize", "LMSSetValue", "LMSCommit"]
    # Whoever goes straight to the end has not seen the way there.
    for kind in ["output", *KINDS[1:-1]]:
        assert course.values() == {"cmi.core.lesson_status": "incomplete"}
        course.go_to(kind)
    assert course.values() == {"cmi.core.lesson_status": "completed"}
    course.close_package()
    assert course.values()["cmi.core.session_time"] < "0000:10"
    assert course.calls()[-1] == "LMSFinish"
