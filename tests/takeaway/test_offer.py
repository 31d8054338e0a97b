"""What Export offers as a page is what is on screen, with the conventions that were chosen."""

import io
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.exercise.link import with_name
from app.exercise.maps import Maps
from app.exercise.record import article_exercise
from app.takeaway import offer
from app.takeaway.document import page
from app.text import Text
from roipool import PRESETS, get_convention

EN = Text("en")
SMALL = replace(article_exercise(), maps=Maps(np.eye(3)), boxes=((0.0, 0.0, 0.0, 2.0, 2.0),))
OWN = with_name(replace(get_convention("article"), stop="ceil"))


def script(exercise):
    from app.takeaway import offer
    from app.text import Text

    offer.show("replay", exercise, Text("en"))


@pytest.fixture
def offered(monkeypatch):
    """Runs what is offered of an exercise, and gives the app and the makers of its files."""
    makers = {}

    def taken(place, label, file, kind, maker, key):
        makers[f"{file}.{kind}"] = maker

    monkeypatch.setattr(offer, "button", taken)
    return lambda exercise: (AppTest.from_function(script, args=(exercise,)).run(), makers)


def test_the_file_has_the_conventions_that_are_chosen_and_the_course_has_the_file(offered):
    app, makers = offered(SMALL)
    (conventions,) = app.get("button_group")
    assert set(conventions.options) == PRESETS.keys() - {"article"}
    assert conventions.value == conventions.options
    conventions.set_value(["fast_rcnn"]).run()
    assert not app.exception
    file = makers["roipool.html"]()
    assert file.decode() == page(SMALL, EN, ["fast_rcnn"])
    with zipfile.ZipFile(io.BytesIO(makers["roipool-scorm.zip"]())) as course:
        assert course.read("index.html") == file
        assert EN("takeaway.title") in course.read("imsmanifest.xml").decode()
    assert 'src="roipool.html"' in app.code[0].value


def test_a_convention_of_the_reader_s_own_goes_along_beside_every_preset(offered):
    exercise = replace(SMALL, convention=OWN)
    app, makers = offered(exercise)
    (conventions,) = app.get("button_group")
    assert conventions.options == list(PRESETS)
    conventions.set_value([]).run()
    assert makers["roipool.html"]().decode() == page(exercise, EN, [OWN])


@pytest.mark.parametrize(("shape", "said"), [((1, 1), False), ((1, 3), True)], ids=str)
def test_that_one_plane_goes_along_is_said_where_there_are_several(offered, shape, said):
    app, _ = offered(replace(SMALL, maps=Maps(np.zeros((*shape, 3, 3)))))
    assert (EN("exports.page.plane") in {one.value for one in app.caption}) == said
