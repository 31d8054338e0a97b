"""A lesson with a question of every kind, and its sentences."""

from app.lessons.instances import Ask
from app.lessons.lesson import Lesson, Step
from app.lessons.models import Model
from app.text import strings

SMALL = Model(map=(6, 6), rows=(4, 5), cols=(4, 5))
ASKS = {
    "cut": Ask(
        "cut",
        Model(map=(8, 8), rows=(5, 7), cols=(5, 7), output=((3, 3),)),
        mistakes=("rest_lost", "rest_to_last"),
    ),
    "overlap": Ask(
        "cut",
        Model(map=(6, 6), rows=(5, 5), cols=(5, 5), convention="fast_rcnn"),
        mistakes=("made_to_tile",),
    ),
    "unrounded": Ask(
        "cut",
        Model(map=(6, 6), rows=(3, 5), cols=(3, 5), stride=8, convention="mmcv"),
        mistakes=("rounded_to_nearest",),
    ),
    "pick": Ask("pick", SMALL, mistakes=("box_maximum", "first_cell", "next_section")),
    "value": Ask("value", SMALL, mistakes=("average", "transposed")),
    "shape": Ask(
        "value",
        Model(map=(5, 5), boxes=(3, 3), channels=(2, 2)),
        asks="shape",
        mistakes=("size_of_box", "channels_merged"),
    ),
    "cells": Ask(
        "value",
        Model(map=(6, 6), rows=(2, 4), cols=(2, 4), stride=16),
        asks="cells",
        mistakes=("scale_forgotten", "box_floored"),
    ),
    "box": Ask("box", Model(map=(6, 6)), goal="an_empty_section", drawn="nothing"),
    "back": Ask(
        "back",
        Model(map=(5, 5), rows=(4, 4), cols=(4, 4), gradient=True),
        mistakes=("spread_evenly", "gradient_of_ones"),
        drawn="sections",
    ),
    "which": Ask("which", SMALL, mistakes=("average", "transposed", "smallest")),
    "which_cut": Ask(
        "which",
        Model(map=(7, 7), rows=(5, 5), cols=(5, 5), output=((3, 3),)),
        asks="cut",
        mistakes=("rest_lost", "rest_to_last", "rounded_up"),
    ),
}
SENTENCES = {
    "en": "Output of {high} by {wide}: what is right for section ({i}, {j})?",
    "zh": "输出为 {high}×{wide}：分区 ({i}, {j}) 的正确答案是什么？",
}
OTHERS = {
    "en": {"title": "Sample", "able": "Answer them."},
    "zh": {"title": "样例", "able": "能回答这些题。"},
}


def only(*keys: str) -> Lesson:
    """A lesson with some of the questions, in their order."""
    steps = tuple(Step(key, ASKS[key], ASKS[key].model, "skill") for key in keys)
    return Lesson(77, "sample", 5, steps)


LESSON = only(*ASKS)


def say(monkeypatch, *, named: bool = False) -> None:
    """Put its sentences among the app's; with what the mistakes are called where `named`."""
    for language, said in SENTENCES.items():
        of = strings(language)
        new = {f"lessons.sample.{key}": said for key in ASKS}
        new |= {f"lessons.sample.{key}": said for key, said in OTHERS[language].items()}
        for key in {key for ask in ASKS.values() for key in ask.mistakes}:
            monkeypatch.delitem(of, f"lessons.mistake.{key}.named", raising=False)
            if named:
                new[f"lessons.mistake.{key}.named"] = f"That is {key}."
        for key, words in new.items():
            monkeypatch.setitem(of, key, words)
