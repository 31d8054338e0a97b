"""What a figure is sent of an open question holds its answer in no notation, nor a mistake's."""

import json

import pytest

from app.lessons.answers import answer, way_of
from app.lessons.payload import payload
from app.lessons.place import Place
from app.lessons.question import KINDS, Question
from app.lessons.sitting import Sitting

from .asked import EVERY, NAMES, question, seeds
from .learner import figures, said
from .seen import TEXT, own_numbers, shown
from .telling import notations, told

# What is said and what leads on; whatever else is sent is one of `shown`.
SAID = {"id", "kind", "asks", "fields", "start", "question", "back", "number", "count"}
SAID |= {"verdict", "tried", "problem", "reveals", "next", "another"}


def opened(lesson, step, seed):
    # Made where other tests have made it.
    assert question(lesson, step, seed) == Place("lesson", lesson.number, step, seed).question
    return Sitting(Place("lesson", lesson.number, step, seed))


def leaks(sent, asked: Question):
    """What of that which is sent tells an answer; by name."""
    seen = shown(asked)
    found = {f"an unknown {name}" for name in sent.keys() - seen.keys() - SAID}
    found |= {name for name in seen if sent[name] != seen[name]}
    found |= {"verdict"} if sent["verdict"] is not None else set()
    if asked.is_rule_asked and sent["question"]["rule"]:
        found.add("rule")
    rest = {name: value for name, value in sent.items() if name not in seen.keys() | {"start"}}
    words = json.dumps(rest, ensure_ascii=False)
    for key in ("right", *asked.mistakes):
        if key != "right":
            sentences = [TEXT(f"lessons.mistake.{key}.{said}") for said in ("named", "mended")]
            found |= {f"{key} by its words" for said in (key, *sentences) if said in words}
        if asked.kind == "which":
            continue
        given = answer(asked, way_of(key))
        if given is None:
            continue
        # Handles that stand on a mistake's answer tell nothing of the right one.
        stands = key == "right" and sent["start"] == figures(asked, given)
        found |= {"start"} if stands else set()
        wanted = notations(asked, given)
        own = [told(numbers, wanted) for numbers in own_numbers(asked, sent)]
        found |= {f"{key} as {name}" for name in told(rest, wanted).difference(*own)}
    return found


@pytest.mark.parametrize(("lesson", "step"), EVERY, ids=NAMES)
def test_an_open_question_sends_no_answer_in_any_notation(lesson, step):
    for seed in seeds(lesson, step):
        sitting = opened(lesson, step, seed)
        assert leaks(payload(sitting, TEXT), sitting.place.question) == set(), seed


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_tells_an_answer_is_found(kind):
    lesson, step = next(at for at in EVERY if at[0].steps[at[1] - 1].ask.kind == kind)
    sitting = opened(lesson, step, next(iter(seeds(lesson, step))))
    asked, honest = sitting.place.question, payload(sitting, TEXT)
    assert not leaks(honest, asked)
    assert "verdict" in leaks(payload(said(sitting, "reveal"), TEXT), asked)
    for planted in plants(honest, asked):
        assert leaks(planted, asked), planted


def plants(honest, asked: Question):
    """What is sent with an answer or a hint put into it, one after the other."""
    yield honest | {"digest": "0c8f"}
    yield honest | {"cells": [0, *honest["cells"]]}
    yield honest | {"sections": {"rows": [[0, 1]], "cols": [[0, 1]]}}
    if asked.kind == "which":
        yield from hints(honest, asked.options.index("right"))
    mistake = asked.mistakes[0]
    for word in (mistake, TEXT(f"lessons.mistake.{mistake}.mended")):
        yield honest | {"fields": [word]}
    for key in ("right", mistake) if asked.kind != "which" else ():
        given = answer(asked, way_of(key))
        if asked.kind in ("cut", "box") and key == "right":
            yield honest | {"start": figures(asked, given)}
        for wanted in not_own(notations(asked, given), asked, honest):
            yield honest | {"asks": wanted}
            # Whatever the spelling, it is the same to `leaks`.
            assert all(told(written, {"": wanted}) for written in spellings(wanted))


def not_own(wanted, asked, honest):
    own = set().union(*(told(numbers, wanted) for numbers in own_numbers(asked, honest)))
    # Nearly all of them.
    assert len(own) <= len(wanted) / 2
    return [one for name, one in wanted.items() if name not in own]


def hints(honest, at):
    """Which of the cards is right, said in some other way than by a number."""
    cards = honest["options"]
    for hint in ({"right": True}, {"class": "right"}, {"key": "right"}):
        yield honest | {
            "options": [card | (hint if k == at else {}) for k, card in enumerate(cards)]
        }
    yield honest | {"options": [*cards[1:], cards[0]]}
    yield honest | {"start": cards[at]["key"]}


def spellings(wanted):
    """Numbers as they may be sent."""
    yield [[number] for number in wanted]
    yield {f"name{k}": number for k, number in enumerate(wanted)}
    yield ", ".join(f"{number:.2f}" for number in wanted)
    yield "–".join(f"{number:g}" for number in wanted)
    yield json.dumps([{"at": number} for number in wanted])


def test_no_place_among_the_cards_is_that_of_the_right_one():
    places = [asked.options.index("right") for asked in every() if asked.kind == "which"]
    most = max(map(places.count, places))
    assert {0, 1, 2} <= set(places)
    assert most <= 2 * len(places) / 3


def every():
    return (question(*at, seed) for at in EVERY for seed in seeds(*at))
