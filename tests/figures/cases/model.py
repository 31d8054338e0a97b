"""Talks between the stage and a desk: what the hand changes, what is sent, what is answered."""

from dataclasses import replace
from typing import Any

import numpy as np

from app.exercise.desk import Desk
from app.exercise.limits import MAX_SIDE
from app.exercise.maps import Maps
from app.exercise.record import article_exercise
from app.stage.payload import Panel, payload
from tests.figures.cases.sent import EN

ARTICLE = article_exercise()


def cases() -> dict[str, Any]:
    """By name: what the stage is sent first, and what after each of the changes."""
    return {
        "drags": _drags(),
        "restart": _restart(),
        "panels": {panel: _sent(Desk(ARTICLE, session=1), panel) for panel in ("story", "boxes")},
        "noBox": _sent(Desk(replace(ARTICLE, boxes=()), session=1)),
        "grown": _grown(),
    }


def _sent(desk: Desk, panel: Panel = "boxes", reach: int = 0) -> dict[str, Any]:
    return payload(desk, EN, panel, reach=reach)


def _change(seq: int, box: list[int], cells: list[list[float]], **others: Any) -> dict[str, Any]:
    """As the stage notes it for Python."""
    look = {
        "plane": [0, 0],
        "selected": 0,
        "cell": None,
        "image": 0,
        "channel": 0,
    }
    return {"seq": seq, "boxes": [box], "cells": cells, **look, **others}


def _drags() -> dict[str, Any]:
    """A box is dragged, a cell typed, the box dragged again, and all but the first taken back."""
    changes = [
        _change(1, [0, 1, 2, 8, 7], []),
        _change(2, [0, 1, 2, 8, 7], [[4, 5, 7.25]]),
        _change(3, [0, 1, 0, 4, 7], []),
        {"seq": 4, "undo": True, "redo": False},
    ]
    desk = Desk(ARTICLE, session=1)
    answers = [_sent(desk)]
    for change in changes:
        desk = desk.take({"session": 1, "changes": [change]})
        answers.append(_sent(desk))
    return {"changes": changes, "answers": answers}


def _restart() -> list[dict[str, Any]]:
    """A page in use, one put back, and one of a session that knows nothing of either."""
    desk = Desk(ARTICLE, session=1).take(
        {"session": 1, "changes": [_change(1, [0, 1, 2, 8, 7], [])]}
    )
    return [_sent(desk), _sent(desk.put_back()), _sent(Desk(ARTICLE, session=2))]


def _grown() -> list[dict[str, Any]]:
    """A map beside a ruler, before and after its rows became more."""
    random = np.random.default_rng(2).random((1, 1, 12, 8)).round(2)
    maps = [Maps(random[:, :, :rows]) for rows in (9, 12)]
    return [
        _sent(Desk(replace(ARTICLE, maps=each), session=1, ack=k), reach=MAX_SIDE)
        for k, each in enumerate(maps)
    ]
