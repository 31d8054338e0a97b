"""Which convention made an output that is more than can be searched, or tried whole."""

import pickle

import numpy as np
import pytest

from app.conventions.asked import Asked, find, read, too_much
from app.conventions.matches import findings, headline
from app.files import write
from app.text import LANGUAGES, Text
from tests.conventions.asking import asked

EN = Text("en")


def large(map=(8, 8), boxes=1, bins=(2, 2), corner=4.0):
    """A question of these sizes, as files."""
    arrays = {
        "map": np.zeros((1, 1, *map)),
        "boxes": np.tile([0, 0, 0, corner, corner], (boxes, 1)),
        "output": np.zeros((boxes, 1, *bins)),
    }
    return read({name: (f"{name}.npy", write(array, "npy")) for name, array in arrays.items()}, 1)


@pytest.mark.parametrize(
    ("question", "field", "key"),
    [
        ({"map": (257, 8)}, "map", "cells"),
        ({"boxes": 2001, "bins": (1, 1)}, "boxes", "boxes"),
        ({"bins": (65, 1)}, "output", "bins"),
        ({"bins": (1, 65)}, "output", "bins"),
        ({"boxes": 2000, "bins": (8, 8)}, "output", "values"),
        ({"corner": 10_001.0}, "boxes", "far"),
    ],
)
def test_more_than_can_be_searched_is_refused_before_the_search(question, field, key):
    ((found, problem),) = large(**question).items()
    assert (found, problem.key) == (field, f"identify.much.{key}")
    assert "{" not in problem.sentence(EN)


def test_what_is_too_much_to_try_whole_is_answered_and_said(monkeypatch):
    monkeypatch.setattr("app.conventions.asked.BUDGET", 0.2)
    question = large(map=(64, 64), boxes=300, bins=(5, 5), corner=63.0)
    question.output[-1, -1, -1, -1] = 1
    answer = find(question)
    assert answer.undecided > 0
    assert answer[0].differing == 1
    for language in LANGUAGES:
        assert str(answer.undecided) in too_much(answer.undecided, Text(language))
    sent = pickle.loads(pickle.dumps(answer))
    assert sent.undecided == answer.undecided
    assert headline(findings(sent), EN) == headline(findings(answer), EN)


def test_of_what_was_tried_whole_nothing_is_said_to_be_too_much():
    assert too_much(find(asked()).undecided, EN) == ""


def test_what_just_fits_is_searched():
    assert isinstance(large(map=(256, 256), bins=(64, 64), corner=10_000.0), Asked)
