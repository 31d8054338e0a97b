"""Worksheets as PDF: a filled one has what the library computes, and a blank one none of it."""

from collections import Counter

import numpy as np
import pytest

import roipool
from app.exercise.gradient import incoming
from app.exports.fonts import chinese_font
from app.text import Text, number, plain
from tests.worksheets import sample
from tests.worksheets.printed import read, words

ADDRESS = "https://roipool.example/lessons"
MILLIMETRES = {"A4": (210, 297), "Letter": (215.9, 279.4)}


def spans(bins):
    """The first and the last cell of each section of the first box, rows before columns."""
    for starts, stops in ((bins.y0, bins.y1), (bins.x0, bins.x1)):
        for start, stop in zip(starts[0], stops[0], strict=True):
            yield from (str(start), str(stop - 1))


def computed(key):
    """What the library makes of a question's exercise, as it is written down."""
    question = sample.only(key).question(1, 7)
    exercise = question.exercise
    given = (exercise.maps.array, list(exercise.boxes), exercise.output_size)
    options = {"convention": exercise.convention}
    if key in ("cut", "overlap"):
        size = exercise.size
        return spans(roipool.bin_edges(*given[1:], size, **options))
    if key == "shape":
        return map(str, roipool.roi_pool(*given, **options).shape)
    output, argmax = roipool.roi_pool_with_argmax(*given, **options)
    if key == "value":
        return map(number, output.ravel())
    if key == "pick":
        return map(str, divmod(int(argmax[0, 0][question.section]), exercise.size[1]))
    back = roipool.roi_pool_backward(
        incoming(exercise)[:, None], argmax, list(exercise.boxes), exercise.maps.array.shape
    )
    return (plain(float(amount)) for amount in back[back != 0])


@pytest.fixture
def said(monkeypatch):
    sample.say(monkeypatch)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("key", ["cut", "overlap", "pick", "value", "shape", "back"])
def test_a_filled_sheet_adds_what_the_library_computes_and_nothing_else(said, key):
    lesson = sample.only(key)
    blank, filled = words(read(lesson, False)), words(read(lesson, True))
    assert filled - blank == Counter(computed(key)) + Counter(["Answers"])
    assert blank - filled == Counter(["Name"])


def test_the_map_is_printed_as_it_is(said):
    exercise = sample.only("value").question(1, 7).exercise
    printed = Counter(
        word for word in words(read(sample.only("value"), False)).elements() if "." in word[1:-1]
    )
    assert printed == Counter(map(number, np.ravel(exercise.cells)))


def test_of_the_options_the_right_one_is_made_by_the_library_and_only_a_filled_sheet_ticks_it(said):
    lesson = sample.only("which")
    question = lesson.question(1, 7)
    exercise = question.exercise
    output = roipool.roi_pool(exercise.maps.array, list(exercise.boxes), exercise.output_size)
    blank, filled = (read(lesson, filled) for filled in (False, True))
    text = blank.pages[0].extract_text().split()
    letter = "ABCD"[question.options.index("right")]
    after = text[text.index(letter) + 1 :][: output.size]
    assert after == [number(value) for value in output.ravel()]
    assert words(filled) - words(blank) == Counter(["Answers"])
    drawn = [page.get_contents().get_data() for page in (blank.pages[0], filled.pages[0])]
    assert len(drawn[1]) > len(drawn[0])


@pytest.mark.parametrize(("paper", "language"), [("A4", "zh"), ("Letter", "en")])
def test_pages_are_of_the_paper_and_numbered(said, paper, language):
    reader = read(sample.only("box", "cells", "overlap", "value"), False, language, paper)
    assert len(reader.pages) == 2
    for page in reader.pages:
        inches = [float(side) / 72 * 25.4 for side in page.mediabox[2:]]
        np.testing.assert_allclose(inches, MILLIMETRES[paper], atol=0.1)
    text = Text(language if language == "en" or chinese_font() else "en")
    last = reader.pages[-1].extract_text()
    count = len(reader.pages)
    foot = text("lessons.sheet.page", seed=7, page=count, count=count)
    assert foot.replace(" ", "") in last.replace(" ", "")


def test_without_an_address_the_short_link_is_printed_and_no_code(said):
    lesson = sample.only("pick")
    without, with_ = (read(lesson, False, address=address) for address in ("", ADDRESS))
    assert "?lesson=77&step=1&seed=7" in without.pages[0].extract_text()
    sizes = [len(reader.pages[0].get_contents().get_data()) for reader in (without, with_)]
    assert sizes[1] > sizes[0] + 5000


def test_only_a_filled_sheet_says_what_wrong_answers_tell(monkeypatch):
    sample.say(monkeypatch, named=True)
    lesson = sample.only("value")
    blank, filled = (read(lesson, filled) for filled in (False, True))
    assert len(filled.pages) == len(blank.pages) + 1
    told = filled.pages[-1].extract_text()
    exercise = lesson.question(1, 7).exercise
    output = roipool.roi_pool(exercise.maps.array, list(exercise.boxes), exercise.output_size)
    assert ", ".join(number(value) for value in output[0, 0].T.ravel()) in told
    assert "That is transposed." in told
    assert not any("That is" in page.extract_text() for page in blank.pages)
