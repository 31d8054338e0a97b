"""The words in what is exported: in every language, and whole."""

import pytest

from app.exercise.record import pool
from app.exports import fonts
from app.exports.gif import gif
from app.story.scenes import scenes
from app.text import LANGUAGES, Text
from tests.exports.drawings import ARTICLE, EN, ZH, drawn, scene_of, words


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
