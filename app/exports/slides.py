"""The story as slides: a step each, with its picture, its sentence, and notes that explain it.

The pictures bear no words: those are text of the slides, which can be edited and read aloud. Their
fonts are the reader's own, for a file of this kind brings none along.
"""

import io
import re
from datetime import UTC, datetime
from typing import Any, NamedTuple

from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide, SlideLayout
from pptx.util import Inches, Pt

from app.exercise.record import Exercise
from app.exports.fonts import fill
from app.exports.picture import WIDE
from app.exports.steps import Step
from app.exports.stills import pictured
from app.text import CODES, Text


class Place(NamedTuple):
    """A part of the slide, in inches."""

    left: float
    top: float
    width: float
    height: float


SLIDE = Place(0, 0, 13.333, 7.5)  # 16:9
TITLE = Place(0.6, 0.25, 12.133, 0.75)
PICTURE = Place(0.6, 1.0, 12.133, 5.2)
CAPTION = Place(0.6, 6.2, 12.133, 1.1)

TITLE_SIZE = 32  # points
# The caption's, the largest in which it fits.
SIZES = (24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 5)
LINE = 1.2  # distance of lines, in units of their size
INSET = 0.1, 0.05  # inches that a text keeps from the sides, and from above and below
POINTS = 72  # of an inch

LAYOUT = "Picture with Caption"
# What PowerPoint has for Chinese on every system; other programs take what they have instead.
CHINESE = "Microsoft YaHei"
LANGUAGES = {"en": MSO_LANGUAGE_ID.ENGLISH_US, "zh": MSO_LANGUAGE_ID.SIMPLIFIED_CHINESE}
_UNWRITABLE = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def slides(exercise: Exercise, text: Text, *, wide: int = WIDE) -> bytes:
    """The bytes of a PPTX file.

    Parameters
    ----------
    wide : pixels of a row of the pictures

    Examples
    --------
    >>> from app.exercise.maps import Maps
    >>> made = slides(Exercise(Maps([[0, 1], [2, 3]]), ()), Text("en"), wide=160)
    >>> len(Presentation(io.BytesIO(made)).slides)
    1
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(SLIDE.width), Inches(SLIDE.height)
    about, now = deck.core_properties, datetime.now(UTC)
    about.title = about.author = about.last_modified_by = text("app.title")
    about.language, about.created, about.modified = CODES[text.language], now, now
    layout = _layout(deck)
    for step, picture in pictured(exercise, text, wide):
        _fill(deck.slides.add_slide(layout), step, picture, text.language)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _layout(deck: Any) -> SlideLayout:
    """The one layout that is used, for slides of this width; the others are dropped."""
    for other in list(deck.slide_layouts):
        if other.name != LAYOUT:
            deck.slide_layouts.remove(other)
    layout: SlideLayout = deck.slide_layouts[0]
    for shape in deck.slide_master.shapes:
        # They are made for slides of 10 inches.
        shape.left, shape.width = (
            int(side * SLIDE.width / 10) for side in (shape.left, shape.width)
        )
    for shape, place in zip(layout.placeholders, (TITLE, PICTURE, CAPTION), strict=False):
        _put(shape, place)
    for letters in layout.element.iter(qn("a:defRPr")):
        letters.append(letters.makeelement(qn("a:ea"), {"typeface": CHINESE}))
    return layout


def _fill(slide: Slide, step: Step, picture: bytes, language: str) -> None:
    title, place, caption = slide.placeholders
    _write(title.text_frame, step.title, TITLE_SIZE, language)
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    shape = place.insert_picture(io.BytesIO(picture))
    # It was cut to fill its place.
    shape.crop_left = shape.crop_right = shape.crop_top = shape.crop_bottom = 0
    _put(shape, _within(PICTURE, *shape.image.size))
    shape.element.nvPicPr.cNvPr.set("descr", _writable(step.caption))
    _write(caption.text_frame, step.caption, caption_size(step.caption), language)
    caption.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    _write(slide.notes_slide.notes_text_frame, "\n".join(step.notes), None, language)


def _write(frame: Any, words: str, size: float | None, language: str) -> None:
    """Put text into a frame, a paragraph a line, in points where a size is given."""
    frame.text = _writable(words)
    frame.word_wrap = True
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = LANGUAGES[language]
            if size is not None:
                run.font.size = Pt(size)
    if size is not None:
        # Whoever edits it need not see to the size.
        frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE


def caption_size(caption: str) -> int:
    """The largest of the sizes in which a caption fits its place, about; the least if none does.

    Examples
    --------
    >>> caption_size("One maximum in each of 196 sections."), caption_size("word " * 100)
    (24, 12)
    """
    width, height = (side - 2 * inset for side, inset in zip(CAPTION[2:], INSET, strict=True))
    for size in SIZES:
        lines = fill(caption, width * POINTS / size)
        if len(lines) * size * LINE <= height * POINTS:
            break
    return size


def _within(place: Place, wide: int, high: int) -> Place:
    """Where a picture of so many pixels lies, as large as its place allows and in the middle."""
    scale = min(place.width / wide, place.height / high)
    width, height = wide * scale, high * scale
    left = place.left + (place.width - width) / 2
    return Place(left, place.top + (place.height - height) / 2, width, height)


def _put(shape: Any, place: Place) -> None:
    shape.left, shape.top, shape.width, shape.height = map(Inches, place)


def _writable(words: str) -> str:
    """Text as XML can hold it: � for what it cannot."""
    return _UNWRITABLE.sub("\ufffd", words)
