"""What a step says: its sentence, filled with what its exercise is.

On the page and on paper the same: no sentence names what is asked for.
"""

from app.exercise.record import Exercise
from app.lessons import cuts
from app.lessons.diagnose import Remark
from app.lessons.lesson import Lesson
from app.lessons.question import Question
from app.text import Text, number, plain


def sentence(lesson: Lesson, step: int, asked: Question | Exercise, text: Text) -> str:
    """What is said or asked at a step, counted from 1.

    Of a step that only shows something, `asked` is its exercise.
    """
    return text(f"lessons.{lesson.name}.{lesson.steps[step - 1].key}", **_values(asked, text))


def after(lesson: Lesson, step: int, asked: Question | Exercise, text: Text) -> str | None:
    """What is said of a step once it has been answered; None where there is nothing to say."""
    key = f"lessons.{lesson.name}.{lesson.steps[step - 1].key}.after"
    return text(key, **_values(asked, text)) if text.has(key) else None


def rule(asked: Question | Exercise, text: Text) -> str | None:
    """The line that states how a box is read and cut; None of a rule without a name.

    Where it is the rule that is asked for, this tells it.
    """
    exercise = asked.exercise if isinstance(asked, Question) else asked
    is_align = isinstance(asked, Question) and asked.asks == "align"
    key = "lessons.rule.align" if is_align else f"lessons.rule.{exercise.convention}"
    return text(key) if text.has(key) else None


def remark(said: Remark, text: Text) -> str:
    """How far off an answer is."""
    values = {name: _written(value) for name, value in said.values}
    return text(f"lessons.off.{said.key}", **values)


def _written(value: object) -> object:
    """A number as those write it whose answer it is."""
    return plain(value) if isinstance(value, float) else value


def box_said(exercise: Exercise, text: Text) -> str:
    """The selected box by its four numbers.

    Examples
    --------
    >>> from app.exercise.record import article_exercise
    >>> box_said(article_exercise(), Text("en"))
    'x1 = 0, y1 = 3, x2 = 7, y2 = 8'
    """
    _, *numbers = exercise.boxes[exercise.selected]
    written = (plain(value).replace("-", "−") for value in numbers)
    return text("lessons.box", **dict(zip(("x1", "y1", "x2", "y2"), written, strict=True)))


def _values(asked: Question | Exercise, text: Text) -> dict[str, object]:
    """Whatever a sentence may name."""
    exercise = asked.exercise if isinstance(asked, Question) else asked
    ((top, bottom),), ((left, right),) = cuts.whole(exercise)
    values: dict[str, object] = {
        "box": box_said(exercise, text),
        "rows": exercise.size[0],
        "cols": exercise.size[1],
        "high": exercise.output_size[0],
        "wide": exercise.output_size[1],
        "n_rows": bottom - top,
        "n_cols": right - left,
        "count": len(exercise.boxes),
        "images": exercise.maps.images,
        "channels": exercise.maps.channels,
        "stride": plain(round(exercise.unit, 6)),
    }
    if isinstance(asked, Question):
        values["i"], values["j"] = asked.section or (0, 0)
        # A box's numbers are written as such, an output's with its decimals.
        write = plain if asked.goal == "this_box" else number
        values["target"] = text("stage.list").join(map(write, asked.target))
    return values
