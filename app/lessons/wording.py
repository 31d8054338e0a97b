"""A question in words: what is asked, by which rule, and what is said of an answer."""

from app.exercise.record import Exercise
from app.lessons import ways
from app.lessons.diagnose import Remark
from app.lessons.lesson import Lesson, Step
from app.lessons.place import Place
from app.lessons.question import Question
from app.text import Text, number, plain


def title(place: Place, text: Text) -> str:
    """What the question is headed with: its lesson, or in practice what it exercises."""
    lesson = place.of
    if lesson is None:
        return ""
    if place.mode == "lesson":
        return text(f"lessons.{lesson.name}.title")
    return text(f"lessons.skill.{lesson.steps[place.step - 1].skill}")


def sentence(lesson: Lesson, step: Step, question: Question, text: Text) -> str:
    """What is asked at a step, with the numbers of its exercise."""
    values = _values(question.exercise, text)
    i, j = question.section or (0, 0)
    target = text("stage.list").join(number(value) for value in question.target)
    return text(f"lessons.{lesson.name}.{step.key}", **values, i=i, j=j, target=target)


def sentence_shown(lesson: Lesson, step: Step, exercise: Exercise, text: Text) -> str:
    """What is said at a step that asks nothing."""
    return text(f"lessons.{lesson.name}.{step.key}", **_values(exercise, text))


def sentence_after(lesson: Lesson, step: Step, question: Question, text: Text) -> str:
    """Why the answer is so; empty where there is nothing to add."""
    key = f"lessons.{lesson.name}.{step.key}.after"
    return text(key, **_values(question.exercise, text)) if text.has(key) else ""


def hint(question: Question, text: Text) -> str:
    """How a question of this kind is answered."""
    asked = f"{question.kind}.{question.asks}" if question.kind == "value" else question.kind
    return text(f"lessons.hint.{asked}")


def rule(question: Question, text: Text) -> str:
    """The rule that it is asked by."""
    return text(f"lessons.rule.{question.exercise.rule.name}")


def remark(said: Remark, text: Text) -> str:
    """How far off an answer is."""
    return text(f"lessons.off.{said.key}", **dict(said.values))


def _values(exercise: Exercise, text: Text) -> dict[str, object]:
    _, x1, y1, x2, y2 = (plain(value) for value in exercise.boxes[exercise.selected])
    ((top, bottom),), ((left, right),) = ways.whole(exercise)
    return {
        "box": text("scene.box", x1=x1, y1=y1, x2=x2, y2=y2),
        "rows": exercise.size[0],
        "cols": exercise.size[1],
        "high": exercise.output_size[0],
        "wide": exercise.output_size[1],
        "n_rows": bottom - top,
        "n_cols": right - left,
        "count": len(exercise.boxes),
        "images": exercise.maps.images,
        "channels": exercise.maps.channels,
        "stride": plain(exercise.unit),
    }
