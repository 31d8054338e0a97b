"""Worksheets as they are seen: all of it on the page, codes that a phone reads, every lesson."""

import numpy as np
import pytest
import zxingcpp
from matplotlib.backends.backend_agg import FigureCanvasAgg

from app.exports.fonts import chinese_font
from app.lessons.lesson import lessons
from app.text import Text, strings
from app.worksheets.order import Order
from app.worksheets.page import PAPERS
from app.worksheets.pdf import pages
from tests.worksheets import sample
from tests.worksheets.printed import read, words

ADDRESS = "https://roipool.example/lessons"


@pytest.fixture
def said(monkeypatch):
    sample.say(monkeypatch)


@pytest.mark.sampled(6)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("key", sample.ASKS)
def test_nothing_is_drawn_past_the_margins(said, key, paper):
    for page in pages(Order(sample.only(key), 7, 1, "en", paper, True, ADDRESS)):
        drawn = FigureCanvasAgg(page.figure)
        drawn.draw()
        dark = np.asarray(drawn.buffer_rgba())[..., :3].min(axis=2) < 200
        rows, cols = (np.flatnonzero(dark.any(axis=axis)) for axis in (1, 0))
        margin = 6 / 25.4 * page.figure.dpi
        assert min(rows[0], cols[0]) > margin
        assert rows[-1] < dark.shape[0] - margin
        assert cols[-1] < dark.shape[1] - margin


def test_each_question_has_a_code_that_opens_it(said):
    lesson = sample.only("value", "pick")
    (page,) = pages(Order(lesson, 7, address=ADDRESS))
    page.figure.set_dpi(120)
    drawn = FigureCanvasAgg(page.figure)
    drawn.draw()
    found = zxingcpp.read_barcodes(np.asarray(drawn.buffer_rgba())[..., :3].copy())
    assert {code.text for code in found} == {
        f"{ADDRESS}?lesson=77&step={step}&seed=7" for step in (1, 2)
    }


WRITTEN = [one for one in lessons() if f"lessons.{one.name}.title" in strings("en")]


@pytest.mark.sampled(26)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("lesson", WRITTEN, ids=lambda lesson: lesson.name)
def test_every_lesson_prints(lesson, language):
    readers = [read(lesson, filled, language) for filled in (False, True)]
    counts = [len(reader.pages) for reader in readers]
    blank, filled = map(words, readers)
    assert counts[0] < counts[1]
    assert sum((filled - blank).values()) > 4
    # How many pages there are stands on each; the line for a name may be read with the title.
    name = Text(language if language == "en" or chinese_font() else "en")("lessons.sheet.name")
    left = set(blank - filled) - {str(counts[0])}
    assert all(word.endswith(name) for word in left)
