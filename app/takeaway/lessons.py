"""Lessons as a page without Python knows them: questions, and what would be said of every answer.

Nothing is diagnosed anew there. Of each question go along its right answer, what each mistake would
have answered, and the sentences; of a box, what becomes of every box that there is on the map.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from app.exercise.record import Exercise
from app.lessons import answers, ways
from app.lessons.judged import judged
from app.lessons.lesson import Lesson, lessons
from app.lessons.mistakes import MISTAKES
from app.lessons.payload import payload
from app.lessons.place import Place
from app.lessons.question import Answer, Cut, Question
from app.lessons.sitting import Sitting
from app.lessons.ways import RIGHT
from app.lessons.wording import after, sentence
from app.takeaway.contents import contents, words_of
from app.takeaway.tables import packed
from app.text import LANGUAGES, Text, strings

# Of how many instances each question has.
INSTANCES = 3

# What the page says, by what the keys begin with; beside what belongs to its lessons.
_SAID = (
    *("lessons.off.", "lessons.figure.", "lessons.either", "lessons.next", "lessons.before"),
    *("lessons.step", "lessons.able", "lessons.all", "lessons.end", "lessons.so_far"),
    *("lessons.minutes", "lessons.done", "lessons.replay", "lessons.once_more"),
    *("lessons.following", "lessons.skip"),
)
# What of a question's data is told in a language.
_TOLD = ("question", "fields", "text")


def course(numbers: Sequence[int], seed: int = 1) -> dict[str, Any]:
    """The lessons of these numbers as plain JSON, each question on the instances from a seed on.

    Examples
    --------
    >>> told = course([2])
    >>> [len(step["instances"]) for step in told["lessons"][0]["steps"]]
    [1, 3, 3, 3, 3, 3]
    """
    chosen = [lessons()[number - 1] for number in numbers]
    return {
        "lessons": [_lesson(lesson, seed) for lesson in chosen],
        "words": words_for(chosen),
    }


def words_for(chosen: Sequence[Lesson]) -> dict[str, Any]:
    """What is said of lessons and their exercises, in every language."""
    return {
        language: told | _words(Text(language), chosen) for language, told in words_of(()).items()
    }


def _lesson(lesson: Lesson, seed: int) -> dict[str, Any]:
    return {
        "number": lesson.number,
        "name": lesson.name,
        "minutes": lesson.minutes,
        "steps": [_step(lesson, k, seed) for k in range(1, len(lesson.steps) + 1)],
    }


def _step(lesson: Lesson, k: int, seed: int) -> dict[str, Any]:
    step = lesson.steps[k - 1]
    if step.ask is None:
        exercise = lesson.shown(k, seed)
        said = {name: sentence(lesson, k, exercise, Text(name)) for name in LANGUAGES}
        return {"asks": False, "instances": [{"said": said, "exercise": _replayed(exercise)}]}
    count = INSTANCES if step.model.map else 1
    places = (Place("lesson", lesson.number, k, seed + n) for n in range(count))
    return {"asks": True, "instances": [question(place) for place in places]}


def question(place: Place) -> dict[str, Any]:
    """The question at a place, and what is said of every answer to it."""
    asked, lesson = place.question, place.of
    if asked is None or lesson is None:
        raise ValueError("nothing is asked here")
    by_language = {name: payload(Sitting(place), Text(name)) for name in LANGUAGES}
    one, *_ = by_language.values()
    shown = Sitting(place).hears({"id": place.key, "ask": "reveal"})
    revealed = judged(shown, Text("en")) or {}
    return {
        "open": {name: value for name, value in one.items() if name not in _TOLD},
        "said": {
            name: {
                "question": told["question"],
                # By which rule it was asked, where that is not told before.
                "rule": payload(shown, Text(name))["question"]["rule"],
                "fields": told["fields"],
                "after": after(lesson, place.step, asked, Text(name)),
            }
            for name, told in by_language.items()
        },
        "goal": asked.goal,
        "right": _plain(answers.right(asked)),
        "answer": revealed["answer"],
        "shown": {name: revealed[name] for name in ("sections", "box")},
        "mistakes": _mistakes(asked),
        "names": list(asked.options),
        "tied": _tied(asked),
        "taken": _taken(asked),
        "boxes": _boxes(asked) if asked.kind == "box" else "",
        "fixed": bool(asked.target),
        "exercise": None if asked.asks == "align" else _replayed(asked.exercise),
    }


def _replayed(exercise: Exercise) -> dict[str, Any]:
    return contents(exercise, (), said=False)


def _plain(given: Answer | None) -> Any:
    """An answer as the figure has it, with all digits."""
    if isinstance(given, Cut):
        return {
            "rows": [list(one) for one in given.rows],
            "cols": [list(one) for one in given.cols],
        }
    return (
        [list(one) if isinstance(one, tuple) else one for one in given]
        if isinstance(given, tuple)
        else given
    )


def _mistakes(asked: Question) -> list[list[Any]]:
    """Each mistake by its key, with what it would have answered; None where it has no answer."""
    if asked.kind == "box":
        return [[key, None] for key in asked.mistakes]
    return [[key, _plain(answers.answer(asked, MISTAKES[key]))] for key in asked.mistakes]


def _tied(asked: Question) -> list[list[int]]:
    """The cells that are right where one is picked."""
    if asked.kind != "pick":
        return []
    rows, cols = asked.exercise.size
    cells = ((row, col) for row in range(rows) for col in range(cols))
    return [[*cell] for cell in cells if answers.is_right(asked, cell)]


def _taken(asked: Question) -> list[list[int]] | None:
    """The rows and columns of the section whose maximum is picked."""
    if asked.kind != "pick":
        return None
    taken = ways.Taken(asked.exercise, ways.cut(RIGHT, asked.exercise), asked.section or (0, 0))
    return [[int(edge) for edge in edges] for edges in taken.spans]


def _boxes(asked: Question) -> str:
    """Of every box on the map whether it is right, and by which mistakes it would be, packed.

    Bit 0 says that it is right, bit k that the k-th mistake takes it to be. Rows go slowest; spans
    come in the order of their starts.
    """
    high, wide = (_spans(side) for side in asked.exercise.size)
    found = []
    for rows in high:
        for cols in wide:
            given = Cut((rows,), (cols,))
            bits = int(answers.reaches(asked, RIGHT, given))
            for k, key in enumerate(asked.mistakes, 1):
                bits |= int(answers.reaches(asked, MISTAKES[key], given)) << k
            found.append(bits)
    return packed(found)


def _spans(side: int) -> list[tuple[int, int]]:
    return [(a, b) for a in range(side) for b in range(a + 1, side + 1)]


def _words(text: Text, chosen: Iterable[Lesson]) -> dict[str, Any]:
    lessons_ = list(chosen)
    keys = {key for lesson in lessons_ for key in lesson.mistakes}
    own = {f"lessons.mistake.{key}.{part}" for key in keys for part in ("named", "mended")}
    own |= {f"lessons.{lesson.name}.{part}" for lesson in lessons_ for part in ("title", "able")}
    said = {
        key: string
        for key, string in strings(text.language).items()
        if key.startswith(_SAID) or key in own
    }
    return {"lessons": said, "looks": text.looks()}
