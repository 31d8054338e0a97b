"""The gradient that the reader sets: it stays where it was put, and what is none is left out."""

from dataclasses import replace

import pytest

from app.exercise.desk import Desk
from app.exercise.gradient import canonical, edited, incoming
from app.exercise.limits import MAX_BOXES, MAX_GRADIENT
from app.exercise.received import read_change
from app.exercise.record import article_exercise

ARTICLE = article_exercise()


def test_a_gradient_stays_where_it_was_set_when_the_output_grows_and_shrinks():
    set_once = replace(ARTICLE, gradient=canonical([[[0.5, 2], [1, -1]]]))
    larger = incoming(replace(set_once, output_size=(3, 3)))[0]
    assert larger.tolist() == [[0.5, 2, 1], [1, -1, 1], [1, 1, 1]]
    assert incoming(replace(set_once, output_size=(1, 2))).tolist() == [[[0.5, 2]]]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "no list",
        [[1, 2, 3]],
        [[1, 2, 3, "4"]],
        [[1, 2, 3, True]],
        [[1, 2, 3, float("nan")]],
        [[1, 2, 3, 2 * MAX_GRADIENT]],
        [[1, 2, 3, 10**400]],
        [[1, 2, 3, [4]]],
        [{}],
        [None] * (MAX_BOXES + 1),
    ],
)
def test_what_is_no_gradient_is_left_out(sent):
    exercise = replace(ARTICLE, gradient=canonical([[[0.5, 2], [1, -1]]]))
    assert edited(exercise, read_change({"gradient": sent}).gradient) == exercise.gradient


def test_ones_are_what_there_is_without_a_gradient():
    painted = edited(ARTICLE, [[1, 1, 0.5, 1]])
    assert painted == (((1.0, 1.0), (0.5, 1.0)),)
    assert edited(replace(ARTICLE, gradient=painted), [[1, 1, 1, 1]]) == ()
    assert edited(replace(ARTICLE, gradient=painted), [None]) == ()


def test_a_painted_gradient_is_a_step_that_undo_takes_back():
    desk = Desk(ARTICLE)
    change = {"seq": 1, "boxes": [list(ARTICLE.boxes[0])], "cells": [], "gradient": [[1, 0, 0, 2]]}
    painted = desk.take({"seq": 1, "changes": [change]})
    assert painted.exercise.gradient == (((1.0, 0.0), (0.0, 2.0)),)
    assert painted.undo().exercise == ARTICLE
