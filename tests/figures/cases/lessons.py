"""Questions as a page without Python has them, answers to them, and what the app says of each."""

from typing import Any

import numpy as np

from app.lessons import answers
from app.lessons.lesson import lessons
from app.lessons.mistakes import MISTAKES
from app.lessons.payload import payload
from app.lessons.place import Place
from app.lessons.question import Answer, Cut, Question
from app.lessons.sitting import Sitting
from app.takeaway.lessons import question, words_for
from app.text import LANGUAGES, Text
from tests.sampling import SAMPLING

Random = np.random.Generator


def cases() -> dict[str, Any]:
    random = np.random.default_rng(SAMPLING.seed)
    asked = [
        (lesson.number, k)
        for lesson in lessons()
        for k, step in enumerate(lesson.steps, 1)
        if step.ask
    ]
    chosen = SAMPLING.of(asked, 15)
    seeds = range(1, 3 if SAMPLING.exhaustive else 2)
    return {
        "words": words_for(lessons()),
        "questions": [
            _case(Place("lesson", *at, SAMPLING.seed + seed), random)
            for at in chosen
            for seed in seeds
        ],
    }


def _case(place: Place, random: Random) -> dict[str, Any]:
    asked = place.question
    given = [answers.right(asked)]
    given += [answers.answer(asked, MISTAKES[key]) for key in asked.mistakes]
    given = [one for one in given if one is not None]
    given += [_changed(asked, one, random) for one in given for _ in range(4)]
    told = [_told(place, None), *(_told(place, sent(asked, one)) for one in given)]
    # What cannot be read is sent by nobody.
    return {"question": question(place), "answers": [one for one in told if one["said"]["en"]]}


def _told(place: Place, sent: Any) -> dict[str, Any]:
    ask = "reveal" if sent is None else "check"
    sitting = Sitting(place).hears({"id": place.key, "ask": ask, "answer": sent})
    said = {language: payload(sitting, Text(language))["verdict"] for language in LANGUAGES}
    return {"sent": sent, "said": said}


def sent(asked: Question, given: Answer) -> Any:
    """An answer as the figure sends it."""
    match asked.kind:
        case "cut":
            return {axis: [list(span) for span in getattr(given, axis)] for axis in given._fields}
        case "box":
            return {axis: list(getattr(given, axis)[0]) for axis in given._fields}
        case "value":
            return [repr(value) for value in given]
        case "back":
            return [[row, col, repr(amount)] for row, col, amount in given]
        case "which":
            return chr(ord("a") + asked.options.index(given))
        case _:
            return list(given)


def _changed(asked: Question, given: Answer, random: Random) -> Answer:
    """Another answer that somebody could give."""
    high, wide = asked.exercise.size
    match asked.kind:
        case "cut":
            return Cut(
                tuple(_span(span, high, random) for span in given.rows),
                tuple(_span(span, wide, random) for span in given.cols),
            )
        case "box":
            return Cut((_some(high, random),), (_some(wide, random),))
        case "pick":
            return int(random.integers(high)), int(random.integers(wide))
        case "value":
            return tuple(value + random.choice([0, 0, 0.5, 1]) for value in given)
        case "back":
            kept = [one for one in given if random.random() < 0.8]
            cells = {(row, col): amount for row, col, amount in kept}
            cells[int(random.integers(high)), int(random.integers(wide))] = 0.25
            return tuple((*at, amount) for at, amount in sorted(cells.items()))
        case _:
            return str(random.choice(asked.options))


def _some(side: int, random: Random) -> tuple[int, int]:
    first, last = sorted(random.choice(side + 1, 2, replace=False).tolist())
    return first, last


def _span(span: tuple[int, int], side: int, random: Random) -> tuple[int, int]:
    if random.random() < 0.6:
        return span
    first, last = (int(np.clip(edge + random.integers(-1, 2), 0, side)) for edge in span)
    return first, max(first, last)
